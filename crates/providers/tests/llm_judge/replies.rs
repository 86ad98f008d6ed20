//! Replies: what counts, what is asked again, and what the built-in engine does instead.

use crate::scripted::{ANSWER, Scripted, Step, assert_sound, criterion, even, reply, rubric, subject};
use greenroom_domain::evaluation::{EngineKind, Judgement, NotAssessed, Outcome};
use greenroom_llm::{Format, Kind, Role};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Judge, LlmJudge};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const QUOTE: &str = "I do not charge a second time";

async fn judged(model: &Arc<Scripted>) -> Judgement {
    let judgement = LlmJudge::new(model.clone()).judge(subject(ANSWER), &rubric()).await.judgement;
    assert_sound(&judgement, ANSWER);
    judgement
}

async fn builtin() -> Judgement {
    BuiltinJudge.judge(subject(ANSWER), &rubric()).await.judgement
}

fn cause(judgement: &Judgement, key: &str) -> Option<NotAssessed> {
    match &judgement.criteria.iter().find(|criterion| criterion.key == key)?.outcome {
        Outcome::NotAssessed { cause, .. } => Some(*cause),
        Outcome::Assessed { .. } => None,
    }
}

fn saying(replies: &[Value]) -> Arc<Scripted> {
    let replies = replies.to_vec();
    Scripted::new(move |_, number| Step::Say(replies[number.min(replies.len() - 1)].to_string()))
}

#[tokio::test]
async fn marks_with_quotes_count() {
    let model = saying(&[even(7.25, "I  do not charge\na second time")]);
    let judgement = judged(&model).await;
    assert_eq!(judgement.engine.kind, EngineKind::Llm);
    assert_eq!(judgement.criteria[0].score(), Some(7.3));
    assert_eq!(judgement.criteria[0].quotes()[0].text, QUOTE);
    assert_eq!(judgement.overall.score, Some(7.3));
    assert_eq!(model.requests().len(), 1);
}

