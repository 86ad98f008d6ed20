//! What the model is asked: the versioned templates of `prompts/judge/v1`, filled in.

use super::kept::Veil;
use crate::judge::Subject;
use crate::model_text::prepared::Prepared;
use crate::model_text::templates::{Templates, nonce};
use greenroom_domain::evaluation::KeyPointResult;
use greenroom_domain::rubric::Rubric;
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use std::sync::LazyLock;

/// Version of the templates; part of the engine's name on every judgement.
pub(super) const VERSION: &str = "judge-v1";

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("system", include_str!("../../../../prompts/judge/v1/system.j2")),
        ("user", include_str!("../../../../prompts/judge/v1/user.j2")),
        ("again", include_str!("../../../../prompts/judge/v1/again.j2")),
    ])
});

#[derive(Serialize)]
struct Point {
    point: String,
    says: String,
    weight: u32,
    found: bool,
}

/// The instructions for a rubric: the same bytes for every answer judged by it, so that vendors can cache them.
pub(super) fn system(rubric: &Rubric) -> String {
    TEMPLATES.render("system", context! { rubric => Serde(rubric) })
}

/// The message with the answer; `None` when there is no question left to judge it by.
pub(super) fn user(
    subject: &Subject<'_>,
    veil: Veil<'_>,
    answer: &Prepared<'_>,
    found: &[KeyPointResult],
) -> Option<String> {
    let clean = |text: &str| veil.beside(text);
    let question = clean(subject.question);
    if question.is_empty() {
        return None;
    }
    let reference = subject.reference.map(clean).filter(|text| !text.is_empty());
    let points: Vec<Point> = subject
        .key_points
        .iter()
        .zip(found)
        .map(|(point, found)| Point {
            point: clean(&point.point),
            says: clean(&point.says),
            weight: point.weight,
            found: found.covered,
        })
        .collect();
    let nonce = {
        let shown = points.iter().flat_map(|point| [point.point.as_str(), point.says.as_str()]);
        let shown = shown.chain([question.as_str(), reference.as_deref().unwrap_or_default(), answer.sent()]);
        nonce(&shown.collect::<Vec<_>>())
    };
    Some(TEMPLATES.render(
        "user",
        context! { nonce, question, key_points => Serde(points), reference, answer => answer.sent() },
    ))
}

/// Asks once more for criteria that nothing supports.
pub(super) fn again(criteria: &[&str]) -> String {
    TEMPLATES.render("again", context! { criteria => Serde(criteria), problem => "" })
}

/// Asks once more for a reply that could not be used.
pub(super) fn repair(problem: &str) -> String {
    TEMPLATES.render("again", context! { criteria => Serde(Vec::<&str>::new()), problem })
}
