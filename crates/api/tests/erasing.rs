//! Who leaves is gone: from the files of SQLite with its log, from every row of PostgreSQL, and from memory.

use axum::http::StatusCode;
use greenroom_api::Options;
use greenroom_app::accounts;
use greenroom_testkit::{Client, Database, at, postgres, sqlite, test_app_on};
use serde_json::json;

const NAME: &str = "Zenobia Quartermaine";
const EMAIL: &str = "zenobia.quartermaine@example.org";
const NEW_EMAIL: &str = "zenobia.elsewhere@example.org";
const PASSWORD: &str = "a quiet green room";
const RESUME: &str =
    "Zenobia Quartermaine\nExperience\nEngineer at Brimstonia Looms, 2019 - 2024\nSkills\nRust, SQL\n";
const JOB: &str = "Backend Engineer at Vermilion Foundry. You will build REST APIs. Experience with SQL is required. \
    You will join our team.";
const ANSWER: &str = "I measured the cormorant pipeline, found a missing index and added it.";
/// Encrypted wherever they are.
const SAID: [&str; 4] = ["Brimstonia", "Vermilion", "cormorant", "heliotrope"];

/// Somebody who did one of everything; the path of their interview.
async fn somebody(client: &mut Client) -> String {
    let account = json!({"email": EMAIL, "password": PASSWORD, "name": NAME});
    let (status, tokens) = client.call("POST", "/api/users/register", Some(account)).await;
    assert_eq!(status, StatusCode::CREATED, "{tokens}");
    let wrong = json!({"email": EMAIL, "password": "wrong"});
    assert_eq!(client.call("POST", "/api/users/login", Some(wrong)).await.0, StatusCode::UNAUTHORIZED);
    client.token = tokens["access_token"].as_str().map(str::to_owned);
    let profile = json!({"skills": ["heliotrope scheduling"]});
    assert_eq!(client.call("PUT", "/api/users/me/profile", Some(profile)).await.0, StatusCode::OK);
    let form = format!("--b\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{RESUME}\r\n--b--\r\n");
    let upload =
        client.request("POST", "/api/resumes").header("content-type", "multipart/form-data; boundary=b");
    assert_eq!(client.send(upload.body(form.into())).await.0, StatusCode::CREATED);
    let session = client.start(JOB).await;
    let (status, answered) = client.answer(&session, &session["current_question"], ANSWER).await;
    assert_eq!(status, StatusCode::CREATED);
    client.test.work().await;
    let response = json!({"response_id": answered["response"]["id"]});
    let key = [("idempotency-key", "once")];
    client.call_with("POST", "/api/feedback", Some(response), &key).await;
    let alone = json!({"question": "What is heliotrope?", "answer": ANSWER});
    assert_eq!(client.call("POST", "/api/evaluations", Some(alone)).await.0, StatusCode::CREATED);
    let moved = json!({"email": NEW_EMAIL, "current_password": PASSWORD});
    assert_eq!(client.call("PUT", "/api/users/me", Some(moved)).await.0, StatusCode::OK);
    at(&session, "")
}

async fn nothing_is_left(database: Database) {
    let mut client = Client::of(test_app_on(database).await, Options::default());
    let interview = somebody(&mut client).await;
    // Another node has read it, and keeps what it read.
    let mut other = Client::of(client.test.again().await, Options::default());
    other.token = client.token.clone();
    accounts::forget_erased(&other.test.app).await.expect("it looks");
    assert_eq!(other.call("GET", &interview, None).await.0, StatusCode::OK);
    let database = client.test.database();
    assert!(!database.places_of(NAME).await.is_empty(), "the search finds what is there");
    assert!(!database.places_of(NEW_EMAIL).await.is_empty());

    assert_eq!(client.call("DELETE", "/api/users/me", None).await.0, StatusCode::NO_CONTENT);
    for words in [NAME, EMAIL, NEW_EMAIL].into_iter().chain(SAID) {
        assert_eq!(database.places_of(words).await, [""; 0], "{words}");
    }
    accounts::forget_erased(&other.test.app).await.expect("it looks");
    client.test.clock.advance(accounts::BELIEVED_MS);
    for path in [interview.clone(), format!("{interview}/transcript"), format!("{interview}/events")] {
        assert_eq!(other.call("GET", &path, None).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    let check = client.test.app.store().check_audit(None).await.expect("it can be looked at");
    assert_eq!(check.fault, None, "the log of who did what stays whole");
}

#[tokio::test]
async fn nothing_is_left_in_the_files_of_sqlite() {
    nothing_is_left(sqlite().await).await;
}

#[tokio::test]
async fn nothing_is_left_in_postgres() {
    nothing_is_left(postgres().await).await;
}
