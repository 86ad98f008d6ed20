//! The export holds everything that is stored of a person.

use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::json;

#[tokio::test]
async fn judgements_outside_of_interviews_are_exported_too() {
    let client = Client::guest().await;
    let body = json!({"question": "How do you keep a sauce from splitting?", "answer": "I keep the heat low and stir."});
    let (status, judged) = client.call("POST", "/api/evaluations", Some(body)).await;
    assert_eq!(status, StatusCode::CREATED, "{judged}");
    let (status, export) = client.call("GET", "/api/users/me/export", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(export["evaluations"][0]["id"], judged["id"]);
    assert_eq!(export["evaluations"].as_array().map(Vec::len), Some(1));
}
