//! The wall between practice and hiring: whatever a recruiter may call tells nothing of anybody's practice. Operations are
//! taken from the OpenAPI document, so new ones are walked by themselves.

use axum::http::StatusCode;
use greenroom_api::Options;
use greenroom_domain::permission::{Permission, Standing};
use greenroom_testkit::Client;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const JOB: &str = "Backend Engineer at Vermilion Foundry. You will build REST APIs. Experience with SQL is required. \
    You will join our team.";
const ANSWER: &str = "I measured the cormorant pipeline, found a missing index and added it.";
const RESUME: &str =
    "Zenobia Quartermaine\r\nzenobia@example.org\r\nExperience\r\nEngineer at Brimstonia Looms, 2019 - 2024";
/// Words that stand for something of the job seeker's and nowhere else.
const HERS: [&str; 6] = ["vermilion", "cormorant", "brimstonia", "quartermaine", "zenobia", "heliotrope"];

/// Everything that looks like an id in `value`.
fn ids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.len() == 36 && text.matches('-').count() == 4 => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| ids(field, found)),
        _ => {}
    }
}

/// A job seeker who did one of everything; all their ids.
async fn job_seeker(client: &mut Client) -> BTreeSet<String> {
    client.sign_in_as(Standing::JobSeeker).await;
    let profile = json!({"skills": ["heliotrope scheduling"]});
    assert_eq!(client.call("PUT", "/api/users/me/profile", Some(profile)).await.0, StatusCode::OK);
    let form = format!("--b\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{RESUME}\r\n--b--\r\n");
    let upload =
        client.request("POST", "/api/resumes").header("content-type", "multipart/form-data; boundary=b");
    assert_eq!(client.send(upload.body(form.into())).await.0, StatusCode::CREATED);
    let session = client.start(JOB).await;
    let (_, answered) = client.answer(&session, &session["current_question"], ANSWER).await;
    client.test.work().await;
    let response = json!({"response_id": answered["response"]["id"]});
    let (status, _) = client.call("POST", "/api/feedback", Some(response)).await;
    assert!(status.is_success());
    let (status, export) = client.call("GET", "/api/users/me/export", None).await;
    assert_eq!(status, StatusCode::OK);
    let mut found = BTreeSet::new();
    ids(&export, &mut found);
    let known = export.to_string().to_lowercase();
    assert!(HERS.iter().all(|word| known.contains(word)), "the words are there to be found");
    found
}

/// Operations that a recruiter may call or that need nobody: method, path, names of parameters in the query.
fn operations() -> Vec<(String, String, Vec<String>)> {
    let document = serde_json::to_value(greenroom_api::openapi_document()).expect("a document");
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let named = operation["security"][0]["bearer"][0].as_str().and_then(Permission::from_key);
            if named.is_some_and(|permission| !permission.is_of(Standing::Recruiter)) {
                continue;
            }
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let query = parameters.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
            all.push((method.to_uppercase(), path.clone(), query.map(str::to_owned).collect()));
        }
    }
    all
}

/// Every way to ask: each of her ids in the path, in the query, and in the body.
fn requests(path: &str, query: &[String], id: &str) -> Vec<String> {
    let parts = path.split('/').map(|part| if part.starts_with('{') { id } else { part });
    let filled = parts.collect::<Vec<_>>().join("/");
    let by_query = query.iter().map(|name| format!("{filled}?{name}={id}"));
    by_query.chain([filled.clone()]).collect()
}

#[tokio::test]
async fn whatever_a_recruiter_may_call_tells_nothing_of_anybodys_practice() {
    let mut options = Options::default();
    options.limits.enabled = false;
    let mut client = Client::with(options).await;
    let hers = job_seeker(&mut client).await;
    let seeker = client.token.clone();
    assert!(hers.len() >= 8, "{hers:?}");
    let operations = operations();
    assert!(operations.len() > 40, "the document is whole");
    let mut asked = 0;
    for (method, path, query) in operations {
        // Each id where there is a place for one; else once.
        let has_place = path.contains('{') || !query.is_empty() || method != "GET";
        client.sign_in_as(Standing::Recruiter).await;
        for id in hers.iter().take(if has_place { usize::MAX } else { 1 }) {
            let body = (method != "GET").then(|| {
                json!({"config_id": id, "session_id": id, "response_id": id, "question_id": id, "resume_id": id, "user_id": id,
                    "id": id, "content": "x", "count": 1})
            });
            for request in requests(&path, &query, id) {
                let (status, answer) = client.call(&method, &request, body.clone()).await;
                let small = answer.to_string().to_lowercase();
                let word = HERS.iter().find(|word| small.contains(*word));
                assert!(word.is_none(), "{method} {request} tells {word:?}: {status} {answer}");
                asked += 1;
                if client.call("GET", "/api/users/me", None).await.0 != StatusCode::OK {
                    // Some operations end the sign-in, or the account.
                    client.sign_in_as(Standing::Recruiter).await;
                }
            }
        }
    }
    assert!(asked > 500, "{asked} requests");
    client.token = seeker;
    let (status, export) = client.call("GET", "/api/users/me/export", None).await;
    let export = export.to_string().to_lowercase();
    assert_eq!(status, StatusCode::OK);
    assert!(HERS.iter().all(|word| export.contains(word)), "all is as it was");
}
