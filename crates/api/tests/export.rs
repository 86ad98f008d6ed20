//! The export holds everything that is stored of a person.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_testkit::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

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

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWER: &str = "I read the plan of the query, and found that an index was missing.";

/// The files of an archive by their paths.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let path = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        files.insert(path, text);
    }
    files
}

#[tokio::test]
async fn all_of_it_comes_as_files_that_people_can_read() {
    let client = Client::signed_in(Role::JobSeeker).await;
    for _ in 0..12 {
        // More than is read at a time.
        let session = client.start(JOB).await;
        client.answer(&session, &session["current_question"], ANSWER).await;
    }
    client.test.work().await;
    let (status, headers, bytes) = client.download("/api/users/me/export?format=zip").await;
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"application/zip".parse().expect("one"))
    );
    assert_eq!(headers["content-disposition"], "attachment; filename=\"greenroom-export.zip\"");
    let files = unpacked(bytes);
    let of = |folder: &str, end: &str| {
        files.iter().filter(|(path, _)| path.starts_with(folder) && path.ends_with(end)).collect::<Vec<_>>()
    };
    assert!(files["README.md"].contains("# Your data"));
    assert!(files["account.json"].contains("ada@example.com"));
    assert_eq!(of("set-ups/", ".json").len(), 12);
    let transcripts = of("interviews/", "/transcript.md");
    assert_eq!(transcripts.len(), 12);
    assert!(transcripts.iter().all(|(_, text)| text.contains("an index was missing")));
    assert_eq!(of("interviews/", "/report.md").len(), 12);
    let log: Value = serde_json::from_str(of("interviews/", "/interview.json")[0].1).expect("JSON");
    assert!(log["events"].as_array().is_some_and(|events| events.len() > 2));
    let activity: Value = serde_json::from_str(of("activity/", ".json")[0].1).expect("JSON");
    assert_eq!(activity[0]["action"], "account.exported");
    assert_eq!(
        client.call("GET", "/api/users/me/export?format=tar", None).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn it_says_what_others_saw_and_did() {
    let mut client = Client::signed_in(Role::Admin).await;
    let admin = client.token.clone();
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let account =
        json!({"email": "grace@example.com", "password": "a quiet green room", "name": "Grace Hopper"});
    client.token = None;
    let (status, grace) = client.call("POST", "/api/users/register", Some(account)).await;
    assert_eq!(status, StatusCode::CREATED);
    let id = grace["user"]["id"].as_str().expect("an id");
    client.token = admin;
    assert_eq!(client.call("GET", "/api/admin/users", None).await.0, StatusCode::OK);
    assert_eq!(client.call("GET", &format!("/api/admin/users/{id}"), None).await.0, StatusCode::OK);
    let role = json!({"role": "curator"});
    let set = client.call("PUT", &format!("/api/admin/users/{id}/role"), Some(role)).await;
    assert_eq!(set.0, StatusCode::OK, "{}", set.1);
    client.token = grace["access_token"].as_str().map(str::to_owned);

    let (status, export) = client.call("GET", "/api/users/me/export", None).await;
    assert_eq!(status, StatusCode::OK, "{export}");
    let (you, other) = (json!("you"), &me["id"]);
    let expected = [
        (json!("account.exported"), &you),
        (json!("account.role_changed"), other),
        (json!("account.viewed"), other),
        (json!("account.registered"), &you),
    ];
    let told = |entries: &Value| -> Vec<(Value, Value)> {
        let entries = entries.as_array().expect("entries").iter();
        entries.map(|entry| (entry["action"].clone(), entry["by"].clone())).collect()
    };
    let seen = told(&export["activity"]);
    assert_eq!(seen.iter().map(|(action, by)| (action.clone(), by)).collect::<Vec<_>>(), expected);
    let (_, _, bytes) = client.download("/api/users/me/export?format=zip").await;
    let files = unpacked(bytes);
    let (_, file) = files.iter().find(|(path, _)| path.starts_with("activity/")).expect("a file");
    let entries: Value = serde_json::from_str(file).expect("JSON");
    assert_eq!(told(&entries)[1..], seen[..], "the same, behind the second export");
}
