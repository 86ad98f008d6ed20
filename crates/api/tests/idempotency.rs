//! Requests that carry an `Idempotency-Key`.

use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::json;

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
