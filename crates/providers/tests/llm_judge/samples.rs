//! Judging several times.

use crate::scripted::{ANSWER, Scripted, Step, assert_sound, even, rubric, subject};
use greenroom_domain::evaluation::{EngineKind, Outcome};
use greenroom_llm::{Cached, Kind};
use greenroom_providers::{Judge, LlmJudge};
use std::sync::Arc;

const QUOTE: &str = "I do not charge a second time";

fn range(outcome: &Outcome) -> Option<(f64, f64)> {
    match outcome {
        Outcome::Assessed { range, .. } => *range,
        Outcome::NotAssessed { .. } => None,
    }
}

#[tokio::test]
async fn the_median_counts_and_the_range_is_kept() {
    let model = Scripted::new(|_, number| Step::Say(even([9.0, 4.0, 6.0][number], QUOTE).to_string()));
    let judge = LlmJudge::new(model.clone()).with_samples(3);
    let judgement = judge.judge(subject(ANSWER), &rubric()).await.judgement;
    assert_sound(&judgement, ANSWER);
    assert_eq!(judgement.overall.score, Some(6.0));
    assert_eq!(range(&judgement.criteria[0].outcome), Some((4.0, 9.0)));
    assert!(model.requests().iter().all(|request| request.temperature == Some(0.4)));
}

#[tokio::test]
async fn samples_that_fail_are_left_out() {
    let model = Scripted::new(|_, number| match number {
        0 => Step::Fail(Kind::TimedOut),
        number => Step::Say(even(5.0 + number as f64, QUOTE).to_string()),
    });
    let judgement = LlmJudge::new(model).with_samples(3).judge(subject(ANSWER), &rubric()).await.judgement;
    assert_sound(&judgement, ANSWER);
    assert_eq!((judgement.engine.kind, judgement.overall.score), (EngineKind::Llm, Some(6.5)));
    assert_eq!(range(&judgement.criteria[0].outcome), Some((6.0, 7.0)));
}

#[tokio::test]
async fn one_sample_is_the_least_and_five_the_most() {
    for (wanted, asked) in [(0, 1), (1, 1), (5, 5), (200, 5)] {
        let model = Scripted::new(|_, _| Step::Say(even(6.0, QUOTE).to_string()));
        LlmJudge::new(model.clone()).with_samples(wanted).judge(subject(ANSWER), &rubric()).await;
        assert_eq!(model.requests().len(), asked);
    }
}

#[tokio::test]
async fn an_answer_judged_again_costs_nothing_unless_a_range_is_wanted() {
    for (samples, asked) in [(1, 1), (3, 6)] {
        let model = Scripted::new(|_, _| Step::Say(even(6.0, QUOTE).to_string()));
        let judge = LlmJudge::new(Arc::new(Cached::new(model.clone()))).with_samples(samples);
        let first = judge.judge(subject(ANSWER), &rubric()).await.judgement;
        assert_eq!(judge.judge(subject(ANSWER), &rubric()).await.judgement, first);
        assert_eq!(model.requests().len(), asked);
    }
}

#[tokio::test]
async fn a_bad_reply_from_memory_is_repaired_afresh() {
    let model = Scripted::new(|_, number| match number {
        3 => Step::Say(even(6.0, QUOTE).to_string()),
        _ => Step::Say("no".to_owned()),
    });
    let judge = LlmJudge::new(Arc::new(Cached::new(model.clone())));
    let mut kinds = Vec::new();
    for _ in 0..3 {
        kinds.push(judge.judge(subject(ANSWER), &rubric()).await.judgement.engine.kind);
    }
    assert_eq!(kinds, [EngineKind::Builtin, EngineKind::Builtin, EngineKind::Llm]);
    assert_eq!(model.requests().len(), 4, "one that is kept, and three repairs");
}
