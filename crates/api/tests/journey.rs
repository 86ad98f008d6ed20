//! A whole practice interview over HTTP, and what may go wrong on the way.

use axum::http::StatusCode;
use greenroom_providers::bank::Bank;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str = "Backend Engineer\n\nYou will build REST APIs and look after PostgreSQL.\nRequirements: experience with SQL, \
    clear communication, working in a team.";
const ANSWER: &str = "At my last job a payment client retried after a timeout and customers paid twice. I was responsible for \
    the fix. I stored an idempotency key with the result in one transaction, so a retry returns the first result. As a \
    result duplicates dropped from 30 a week to zero.";

async fn answer(client: &Client, session: &Value, question: &Value, key: &str) -> (StatusCode, Value) {
    let body = json!({"question_id": question["id"], "content": ANSWER});
    client.call_with("POST", &at(session, "/answers"), Some(body), &[("idempotency-key", key)]).await
}

#[tokio::test]
async fn from_the_job_to_the_report() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let planned = session["progress"]["planned"].as_u64().expect("a number");
    let mut question = session["current_question"].clone();
    assert!(question.get("key_points").is_none(), "what a full answer says is not shown before the answer");
    let mut asked = Vec::new();
    while !question.is_null() {
        assert!(!asked.contains(&question["content"]), "no question is asked twice");
        asked.push(question["content"].clone());
        client.test.clock.advance(20_000);
        let (status, answered) = client.answer(&session, &question, ANSWER).await;
        assert_eq!(status, StatusCode::CREATED, "{answered}");
        question = answered["next_question"].clone();
    }
    assert!(asked.len() as u64 >= planned.min(4));
    client.test.work().await;
    let (status, report) = client.call("GET", &at(&session, "/report"), None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(report["pending_evaluations"], 0);
    assert_eq!(report["session"]["status"], "completed");
    for entry in report["answers"].as_array().expect("answers") {
        let answer: Vec<char> = entry["response"]["content"].as_str().expect("words").chars().collect();
        for criterion in entry["evaluation"]["criteria"].as_array().expect("criteria") {
            let quotes = criterion["quotes"].as_array().expect("quotes");
            assert_eq!(
                criterion["score"].is_null(),
                quotes.is_empty(),
                "a score stands on quotes: {criterion}"
            );
            for quote in quotes {
                let (start, end) =
                    (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
                assert_eq!(answer[start..end].iter().collect::<String>(), quote["text"].as_str().unwrap());
            }
        }
    }
}

#[tokio::test]
async fn what_to_keep_was_said_in_a_good_answer() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let weak = "I worked on some things there with the others and it was all right for everybody, I think.";
    let bank = Bank::shipped().expect("the shipped bank is valid");
    let (mut good_answers, mut curated) = (Vec::new(), 0);
    let mut question = session["current_question"].clone();
    while !question.is_null() {
        client.test.clock.advance(20_000);
        let asked = question["content"].as_str().expect("a question");
        let known = bank.questions().find(|(_, known)| asked.contains(&known.text));
        curated += usize::from(known.is_some());
        let good = known.map(|(_, known)| known.reference.trim()).filter(|_| curated % 2 == 0);
        good_answers.extend(good);
        question = client.answer(&session, &question, good.unwrap_or(weak)).await.1["next_question"].clone();
    }
    client.test.work().await;
    let (_, report) = client.call("GET", &at(&session, "/report"), None).await;
    let keep = &report["keep"];
    let quote = keep["quote"]["text"].as_str().expect("words to keep");
    assert!(good_answers.iter().any(|answer| answer.contains(quote)), "{keep}");
    let scores = report["answers"].as_array().expect("answers").iter().map(|entry| &entry["evaluation"]);
    let best = scores.filter_map(|e| e["overall"]["score"].as_f64()).fold(0.0, f64::max);
    let mut answers = report["answers"].as_array().expect("answers").iter();
    let kept = answers.find(|entry| entry["question"]["id"] == keep["question_id"]).expect("its answer");
    assert!(
        kept["evaluation"]["overall"]["score"].as_f64().is_some_and(|score| score > 0.7 * best),
        "{kept}"
    );
}

#[tokio::test]
async fn a_repeated_request_changes_nothing() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let question = session["current_question"].clone();
    let (_, first) = answer(&client, &session, &question, "key-1").await;
    let (status, again) = answer(&client, &session, &question, "key-1").await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(first["response"], again["response"]);
    let (status, refused) = client.answer(&session, &question, ANSWER).await;
    assert_eq!(
        (status, refused["error"].as_str()),
        (StatusCode::CONFLICT, Some("question_already_answered"))
    );
    let other = json!({"question_id": question["id"], "content": "other words"});
    let (status, refused) = client
        .call_with("POST", &at(&session, "/answers"), Some(other), &[("idempotency-key", "key-1")])
        .await;
    assert_eq!((status, refused["error"].as_str()), (StatusCode::CONFLICT, Some("idempotency_key_reused")));
}

