//! The judgement of one answer by a rubric.

use crate::Item;
use crate::assess;
use crate::compare::{Said, Terms};
use crate::criteria::{self, Measured};
use crate::features::{manner, story};
use crate::mark::mark;
use crate::substance::substance;
use crate::text::{Forms, Text};
use crate::wanted::Wanted;
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Judgement, KeyPointResult, NotAssessed, Outcome,
};
use greenroom_domain::rubric::{Rubric, overall};

/// How this engine is named on judgements and reports.
pub fn engine() -> Engine {
    Engine {
        kind: EngineKind::Builtin,
        name: "greenroom-builtin".into(),
        version: env!("CARGO_PKG_VERSION").into(),
    }
}

/// Judges `item` by `rubric`. A criterion that this engine cannot measure is "not assessed".
pub fn judge(item: &Item<'_>, rubric: &Rubric) -> Judgement {
    let mut forms = Forms::default();
    let wanted = Wanted::of(item, &mut forms);
    let english = wanted.english;
    let answer = Terms::new(Text::with(item.answer, item.language, &mut forms), english);
    if let Some((cause, reason)) = assess::refusal(&answer, &wanted, item.language) {
        return refused(item, rubric, cause, &reason);
    }
    let said = Said::new(&wanted.question, &answer);
    let mark = mark(&wanted, &said);
    let points = mark.points;
    let told = Text::with(substance(&said, wanted.whole()), item.language, &mut forms);
    let measured = Measured {
        manner: manner(&answer.text),
        told: manner(&told),
        story: story(&told),
        kind: item.kind,
        coverage: mark.estimate.map(|estimate| estimate.share),
        // How far marks agree with people was measured in English.
        range: mark.estimate.filter(|_| !english).map(|estimate| estimate.range),
        points: &points,
        answer: &answer,
        question: &wanted.question.terms,
        target: wanted.whole(),
    };
    let criteria: Vec<CriterionResult> = rubric
        .criteria
        .iter()
        .map(|criterion| CriterionResult {
            key: criterion.key.as_str().into(),
            weight: criterion.weight,
            outcome: criteria::outcome(&criterion.key, &measured),
        })
        .collect();
    let (strengths, areas_for_improvement) = criteria::in_words(&criteria, rubric, &points);
    Judgement {
        engine: engine(),
        rubric: rubric.reference(),
        overall: overall(&criteria),
        criteria,
        key_points: points.into_iter().map(|point| point.result).collect(),
        strengths,
        areas_for_improvement,
    }
}

fn refused(item: &Item<'_>, rubric: &Rubric, cause: NotAssessed, reason: &str) -> Judgement {
    let criteria: Vec<CriterionResult> = rubric
        .criteria
        .iter()
        .map(|criterion| CriterionResult {
            key: criterion.key.as_str().into(),
            weight: criterion.weight,
            outcome: Outcome::NotAssessed { cause, reason: reason.into() },
        })
        .collect();
    let points = item.key_points.iter();
    Judgement {
        engine: engine(),
        rubric: rubric.reference(),
        overall: overall(&criteria),
        criteria,
        key_points: points
            .map(|point| KeyPointResult { text: point.point.clone(), covered: false, quote: None })
            .collect(),
        strengths: Vec::new(),
        areas_for_improvement: vec![reason.to_owned()],
    }
}
