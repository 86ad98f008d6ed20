//! What an acknowledged answer says of its interview.

use axum::http::StatusCode;
use greenroom_testkit::{Client, at};

#[tokio::test]
async fn an_answer_says_when_the_interview_last_changed() {
    let client = Client::guest().await;
    let session = client.start("Backend engineer. SQL is required.").await;
    client.test.clock.advance(60_000);
    let (status, answered) = client.answer(&session, &session["current_question"], "I know SQL.").await;
    assert_eq!(status, StatusCode::CREATED);
    let (_, now) = client.call("GET", &at(&session, ""), None).await;
    assert_ne!(now["updated_at"], session["updated_at"]);
    assert_eq!(answered["session"]["updated_at"], now["updated_at"]);
}
