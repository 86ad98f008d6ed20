//! Requests that carry an `Idempotency-Key`.

use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::{Value, json};

fn config() -> Value {
    json!({"title": "T", "job_description": "Backend engineer. SQL is required.", "difficulty": "intermediate",
        "interview_type": ["technical"], "duration": 5})
}

#[tokio::test]
async fn tokens_are_never_kept_to_be_given_again() {
    let client = Client::guest().await;
    let guest = client.call("GET", "/api/users/me", None).await.1["id"].as_str().unwrap().parse().unwrap();
    let account = json!({"email": "ada@example.com", "password": "a quiet green room", "name": "Ada"});
    let key = [("idempotency-key", "register-1")];
    let (status, _) = client.call_with("POST", "/api/users/register", Some(account), &key).await;
    assert_eq!(status, StatusCode::CREATED);
    let kept = client.test.app.store().idempotent(guest, "register-1").await.unwrap();
    assert_eq!(kept, None, "a refresh token must not lie in the database");
}

#[tokio::test]
async fn who_was_erased_is_not_signed_in_with_a_key_either() {
    let client = Client::guest().await;
    assert_eq!(client.call("DELETE", "/api/users/me", None).await.0, StatusCode::NO_CONTENT);
    let key = [("idempotency-key", "late")];
    let (status, body) = client.call_with("POST", "/api/configs", Some(config()), &key).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "{body}");
}
