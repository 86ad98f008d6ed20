//! Who did what, as administrators see it.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_domain::permission::Standing;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const PASSWORD: &str = "a quiet green room";

async fn entries(client: &Client, query: &str) -> Vec<Value> {
    let (status, body) = client.call("GET", &format!("/api/admin/audit?limit=100&{query}"), None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["items"].as_array().expect("a list").clone()
}

fn actions(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().expect("an action")).collect()
}

#[tokio::test]
async fn what_people_and_administrators_do_is_written_down() {
    let mut client = Client::signed_in(Role::Admin).await;
    let admin = client.token.clone();
    let account = json!({"email": "grace@example.com", "password": PASSWORD, "name": "Grace Hopper"});
    client.token = None;
    let (status, grace) = client.call("POST", "/api/users/register", Some(account)).await;
    assert_eq!(status, StatusCode::CREATED);
    let wrong = json!({"email": "grace@example.com", "password": "wrong"});
    client.call("POST", "/api/users/login", Some(wrong)).await;
    let nobody = json!({"email": "nobody@example.com", "password": "wrong"});
    client.call("POST", "/api/users/login", Some(nobody)).await;
    let right = json!({"email": "grace@example.com", "password": PASSWORD});
    let (_, tokens) = client.call("POST", "/api/users/login", Some(right)).await;
    client.token = tokens["access_token"].as_str().map(str::to_owned);
    let (_, texts) = client.call("GET", "/api/consents", None).await;
    let vendor =
        texts["items"].as_array().into_iter().flatten().find(|text| text["purpose"] == "model_vendor");
    let version = json!({"version": vendor.expect("a text")["version"]});
    let consent = "/api/users/me/consents/model_vendor";
    assert_eq!(client.call("PUT", consent, Some(version)).await.0, StatusCode::OK);
    assert_eq!(client.call("DELETE", consent, None).await.0, StatusCode::OK);
    assert_eq!(client.call("GET", "/api/users/me/export", None).await.0, StatusCode::OK);
    assert_eq!(client.call("GET", "/api/admin/jobs", None).await.0, StatusCode::FORBIDDEN);
    let renamed = json!({"current_password": PASSWORD, "new_password": "another quiet green room"});
    assert_eq!(client.call("PUT", "/api/users/me", Some(renamed)).await.0, StatusCode::OK);
    assert_eq!(client.call("DELETE", "/api/users/me", None).await.0, StatusCode::NO_CONTENT);

    client.token = admin;
    let id = grace["user"]["id"].as_str().expect("an id");
    let by_grace = entries(&client, &format!("actor={id}")).await;
    assert_eq!(
        actions(&by_grace),
        [
            "account.erased",
            "account.password_changed",
            "access.refused",
            "account.exported",
            "consent.withdrawn",
            "consent.given",
            "sign_in.succeeded",
            "account.registered",
        ]
    );
    assert_eq!(by_grace[2]["subject"], "GET /api/admin/jobs");
    let refused = entries(&client, "action=sign_in.refused").await;
    let subjects: Vec<&Value> = refused.iter().map(|entry| &entry["subject"]).collect();
    assert_eq!(subjects, [&json!("no account"), &json!(id)]);
    let about = entries(&client, &format!("subject={id}&action=sign_in")).await;
    assert_eq!(actions(&about), ["sign_in.succeeded", "sign_in.refused"]);

    let all = serde_json::to_string(&entries(&client, "").await).expect("JSON");
    for personal in ["grace", "Grace", "Hopper", "nobody@", PASSWORD] {
        assert!(!all.contains(personal), "{personal}");
    }
    let (status, check) = client.call("GET", "/api/admin/audit/verification", None).await;
    assert_eq!((status, &check["fault"], &check["unknown"]), (StatusCode::OK, &Value::Null, &json!(0)));
}

#[tokio::test]
async fn it_is_taken_out_as_a_table_and_that_is_written_down() {
    let mut client = Client::signed_in(Role::Admin).await;
    let admin = client.token.clone();
    // More than a page.
    for _ in 0..120 {
        client.sign_in_as(Standing::JobSeeker).await;
        client.call("GET", "/api/admin/jobs", None).await;
    }
    client.token = admin;
    let (status, headers, bytes) = client.download("/api/admin/audit/csv?action=access.").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    let text = String::from_utf8(bytes).expect("text");
    assert_eq!(text.lines().count(), 121, "a head and all of them");
    assert!(text.starts_with("at,actor,action,subject,details,id\r\n"));
    assert_eq!(actions(&entries(&client, "action=audit.").await), ["audit.exported"]);
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_said() {
    let client = Client::signed_in(Role::Admin).await;
    for query in
        ["action=Models%00", "action=%25", "actor=me", "since=yesterday", "subject=%00", "limit=0", "after=x"]
    {
        let (status, body) = client.call("GET", &format!("/api/admin/audit?{query}"), None).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}: {body}");
    }
    let since = "since=2030-01-01T00:00:00Z";
    assert!(entries(&client, since).await.is_empty());
    assert!(!entries(&client, "until=2040-01-01T00:00:00Z").await.is_empty());
}
