//! What the model is asked: the versioned templates of `prompts/judge/v1`, filled in.

use super::prepared::{Prepared, beside};
use crate::judge::Subject;
use greenroom_domain::evaluation::KeyPointResult;
use greenroom_domain::rubric::Rubric;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Version of the templates; part of the engine's name on every judgement.
pub(super) const VERSION: &str = "judge-v1";

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(lines.expect("the marks of blocks are the usual ones"));
    for (name, source) in [
        ("system", include_str!("../../../../prompts/judge/v1/system.j2")),
        ("user", include_str!("../../../../prompts/judge/v1/user.j2")),
        ("again", include_str!("../../../../prompts/judge/v1/again.j2")),
    ] {
        templates.add_template(name, source).expect("the shipped templates are valid; a test renders them");
    }
    templates
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
    render("system", context! { rubric => Serde(rubric) })
}

/// The message with the answer; `None` when there is no question left to judge it by.
pub(super) fn user(
    subject: &Subject<'_>,
    names: &[&str],
    answer: &Prepared<'_>,
    found: &[KeyPointResult],
) -> Option<String> {
    let clean = |text: &str| beside(text, names, subject.language);
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
    Some(render(
        "user",
        context! { nonce, question, key_points => Serde(points), reference, answer => answer.sent() },
    ))
}

/// Asks once more for criteria that nothing supports.
pub(super) fn again(criteria: &[&str]) -> String {
    render("again", context! { criteria => Serde(criteria), problem => "" })
}

/// Asks once more for a reply that could not be used.
pub(super) fn repair(problem: &str) -> String {
    render("again", context! { criteria => Serde(Vec::<&str>::new()), problem })
}

/// A word that stands in none of `texts`. It is made of them, so that equal requests are equal to the byte; and
/// nobody can write it into a text, because that would change it.
fn nonce(texts: &[&str]) -> String {
    let mut number = 0_u32;
    loop {
        let mut hash = Sha256::new();
        hash.update(number.to_be_bytes());
        for text in texts {
            hash.update(text.len().to_be_bytes());
            hash.update(text.as_bytes());
        }
        let word: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        if texts.iter().all(|text| !text.contains(&word)) {
            return word;
        }
        number += 1;
    }
}

fn render(name: &str, values: minijinja::Value) -> String {
    let template = TEMPLATES.get_template(name).expect("the template was added above");
    template.render(values).expect("every value that the template names is given; a test renders it")
}
