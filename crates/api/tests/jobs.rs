//! Background work as administrators see it.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use greenroom_testkit::Client;
use serde_json::{Value, json};

/// Queues work that nobody does, and gives it up.
async fn buried(client: &Client) -> JobId {
    let (app, now) = (&client.test.app, client.test.app.now());
    let id: JobId = "01a00000-0000-7000-8000-000000000007".parse().expect("an id");
    let job =
        Job { id, kind: "test".to_owned(), payload: "{}".to_owned(), run_at: now, attempts: 0, trace: None };
    app.store().enqueue(&[job]).await.unwrap();
    let claimed = app.store().claim_jobs(&["test"], 1, now.plus_ms(1000), now).await.unwrap();
    app.store().bury_job(&claimed[0], "it went wrong").await.unwrap();
    id
}

async fn dead(client: &Client) -> Vec<Value> {
    let (status, body) = client.call("GET", "/api/admin/jobs?status=dead&kind=test", None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["items"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn work_that_was_given_up_is_seen_tried_again_and_dropped() {
    let client = Client::signed_in(Role::Admin).await;
    let id = buried(&client).await;
    let seen = dead(&client).await;
    assert_eq!(seen[0]["id"], json!(id));
    assert_eq!((&seen[0]["error"], &seen[0]["attempts"]), (&json!("it went wrong"), &json!(1)));
    let (_, load) = client.call("GET", "/api/admin/jobs/load", None).await;
    let expected = json!({"kind": "test", "waiting": 0, "running": 0, "dead": 1, "due_since": null});
    assert_eq!(load["items"], json!([expected]));

    let retry = format!("/api/admin/jobs/{id}/retry");
    assert_eq!(client.call("POST", &retry, None).await.0, StatusCode::ACCEPTED);
    assert!(dead(&client).await.is_empty());
    let (status, body) = client.call("POST", &retry, None).await;
    assert_eq!((status, &body["error"]), (StatusCode::NOT_FOUND, &json!("job_not_found")), "it waits now");

    let now = client.test.app.now();
    let claimed = client.test.app.store().claim_jobs(&["test"], 1, now.plus_ms(1), now).await.unwrap();
    client.test.app.store().bury_job(&claimed[0], "again").await.unwrap();
    let path = format!("/api/admin/jobs/{id}");
    assert_eq!(client.call("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    assert!(dead(&client).await.is_empty());
}

#[tokio::test]
async fn nobody_else_sees_work() {
    let client = Client::signed_in(Role::Curator).await;
    let id = buried(&client).await;
    let calls = [
        ("GET", "/api/admin/jobs".to_owned()),
        ("GET", "/api/admin/jobs/load".to_owned()),
        ("POST", format!("/api/admin/jobs/{id}/retry")),
        ("DELETE", format!("/api/admin/jobs/{id}")),
    ];
    for (method, path) in calls {
        assert_eq!(client.call(method, &path, None).await.0, StatusCode::FORBIDDEN, "{method} {path}");
    }
}
