//! What is handed on about the calls of a judgement.

use crate::scripted::{ANSWER, Scripted, Step, even, rubric, subject};
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::model_call::{ModelAttempt, ModelCall, ModelPurpose, TokenUsage};
use greenroom_llm::{Cached, Circuits, Fallback, FallbackOptions, Kind, LanguageModel};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Candidate, Judge, LlmJudge};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const QUOTE: &str = "I do not charge a second time";

fn outcomes(call: &ModelCall) -> Vec<&str> {
    call.attempts.iter().map(|attempt| attempt.outcome.as_str()).collect()
}

#[tokio::test]
async fn every_call_is_handed_on_with_what_it_took() {
    let mut unsupported = even(8.0, QUOTE);
    unsupported["criteria"][0]["quotes"] = json!([]);
    let model = Scripted::new(move |_, number| match number {
        0 => Step::Say("no".to_owned()),
        1 => Step::Say(unsupported.to_string()),
        _ => Step::Fail(Kind::Refused),
    });
    let judged = LlmJudge::new(model).judge(subject(ANSWER), &rubric()).await;
    assert_eq!(judged.judgement.engine.kind, EngineKind::Llm);
    let tried = |outcome: &str| ModelAttempt {
        provider: "scripted".to_owned(),
        model: "part-1".to_owned(),
        outcome: outcome.to_owned(),
        started_ms: 0,
        took_ms: 0,
    };
    let answered = ModelCall {
        purpose: ModelPurpose::Judge,
        prompt: "judge-v1".to_owned(),
        attempts: vec![tried("answered")],
        model: Some("scripted/part-1".to_owned()),
        usage: TokenUsage { input: 900, cached: 800, output: 70 },
        micros: Some(12),
    };
    let refused = ModelCall {
        attempts: vec![tried("refused")],
        model: None,
        usage: TokenUsage::default(),
        micros: None,
        ..answered.clone()
    };
    let mut calls = judged.calls;
    calls.iter_mut().flat_map(|call| &mut call.attempts).for_each(|attempt| attempt.took_ms = 0);
    assert_eq!(calls, [answered.clone(), answered, refused]);
}

#[tokio::test(start_paused = true)]
async fn the_attempts_of_a_line_are_handed_on() {
    let busy = Scripted::new(|_, _| Step::Fail(Kind::Unavailable { retry_after: None }));
    let sound = Scripted::new(|_, _| Step::Say(even(6.0, QUOTE).to_string()));
    let models: Vec<Arc<dyn LanguageModel>> = vec![busy, sound];
    let random = StdRng::seed_from_u64(1);
    let line = Fallback::new(models, FallbackOptions::default(), &Circuits::default(), random).unwrap();
    let judge = LlmJudge::new(Arc::new(Cached::new(Arc::new(line))));
    let first = judge.judge(subject(ANSWER), &rubric()).await;
    assert_eq!(outcomes(&first.calls[0]), ["unavailable", "unavailable", "unavailable", "answered"]);
    assert!(first.calls[0].attempts.is_sorted_by_key(|attempt| attempt.started_ms));
    let again = judge.judge(subject(ANSWER), &rubric()).await;
    assert_eq!(again.judgement, first.judgement);
    assert_eq!((outcomes(&again.calls[0]), again.calls[0].micros), (vec!["cached"], Some(0)));
}

#[tokio::test(start_paused = true)]
async fn calls_without_a_reply_are_handed_on_with_the_builtin_judgement() {
    let hanging = LlmJudge::new(Scripted::new(|_, _| Step::Hang)).with_deadline(Duration::from_secs(30));
    let judged = hanging.judge(subject(ANSWER), &rubric()).await;
    assert_eq!(judged.judgement.engine.kind, EngineKind::Builtin);
    assert_eq!((outcomes(&judged.calls[0]), judged.calls[0].model.as_deref()), (vec!["timed_out"], None));
    assert_eq!(judged.calls[0].attempts[0].took_ms, 30_000);
    let sampled = LlmJudge::new(Scripted::new(|_, _| Step::Fail(Kind::Refused))).with_samples(3);
    assert_eq!(sampled.judge(subject(ANSWER), &rubric()).await.calls.len(), 3);
}

#[tokio::test]
async fn nothing_is_handed_on_when_nobody_was_asked() {
    let model = Scripted::new(|_, _| Step::Say(even(6.0, QUOTE).to_string()));
    assert!(LlmJudge::new(model).judge(subject("fine"), &rubric()).await.calls.is_empty());
    assert!(BuiltinJudge.judge(subject(ANSWER), &rubric()).await.calls.is_empty());
}

#[tokio::test]
async fn the_interview_pays() {
    let mut unsupported = even(8.0, QUOTE);
    unsupported["criteria"][0]["quotes"] = json!([]);
    let model = Scripted::new(move |_, _| Step::Say(unsupported.to_string()));
    let judge = LlmJudge::new(model.clone());
    let candidate = Candidate { account: Some("interview-7"), ..Candidate::default() };
    judge.judge_unnamed(subject(ANSWER), candidate, &rubric()).await;
    judge.judge(subject(ANSWER), &rubric()).await;
    let accounts: Vec<_> = model.requests().into_iter().map(|request| request.account).collect();
    assert_eq!(accounts, [Some("interview-7".into()), Some("interview-7".into()), None, None]);
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_begun_again() {
    let model = Scripted::new(|_, number| match number {
        0 | 1 => Step::Fail(Kind::BrokenStream),
        _ => Step::Say(even(7.0, QUOTE).to_string()),
    });
    let judged = LlmJudge::new(model.clone()).judge(subject(ANSWER), &rubric()).await;
    assert_eq!(judged.judgement.engine.kind, EngineKind::Llm);
    let outcomes: Vec<&str> = judged.calls.iter().map(|call| call.attempts[0].outcome.as_str()).collect();
    assert_eq!(outcomes, ["broken_stream", "broken_stream", "answered"]);

    let broken = Scripted::new(|_, _| Step::Fail(Kind::BrokenStream));
    let judged = LlmJudge::new(broken.clone()).judge(subject(ANSWER), &rubric()).await;
    assert_eq!(judged.judgement.engine.kind, EngineKind::Builtin);
    assert_eq!(broken.requests().len(), 3);
}
