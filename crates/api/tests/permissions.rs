//! Who may do what: every operation of the OpenAPI document, for everybody.

use axum::http::StatusCode;
use greenroom_domain::permission::{Permission, Standing};
use greenroom_testkit::Client;
use serde_json::{Value, json};

/// Operations that nobody needs to be signed in for. A new one is added here on purpose, or it is forgotten protection.
const FOR_EVERYBODY: [&str; 10] = [
    "GET /api/about",
    "GET /api/consents",
    "GET /api/oauth/{provider}/callback",
    "GET /api/oauth/{provider}/start",
    "GET /api/retention",
    "POST /api/users/guest",
    "POST /api/users/login",
    "POST /api/users/logout",
    "POST /api/users/refresh",
    "POST /api/users/register",
];

/// An operation of the document.
struct Operation {
    method: String,
    path: String,
    /// What its security says; `None` when it has none.
    permission: Option<String>,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The path with ids that belong to nobody.
    fn anywhere(&self) -> String {
        let parts = self.path.split('/').map(|part| match part {
            "{id}" => "01990000-0000-7000-8000-00000000dead",
            part if part.starts_with('{') => "nothing",
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(greenroom_api::openapi_document()).expect("a document");
    let paths = document["paths"].as_object().expect("paths");
    let operation = |path: &str, method: &str, body: &Value| Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        permission: body
            .get("security")
            .map(|security| security[0]["bearer"][0].as_str().unwrap_or("no permission is named").to_owned()),
    };
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().expect("methods").iter().map(move |(method, body)| operation(path, method, body))
    });
    all.collect()
}

#[test]
fn every_operation_names_its_permission_or_is_meant_for_everybody() {
    let operations = operations();
    assert!(operations.len() > 60, "the document is whole");
    for operation in &operations {
        match &operation.permission {
            None => assert!(
                FOR_EVERYBODY.contains(&&*operation.name()),
                "{} needs a permission",
                operation.name()
            ),
            Some(name) => assert!(
                Permission::from_key(name).is_some(),
                "{} must name one of the permissions in its security: {name}",
                operation.name()
            ),
        }
    }
}

/// Each operation is called by each standing, and by nobody. Who is not allowed is refused before anything else is
/// looked at; who is allowed is not refused, whatever else is wrong with an empty request.
#[tokio::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let mut client = Client::guest().await;
    let mut checked = 0;
    for operation in operations() {
        let Some(permission) = operation.permission.as_deref().and_then(Permission::from_key) else {
            continue;
        };
        let path = operation.anywhere();
        let body = (operation.method != "GET").then(|| json!({}));
        client.token = None;
        let (status, _) = client.call(&operation.method, &path, body.clone()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{} by nobody", operation.name());
        for standing in Standing::ALL {
            // Somebody new each time: some operations end the sign-in.
            client.sign_in_as(standing).await;
            let (status, answer) = client.call(&operation.method, &path, body.clone()).await;
            let refused = status == StatusCode::FORBIDDEN || status == StatusCode::UNAUTHORIZED;
            let allowed = permission.is_of(standing);
            assert_eq!(!refused, allowed, "{} by {standing:?}: {status} {answer}", operation.name());
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked} pairs");
}

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWER: &str =
    "I measured the slow query, found a missing index and added it; the page became twice as fast.";

/// Somebody with one of everything: what stands for `{id}` in a path, by how the path begins.
async fn somebodys_things(client: &mut Client) -> Vec<(&'static str, String)> {
    let session = client.start(JOB).await;
    let (_, answered) = client.answer(&session, &session["current_question"], ANSWER).await;
    client.test.work().await;
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("an id: {value}")).to_owned();
    let response = json!({"response_id": answered["response"]["id"]});
    let (_, feedback) = client.call("POST", "/api/feedback", Some(response)).await;
    let judged = format!("/api/evaluations/session/{}", text(&session["id"]));
    let (_, judged) = client.call("GET", &judged, None).await;
    let form = "--b\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nAda Lovelace\r\nada@example.com\r\n\
        Experience\r\nEngineer at Analytical, 2019 - 2024\r\n--b--\r\n";
    let upload =
        client.request("POST", "/api/resumes").header("content-type", "multipart/form-data; boundary=b");
    let (_, resume) = client.send(upload.body(form.to_owned().into())).await;
    let (_, sign_ins) = client.call("GET", "/api/users/me/sessions", None).await;
    let session_id = text(&session["id"]);
    vec![
        ("/api/configs/{id}", text(&session["config_id"])),
        ("/api/evaluations/session/{id}", session_id.clone()),
        ("/api/evaluations/{id}", text(&judged["items"][0]["id"])),
        ("/api/feedback/session/{id}", session_id.clone()),
        ("/api/feedback/{id}", text(&feedback["id"])),
        ("/api/questions/session/{id}", session_id.clone()),
        ("/api/resumes/{id}", text(&resume["id"])),
        ("/api/sessions/{id}", session_id),
        ("/api/users/me/sessions/{id}", text(&sign_ins["items"][0]["id"])),
    ]
}

/// What a request needs so that only the owner is missing.
async fn fitting_body(client: &Client, operation: &Operation, path: &str) -> Option<Value> {
    match operation.name().as_str() {
        // The owner's own words put back.
        "PUT /api/configs/{id}" | "PUT /api/resumes/{id}" => {
            let mut own = client.call("GET", path, None).await.1;
            if let Some(fields) = own.as_object_mut() {
                fields.retain(|_, value| !value.is_null());
            }
            Some(own)
        }
        "POST /api/sessions/{id}/answers" | "POST /api/sessions/{id}/retries" => {
            Some(json!({"question_id": "01990000-0000-7000-8000-00000000dead", "content": ANSWER}))
        }
        "POST /api/sessions/{id}/voice/offer" => Some(json!({"sdp": "v=0"})),
        name if name.starts_with("GET") || name.starts_with("DELETE") => None,
        _ => Some(json!({})),
    }
}

#[tokio::test]
async fn another_persons_thing_is_not_there() {
    let mut client = Client::guest().await;
    client.sign_in_as(Standing::JobSeeker).await;
    let owner = client.token.clone();
    let things = somebodys_things(&mut client).await;
    let mut checked = 0;
    for operation in operations() {
        let permission = operation.permission.as_deref().and_then(Permission::from_key);
        let is_personal = matches!(permission, Some(Permission::OwnAccount | Permission::Practise));
        if !is_personal || !operation.path.contains("{id}") {
            continue;
        }
        let thing = things.iter().find(|(of, _)| operation.path.starts_with(of));
        let (_, id) = thing.unwrap_or_else(|| panic!("say what stands for the id in {}", operation.name()));
        let path = operation.path.replace("{id}", id);
        client.token = owner.clone();
        let body = fitting_body(&client, &operation, &path).await;
        // An administrator is nobody special here.
        for stranger in [Standing::Guest, Standing::JobSeeker, Standing::Recruiter, Standing::Admin] {
            client.sign_in_as(stranger).await;
            let (status, answer) = client.call(&operation.method, &path, body.clone()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{} by {stranger:?}: {answer}", operation.name());
            checked += 1;
        }
    }
    assert!(checked >= 80, "{checked} pairs");
    client.token = owner;
    let (status, mine) = client.call("GET", "/api/users/me", None).await;
    assert_eq!((status, &mine["role"]), (StatusCode::OK, &json!("job_seeker")), "all is as it was");
}
