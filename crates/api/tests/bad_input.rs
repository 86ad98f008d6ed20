//! What is wrong is refused in its place with words that help; what is only unusual is kept as given.

use axum::body::Body;
use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const RECIPE: &str = "Lentil soup. Soften two onions in oil, add garlic and 300 g of red lentils. Simmer for 25 minutes and \
    finish with lemon. Serves four.";
/// Markup, other scripts, other directions, signs without width, an end of text in the middle.
const UNUSUAL: [&str; 7] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "'; DROP TABLE users; --",
    "שלום עולם, עבדתי עם צוות",
    "\u{202e}desrever",
    "我在上一家公司负责后端开发。",
    "👩‍🔬👍🏽",
    "{{7*7}} ${7*7} %s %n ../../etc/passwd",
];

fn config() -> Value {
    json!({"title": "T", "job_description": JOB, "difficulty": "intermediate", "interview_type": ["technical"],
        "duration": 20})
}

fn refused(answer: &(StatusCode, Value)) -> (u16, &str, &str) {
    let text = |field: &str| answer.1[field].as_str().unwrap_or_default();
    (answer.0.as_u16(), text("error"), text("message"))
}

#[tokio::test]
async fn a_body_that_cannot_be_read_says_why() {
    let client = Client::guest().await;
    let utf16: Vec<u8> = config().to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = "[".repeat(100_000);
    let cases: [(&[u8], u16, &str, &str); 8] = [
        (b"", 400, "malformed_json", "The body is empty; send a JSON object."),
        (b"{\"title\":", 400, "malformed_json", "The body is not valid JSON (line 1, column 9)."),
        (b"{\"title\": \"caf\xe9\"}", 400, "malformed_json", "The body is not UTF-8 text."),
        (b"\x1f\x8b\x08\x00\x00", 400, "malformed_json", "The body is not UTF-8 text."),
        (&utf16, 400, "malformed_json", "The body is not valid JSON (line 1, column 2)."),
        (deep.as_bytes(), 400, "malformed_json", "The body is not valid JSON (line 1, column 128)."),
        (b"[]", 422, "invalid_input", "Send an object here, not a list."),
        (b"{}", 422, "invalid_input", "title: This is needed."),
    ];
    let post = |kind: &'static str| client.request("POST", "/api/configs").header("content-type", kind);
    for (body, status, error, message) in cases {
        let answer = client.send(post("application/json").body(Body::from(body.to_vec()))).await;
        assert_eq!(refused(&answer), (status, error, message), "{}", String::from_utf8_lossy(body));
    }
    let answer = client.send(post("application/json").body(Body::from(vec![b'x'; 2_000_000]))).await;
    assert_eq!(answer.0, StatusCode::PAYLOAD_TOO_LARGE);
    let packed = post("application/json").header("content-encoding", "gzip");
    for request in [post("text/plain").body(Body::from("{}")), packed.body(Body::from("{}"))] {
        let answer = client.send(request).await;
        assert_eq!((answer.0.as_u16(), refused(&answer).1), (415, "unsupported_media_type"));
    }
    let marked = format!("\u{feff}{}", config());
    let answer = client.send(post("application/json").body(Body::from(marked))).await;
    assert_eq!(answer.0, StatusCode::CREATED, "a byte order mark does no harm");
}

#[tokio::test]
async fn a_wrong_field_or_query_is_told_with_its_name() {
    let client = Client::guest().await;
    let fields = [
        ("resume_id", json!("nope"), "This is not an id."),
        ("title", json!(null), "Send text here, not null."),
        ("difficulty", json!("hard"), "Choose one of: beginner, intermediate, advanced."),
        ("duration", json!("5"), "Send a whole number here, not text."),
        ("duration", json!(2), "Choose a duration of 3 to 120 minutes."),
        ("interview_type", json!([]), "Choose at least one kind of question."),
        ("question_count", json!(1_000_000), "Choose 1 to 40 questions."),
        (
            "job_description",
            json!("x".repeat(50_001)),
            "Use at most 50000 characters; the advert itself is enough.",
        ),
    ];
    for (field, value, message) in fields {
        let mut body = config();
        body[field] = value;
        let (status, body) = client.call("POST", "/api/configs", Some(body)).await;
        assert_eq!((status.as_u16(), &body["details"]["fields"][field]), (422, &json!(message)), "{body}");
    }
    let queries = [
        ("/api/sessions?limit=abc", "limit", "Send a whole number here."),
        ("/api/sessions?limit=-1", "limit", "Send a whole number here."),
        ("/api/sessions?limit=0", "limit", "Ask for 1 to 100 entries."),
        ("/api/sessions?limit=1&limit=2", "limit", "Give this once."),
        ("/api/sessions?status=junk", "status", "Choose one of: active, paused, completed, abandoned."),
        (
            "/api/sessions?after=junk",
            "after",
            "This page marker is not one of ours; start from the first page.",
        ),
    ];
    for (path, field, message) in queries {
        let (status, body) = client.call("GET", path, None).await;
        assert_eq!((status.as_u16(), &body["details"]["fields"][field]), (422, &json!(message)), "{body}");
    }
}