#[tokio::test]
async fn what_is_without_evidence_is_asked_once_more() {
    let mut first = even(8.0, QUOTE);
    first["criteria"][1]["quotes"] = json!(["I always charge twice"]);
    first["criteria"][2]["quotes"] = json!([]);
    first["criteria"].as_array_mut().unwrap().remove(4);
    let second = reply(vec![criterion("relevance", 6.0, QUOTE), criterion("clarity", 1.0, QUOTE)]);
    let model = saying(&[first, second]);
    let judgement = judged(&model).await;
    let scores: Vec<Option<f64>> = judgement.criteria.iter().map(|criterion| criterion.score()).collect();
    assert_eq!(scores, [Some(8.0), Some(6.0), None, Some(8.0), None]);
    assert_eq!(cause(&judgement, "completeness"), Some(NotAssessed::NoEvidence));
    let requests = model.requests();
    let asked: Vec<Role> = requests[1].messages.iter().map(|message| message.role).collect();
    assert_eq!(asked, [Role::User, Role::Assistant, Role::User]);
    assert!(requests[1].messages[2].text.contains("relevance, completeness, confidence."));
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_reply_without_any_criterion_is_no_judgement() {
    for criteria in [vec![], vec![criterion("charm", 9.0, QUOTE)]] {
        let model = saying(&[reply(criteria.clone())]);
        assert_eq!(judged(&model).await, builtin().await);
        assert_eq!(model.requests().len(), 2, "it may do better the second time");
        let model = saying(&[reply(criteria), even(7.0, QUOTE)]);
        assert_eq!(judged(&model).await.overall.score, Some(7.0));
    }
}

#[tokio::test]
async fn the_first_reply_stands_when_the_second_fails() {
    let mut first = even(8.0, QUOTE);
    first["criteria"][0]["quotes"] = json!([]);
    let model = Scripted::new(move |_, number| match number {
        0 => Step::Say(first.to_string()),
        _ => Step::Fail(Kind::TimedOut),
    });
    let judgement = judged(&model).await;
    assert_eq!((judgement.engine.kind, judgement.overall.score), (EngineKind::Llm, Some(8.0)));
    assert_eq!(cause(&judgement, "clarity"), Some(NotAssessed::NoEvidence));
}

#[tokio::test]
async fn marks_off_the_scale_do_not_count() {
    let mut off = even(8.0, QUOTE);
    off["criteria"][0]["score"] = json!(10.1);
    off["criteria"][1]["score"] = json!(0.9);
    off["criteria"][2]["score"] = Value::Null;
    off["criteria"][3]["status"] = json!("not_assessed");
    let model = saying(&[off]);
    let judgement = judged(&model).await;
    for (key, expected) in [
        ("clarity", NotAssessed::JudgeFailed),
        ("relevance", NotAssessed::JudgeFailed),
        ("completeness", NotAssessed::JudgeFailed),
        ("structure", NotAssessed::NoEvidence),
    ] {
        assert_eq!(cause(&judgement, key), Some(expected), "{key}");
    }
    assert_eq!(judgement.overall.score, None, "a fifth of the weight is too little for a total");
    assert_eq!(model.requests().len(), 1);
}

#[tokio::test]
async fn a_bad_reply_is_asked_for_again_with_what_is_wrong() {
    for bad in [
        Step::Say("Well, it is good.".to_owned()),
        Step::Cut("{\"criteria\": [".to_owned()),
        Step::Say("{\"criteria\": []}".to_owned()),
    ] {
        let bad = std::sync::Mutex::new(Some(bad));
        let model = Scripted::new(move |_, _| {
            bad.lock()
                .unwrap()
                .take()
                .unwrap_or_else(|| Step::Say(format!("```json\n{}\n```", even(7.0, QUOTE))))
        });
        let judgement = judged(&model).await;
        assert_eq!(judgement.overall.score, Some(7.0));
        assert!(model.requests()[1].messages[2].text.starts_with("Your reply could not be used: "));
    }
}

#[tokio::test]
async fn the_builtin_engine_judges_under_its_own_name() {
    let failures: [fn() -> Step; 4] = [
        || Step::Fail(Kind::Unavailable { retry_after: None }),
        || Step::Say("no".to_owned()),
        || Step::Cut(even(9.0, QUOTE).to_string()),
        || Step::Hang,
    ];
    for (index, failure) in failures.into_iter().enumerate() {
        let model = Scripted::new(move |_, _| failure());
        let judge = LlmJudge::new(model.clone()).with_deadline(Duration::from_millis(20));
        let judgement = judge.judge(subject(ANSWER), &rubric()).await.judgement;
        assert_eq!(judgement, builtin().await, "{index}");
        assert_eq!(judgement.engine.kind, EngineKind::Builtin);
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds_for_all_calls_together() {
    let mut first = even(8.0, QUOTE);
    first["criteria"][0]["quotes"] = json!([]);
    let model =
        Scripted::new(move |_, number| if number == 0 { Step::Say(first.to_string()) } else { Step::Hang });
    let began = tokio::time::Instant::now();
    let judge = LlmJudge::new(model).with_deadline(Duration::from_secs(30));
    let judgement = judge.judge(subject(ANSWER), &rubric()).await.judgement;
    assert_eq!(began.elapsed(), Duration::from_secs(30));
    assert_eq!((judgement.engine.kind, judgement.overall.score), (EngineKind::Llm, Some(8.0)));
}

#[tokio::test]
async fn a_context_that_is_too_small_is_not_tried() {
    let model = Scripted::with_context(Some(2048), |_, _| Step::Say(even(9.0, QUOTE).to_string()));
    assert_eq!(judged(&model).await, builtin().await);
    assert!(model.requests().is_empty());
}

#[tokio::test]
async fn what_cannot_be_judged_is_not_sent() {
    let model = saying(&[even(10.0, QUOTE)]);
    for answer in [
        "",
        "  \n",
        "fine",
        "👍",
        "I don't know.",
        crate::scripted::QUESTION,
        "Ich habe in meinem letzten Projekt die Anforderungen mit dem Team besprochen und danach eine Lösung gebaut.",
    ] {
        let judgement = LlmJudge::new(model.clone()).judge(subject(answer), &rubric()).await.judgement;
        assert_eq!(judgement, BuiltinJudge.judge(subject(answer), &rubric()).await.judgement, "{answer:?}");
        assert_eq!(judgement.overall.score, None);
    }
    assert!(model.requests().is_empty());
}

#[tokio::test]
async fn key_points_are_covered_by_words_only() {
    let builtin = builtin().await;
    assert_eq!(builtin.key_points.iter().map(|point| point.covered).collect::<Vec<_>>(), [true, false]);
    let race = "what happens with two at once";
    for (points, expected) in [
        (json!([{"number": 2, "covered": true, "quote": race}]), [true, true]),
        (json!([{"number": 2, "covered": true, "quote": "a unique constraint"}]), [true, false]),
        (json!([{"number": 2, "covered": true, "quote": null}]), [true, false]),
        (json!([{"number": 2, "covered": false, "quote": race}]), [true, false]),
        (
            json!([{"number": 1, "covered": false, "quote": null}, {"number": 7, "covered": true, "quote": race}]),
            [true, false],
        ),
    ] {
        let mut said = even(6.0, QUOTE);
        said["key_points"] = points.clone();
        let judgement = judged(&saying(&[said])).await;
        let covered: Vec<bool> = judgement.key_points.iter().map(|point| point.covered).collect();
        assert_eq!(covered, expected, "{points}");
        assert_eq!(judgement.key_points[0], builtin.key_points[0]);
    }
}

#[tokio::test]
async fn sentences_of_the_model_are_plain() {
    let mut said = even(6.0, QUOTE);
    said["criteria"][0]["reasoning"] =
        json!("You say “I lead forty engineers” and “the same key arrives again”.");
    said["strengths"] = json!([
        "See https://evil.example",
        "**You** say “I lead forty engineers”.",
        "x ".repeat(400),
        "<b>Plain</b> words.",
        "a",
        "b",
        "c",
        "d",
        ""
    ]);
    said["areas_for_improvement"] = json!(["Name\n\nthe \u{202e}race."]);
    let judgement = judged(&saying(&[said])).await;
    assert_eq!(judgement.criteria[0].reason(), "You say […] and “the same key arrives again”.");
    assert_eq!(judgement.strengths[1..], ["Plain words.", "a", "b", "c"]);
    assert!(judgement.strengths[0].chars().count() <= 300 && judgement.strengths[0].ends_with('…'));
    assert_eq!(judgement.areas_for_improvement, ["Name the race."]);
}

#[tokio::test]
async fn the_schema_is_strict() {
    fn check(schema: &Value) {
        if schema["type"] == "object" {
            assert_eq!(schema["additionalProperties"], false);
            let mut required: Vec<&str> =
                schema["required"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
            let mut properties: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
            required.sort_unstable();
            properties.sort_unstable();
            assert_eq!(properties, required);
            schema["properties"].as_object().unwrap().values().for_each(check);
        } else if schema["type"] == "array" {
            check(&schema["items"]);
        }
    }
    let model = saying(&[even(6.0, QUOTE)]);
    judged(&model).await;
    let Format::Json { schema, .. } = &model.requests()[0].format else { panic!("a schema is asked for") };
    check(schema);
}
