//! Reports say what their judge showed on answers whose order is known.

use axum::http::StatusCode;
use greenroom_app::interviews;
use greenroom_app::judge_checks::{Trial, run};
use greenroom_documents::render::markdown;
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str = "Backend engineer. Experience with SQL is required. You will join our team.";
const ANSWER: &str = "Our search took four seconds, so I read the query plan and added an index. Afterwards it took \
    ninety milliseconds, and nobody complained.";

/// The report, and its text as Markdown.
async fn report(client: &Client, session: &Value) -> (Value, String) {
    let (status, body) = client.call("GET", &at(session, "/report"), None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let id = |value: &Value| value["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let (app, user, session) = (&client.test.app, UserId(id(&me)), SessionId(id(session)));
    let report = interviews::report(app, user, session).await.expect("a report");
    (body, markdown(&interviews::report_document(app, &report)))
}

#[tokio::test]
async fn a_report_says_how_its_judge_did_on_the_ladder() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let (before, _) = report(&client, &session).await;
    assert_eq!(before["judges"], json!([]), "nobody has judged yet");

    client.answer(&session, &session["current_question"], ANSWER).await;
    client.test.work().await;
    let (untried, markdown) = report(&client, &session).await;
    let engine =
        json!({"kind": "builtin", "name": "greenroom-builtin", "version": env!("CARGO_PKG_VERSION")});
    assert_eq!(untried["judges"], json!([{"engine": engine, "ladder": null}]));
    assert!(markdown.contains("; not tried on the ladder yet."), "{markdown}");

    let trial = Trial { judge: &BuiltinJudge, kind: EngineKind::Builtin, questions: Some(4) };
    let result = run(&client.test.app, trial, &|_| ()).await.expect("a result");
    let (tried, markdown) = report(&client, &session).await;
    let ladder = &tried["judges"][0]["ladder"];
    assert_eq!((&ladder["questions"], &ladder["of"]), (&json!(4), &json!(result.of)));
    assert_eq!(ladder["passed"], json!(result.passed()));
    assert_eq!(ladder["rank_correlation"], json!(result.figures[0].value));
    let failed: Vec<&str> = result.failed().map(|figure| figure.measure.label()).collect();
    assert_eq!((&ladder["failed"], &ladder["words"]), (&json!(failed), &json!(result.in_words())));
    let day = result.at.as_datetime().format("%Y-%m-%d");
    let line = format!("on the ladder of {day}: {}.", result.in_words());
    assert!(markdown.contains(&line), "{line} is not in: {markdown}");
}