#[tokio::test]
async fn unusual_words_are_kept_as_given() {
    let client = Client::guest().await;
    for words in UNUSUAL {
        let mut body = config();
        for field in ["title", "position", "job_description"] {
            body[field] = json!(words);
        }
        let (status, config) = client.call("POST", "/api/configs", Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        for field in ["title", "position", "job_description"] {
            assert_eq!(config[field], words);
        }
        let profile = json!({"target_job_titles": [words], "skills": [words], "industries": [words]});
        let (status, profile) = client.call("PUT", "/api/users/me/profile", Some(profile)).await;
        assert_eq!((status, &profile["skills"][0]), (StatusCode::OK, &json!(words)));
        let start = json!({"config_id": config["id"]});
        let (_, session) = client.call("POST", "/api/sessions", Some(start)).await;
        let (status, answered) = client.answer(&session, &session["current_question"], words).await;
        assert_eq!((status, &answered["response"]["content"]), (StatusCode::CREATED, &json!(words)));
        client.test.work().await;
        let (_, report) = client.call("GET", &at(&session, "/report"), None).await;
        assert_eq!(report["answers"][0]["response"]["content"], words);
        for document in ["/transcript?format=pdf", "/transcript?format=markdown", "/report?format=pdf"] {
            let (status, body) = client.call("GET", &at(&session, document), None).await;
            assert_eq!(status, StatusCode::OK, "{words} in {document}: {body}");
        }
    }
}

#[tokio::test]
async fn a_recipe_is_no_job_and_can_be_practised_all_the_same() {
    let client = Client::guest().await;
    let (status, read) =
        client.call("POST", "/api/configs/parse-job-desc", Some(json!({"job_description": RECIPE}))).await;
    assert_eq!((status, &read["position"], &read["skills"]), (StatusCode::OK, &Value::Null, &json!([])));
    assert_eq!(read["warnings"][0]["code"], "not_a_job_description");
    let session = client.start(RECIPE).await;
    assert!(session["current_question"]["content"].is_string());
}

#[tokio::test]
async fn a_form_that_is_no_resume_says_why() {
    let client = Client::guest().await;
    let part = |name: &str, file: &str, content: &str| {
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
        format!("--x\r\n{disposition}\r\n\r\n{content}\r\n")
    };
    let file = "; filename=\"cv.txt\"";
    let cases = [
        (part("file", file, "") + "--x--\r\n", 422, "resume_no_text", "This file is empty."),
        (part("file", file, &"x".repeat(11_000_000)) + "--x--\r\n", 413, "resume_too_large", "up to 10 MB"),
        (
            part("file", file, "a") + &part("file", file, "b") + "--x--\r\n",
            422,
            "invalid_input",
            "one resume at a time",
        ),
        (part("other", "", "1") + "--x--\r\n", 422, "invalid_input", "Choose a file"),
        (part("text", "", " ") + "--x--\r\n", 422, "invalid_input", "Paste the text"),
        (part("file", file, "Ada"), 400, "malformed_form", "could not be read to its end"),
    ];
    for (form, status, error, message) in cases {
        let request = client.request("POST", "/api/resumes");
        let request = request.header("content-type", "multipart/form-data; boundary=x");
        let answer = client.send(request.body(Body::from(form))).await;
        let told = refused(&answer);
        assert_eq!((told.0, told.1), (status, error), "{}", answer.1);
        assert!(told.2.contains(message), "{}", answer.1);
    }
}