#[tokio::test]
async fn two_tabs_cannot_both_answer() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let question = session["current_question"].clone();
    let (one, two) =
        tokio::join!(client.answer(&session, &question, ANSWER), client.answer(&session, &question, ANSWER));
    let mut statuses = [one.0, two.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
    let (_, events) = client.call("GET", &at(&session, "/events"), None).await;
    let answers =
        events["items"].as_array().unwrap().iter().filter(|e| e["kind"] == "answer_received").count();
    assert_eq!(answers, 1);
}

#[tokio::test]
async fn pausing_stops_the_clock() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    client.test.clock.advance(30_000);
    let (_, paused) = client.call("PUT", &at(&session, "/pause"), None).await;
    client.test.clock.advance(1_200_000);
    let (status, resumed) = client.call("PUT", &at(&session, "/resume"), None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(paused["progress"]["remaining_ms"], resumed["progress"]["remaining_ms"]);
    let (status, refused) = client.call("PUT", &at(&session, "/resume"), None).await;
    assert_eq!((status, refused["error"].as_str()), (StatusCode::CONFLICT, Some("wrong_status")));
    // A clock that is set back by a day harms nothing.
    client.test.clock.advance(-86_400_000);
    let (status, _) = client.answer(&session, &session["current_question"], ANSWER).await;
    assert_eq!(status, StatusCode::CREATED);
}

#[tokio::test]
async fn another_persons_things_are_not_there() {
    let mut client = Client::guest().await;
    let session = client.start(JOB).await;
    client.sign_in_as_guest().await;
    for (method, rest) in
        [("GET", ""), ("DELETE", ""), ("PUT", "/pause"), ("GET", "/report"), ("GET", "/events")]
    {
        let (status, _) = client.call(method, &at(&session, rest), None).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{method} {rest}");
    }
    let (status, _) = client.answer(&session, &session["current_question"], ANSWER).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_guest_who_registers_keeps_everything() {
    let mut client = Client::guest().await;
    let session = client.start(JOB).await;
    let account = json!({"email": "ada@example.com", "password": "a quiet green room", "name": "Ada"});
    let (status, body) = client.call("POST", "/api/users/register", Some(account.clone())).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    client.token = None;
    let (status, _) = client.call("POST", "/api/users/register", Some(account)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let login = json!({"email": "Ada@Example.com ", "password": "a quiet green room"});
    let (status, signed_in) = client.call("POST", "/api/users/login", Some(login)).await;
    assert_eq!(status, StatusCode::OK);
    client.token = signed_in["access_token"].as_str().map(str::to_owned);
    let (status, _) = client.call("GET", &at(&session, ""), None).await;
    assert_eq!(status, StatusCode::OK);
    let refresh = json!({"refresh_token": signed_in["refresh_token"]});
    let (status, _) = client.call("POST", "/api/users/refresh", Some(refresh.clone())).await;
    assert_eq!(status, StatusCode::OK);
    client.test.clock.advance(60_000);
    let (status, reused) = client.call("POST", "/api/users/refresh", Some(refresh)).await;
    assert_eq!((status, reused["error"].as_str()), (StatusCode::UNAUTHORIZED, Some("refresh_token_reused")));
}

#[tokio::test]
async fn bad_input_is_answered_in_its_place() {
    let client = Client::guest().await;
    let valid = json!({"title": "T", "job_description": JOB, "difficulty": "intermediate", "interview_type": ["technical"], "duration": 5});
    let cases = [
        ("title", json!("")),
        ("duration", json!(0)),
        ("duration", json!(100_000)),
        ("interview_type", json!([])),
        ("question_count", json!(0)),
        ("job_description", json!("x".repeat(60_000))),
        ("rubric_id", json!("none")),
        ("language", json!("xx")),
    ];
    for (field, value) in cases {
        let mut body = valid.clone();
        body[field] = value;
        let (status, refused) = client.call("POST", "/api/configs", Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {refused}");
        assert!(refused["details"]["fields"][field].is_string(), "{field}: {refused}");
    }
    let (status, refused) = client.call("GET", "/api/nothing", None).await;
    assert_eq!((status, refused["error"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")));
    let (status, refused) = client.call("DELETE", "/api/sessions", None).await;
    assert_eq!(
        (status, refused["error"].as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, Some("method_not_allowed"))
    );
}

#[tokio::test]
async fn answers_of_any_kind_are_kept_as_given() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let mut question = session["current_question"].clone();
    for content in ["", "👍", "<script>alert(1)</script>", "שלום עולם", "\u{202e}abc\u{0000}", "fine"]
    {
        if question.is_null() {
            break;
        }
        let body = json!({"question_id": question["id"], "content": content});
        let (status, answered) = client.call("POST", &at(&session, "/answers"), Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{content:?}: {answered}");
        assert_eq!(answered["response"]["content"], content);
        question = answered["next_question"].clone();
    }
    client.test.work().await;
    let (_, report) = client.call("GET", &at(&session, "/report"), None).await;
    assert_eq!(report["overall"]["score"], Value::Null, "too little was said for a total");
}

#[tokio::test]
async fn everybody_may_know_what_leaves_the_server() {
    let mut client = Client::guest().await;
    client.token = None;
    let (status, about) = client.call("GET", "/api/about", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(about["outside"], json!([]), "the built-in engines send nothing anywhere");
}
