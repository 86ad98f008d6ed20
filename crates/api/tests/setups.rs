//! Set-ups whose job was corrected by hand.

use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

/// A set-up for one question, with this weight for every competency there is.
async fn weighing(client: &Client, weight: f64) -> (StatusCode, Value) {
    let (_, all) = client.call("GET", "/api/competencies", None).await;
    let competencies: Vec<Value> = all["items"]
        .as_array()
        .expect("competencies")
        .iter()
        .map(|c| json!({"key": c["key"], "weight": weight, "evidence": []}))
        .collect();
    let config = json!({"title": "T", "job_description": "", "difficulty": "intermediate",
        "interview_type": ["behavioral"], "duration": 20, "question_count": 1,
        "posting": {"competencies": competencies}});
    client.call("POST", "/api/configs", Some(config)).await
}

#[tokio::test]
async fn a_job_that_weighs_nothing_can_be_practised() {
    let client = Client::guest().await;
    let (status, config) = weighing(&client, 0.0).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    let (_, session) = client.call("POST", "/api/sessions", Some(json!({"config_id": config["id"]}))).await;
    let log = client.test.app.store().log(session["id"].as_str().unwrap().parse().unwrap(), 0, 10).await;
    assert!(log.is_ok(), "what was stored can be read again: {log:?}");
    let (status, report) = client.call("GET", &at(&session, "/report"), None).await;
    assert_eq!((status, &report["competencies"][0]["weight"]), (StatusCode::OK, &json!(1.0)));
}

#[tokio::test]
async fn a_weight_is_a_share() {
    let client = Client::guest().await;
    for weight in [-0.1, 1.1, 1e300] {
        let (status, refused) = weighing(&client, weight).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused["details"]["fields"]["posting"].is_string(), "{refused}");
    }
}

#[tokio::test]
async fn a_reference_has_the_length_of_an_answer_at_most() {
    let client = Client::guest().await;
    let body = json!({"question": "Why?", "answer": "Because.", "reference": "word ".repeat(4_001)});
    let (status, refused) = client.call("POST", "/api/evaluations", Some(body)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert!(refused["details"]["fields"]["reference"].is_string(), "{refused}");
}
