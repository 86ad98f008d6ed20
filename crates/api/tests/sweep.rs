//! What is cleared away by itself: guests whose day is over, interviews that nobody came back to.

use axum::http::StatusCode;
use greenroom_app::{accounts, interviews};
use greenroom_domain::ids::UserId;
use greenroom_domain::interview::Channel;
use greenroom_testkit::Client;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::str::FromStr;
use std::task::Poll;

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const HOUR_MS: i64 = 3_600_000;

#[tokio::test]
async fn all_guests_whose_day_is_over_are_erased() {
    let mut client = Client::guest().await;
    for _ in 0..120 {
        client.sign_in_as_guest().await;
    }
    client.test.clock.advance(24 * HOUR_MS);
    client.sign_in_as_guest().await;
    assert_eq!(accounts::erase_expired_guests(&client.test.app).await.unwrap(), 121);
    assert_eq!(client.call("GET", "/api/users/me", None).await.0, StatusCode::OK, "the new one stays");
}

#[tokio::test]
async fn who_comes_back_at_the_last_moment_goes_on() {
    let client = Client::guest().await;
    let app = &client.test.app;
    let user: UserId = id(&client.call("GET", "/api/users/me", None).await.1["id"]);
    let config = json!({"title": "T", "job_description": JOB, "difficulty": "intermediate",
        "interview_type": ["technical"], "duration": 60});
    let config = client.call("POST", "/api/configs", Some(config)).await.1["id"].clone();
    // The answer comes in after each step of the clearing in turn.
    for steps in 0..20 {
        let session = interviews::start(app, user, id(&config), Channel::Text).await.expect("it starts");
        let question = session.snapshot.current_question.expect("a question waits").id;
        client.test.clock.advance(73 * HOUR_MS);
        let mut clearing = pin!(interviews::abandon_stale(app));
        let mut left = steps;
        let ended = poll_fn(|context| {
            if left == 0 {
                return Poll::Ready(false);
            }
            left -= 1;
            clearing.as_mut().poll(context).map(|_| true)
        })
        .await;
        let answer = interviews::answer(app, user, session.id, question, "I am back.".to_owned(), None);
        let answered = if ended { answer.await } else { tokio::join!(biased; answer, clearing).0 };
        let now = interviews::get(app, user, session.id).await.expect("it is there").snapshot.status;
        let expected = if answered.is_ok() { "active" } else { "abandoned" };
        assert_eq!(now, expected, "after {steps} steps");
        interviews::delete(app, user, session.id).await.expect("it can be deleted");
    }
}

fn id<T: FromStr<Err: Debug>>(text: &Value) -> T {
    text.as_str().expect("an id").parse().expect("an id")
}
