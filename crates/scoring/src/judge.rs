//! The judgement of one answer by a rubric.

use crate::assess;
use crate::compare::{Said, Terms};
use crate::criteria::{self, Measured};
use crate::features::{manner, overlap, story};
use crate::mark::mark;
use crate::substance::substance;
use crate::text::Text;
use crate::{Item, knows_meaning};
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Judgement, KeyPointResult, NotAssessed, Outcome,
};
use greenroom_domain::rubric::{Rubric, overall};

/// How this engine is named on judgements and reports.
pub fn engine() -> Engine {
    Engine {
        kind: EngineKind::Builtin,
        name: "greenroom-builtin".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Judges `item` by `rubric`. A criterion that this engine cannot measure is "not assessed".
pub fn judge(item: &Item<'_>, rubric: &Rubric) -> Judgement {
    let text = |raw| Text::of(raw, item.language);
    let (answer, question) = (text(item.answer), text(item.question));
    let target = target_text(item);
    let target = target.as_deref().map(text);
    let overlap = target.as_ref().map(|target| overlap(&answer, target, &question));
    let echo = echo(&answer, &question);
    if let Some((cause, reason)) = assess::refusal(item, &answer, overlap.as_ref(), echo) {
        return refused(item, rubric, cause, &reason);
    }
    let english = knows_meaning(item.language);
    let (asked, given) = (Terms::new(&question, english), Terms::new(&answer, english));
    let wanted = target.as_ref().map(|target| Terms::new(target, english));
    let said = Said::new(&asked, &given);
    let mark = mark(item, &said, wanted.as_ref());
    let points = mark.points;
    let told = substance(&said, wanted.as_ref());
    let told = Text::of(&told, item.language);
    let measured = Measured {
        manner: manner(&answer),
        told: manner(&told),
        story: story(&told),
        kind: item.kind,
        coverage: mark.estimate.map(|estimate| estimate.share),
        // How far marks agree with people was measured in English.
        range: mark.estimate.filter(|_| !english).map(|estimate| estimate.range),
        points: &points,
        answer: &answer,
        question: &question,
        target: target.as_ref(),
    };
    let criteria: Vec<CriterionResult> = rubric
        .criteria
        .iter()
        .map(|criterion| CriterionResult {
            key: criterion.key.clone(),
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

/// What a full answer says, as one text: the reference, else the key points.
pub(crate) fn target_text(item: &Item<'_>) -> Option<String> {
    let reference = item.reference.map(str::trim).filter(|text| !text.is_empty());
    reference.map(str::to_owned).or_else(|| {
        let says: Vec<&str> = item.key_points.iter().map(|point| point.says.as_str()).collect();
        (!says.is_empty()).then(|| says.join(" "))
    })
}

/// Share of the answer's words of meaning that the question has.
pub(crate) fn echo(answer: &Text<'_>, question: &Text<'_>) -> f64 {
    let (have, asked) = (answer.content_set(), question.content_set());
    if have.is_empty() { 0.0 } else { have.intersection(&asked).count() as f64 / have.len() as f64 }
}

fn refused(item: &Item<'_>, rubric: &Rubric, cause: NotAssessed, reason: &str) -> Judgement {
    let criteria: Vec<CriterionResult> = rubric
        .criteria
        .iter()
        .map(|criterion| CriterionResult {
            key: criterion.key.clone(),
            weight: criterion.weight,
            outcome: Outcome::NotAssessed { cause, reason: reason.to_owned() },
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
