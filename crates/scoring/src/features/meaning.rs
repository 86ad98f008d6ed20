//! What answer and target share in meaning, by the table of meanings: zero where it does not know the language.

use super::{log, mean};
use crate::compare::{Term, View};
use crate::embedding::Vector;

pub const NAMES: [&str; 14] = [
    "soft_new",
    "soft_all",
    "soft_demoted",
    "soft_precision_new",
    "soft_precision",
    "missed",
    "strange",
    "strange_count",
    "rarest",
    "cos",
    "cos_question",
    "cos_new",
    "cos_new_question",
    "cos_new_target",
];

/// Likeness under which a word of the target is missed, and one of the answer strange.
const MISSED: f32 = 0.4;
const STRANGE: f32 = 0.3;
/// What a word of the question counts.
const DEMOTED: f32 = 0.3;

pub fn measure(view: &View<'_>) -> [f64; 14] {
    let pair = view.pair;
    let wanted = || view.wanted().zip(view.meant.iter().copied());
    let said = || view.terms().zip(view.near.iter().copied());
    let missed = wanted().filter(|((_, asked), like)| !*asked && *like < MISSED).count();
    let strange = said().filter(|((_, asked), like)| !asked && *like < STRANGE).count();
    let rarest = wanted().filter(|((_, asked), _)| !*asked);
    let rarest = rarest.max_by(|((a, _), _), ((b, _), _)| a.weight.total_cmp(&b.weight));
    let answer = Term::sum(said().map(|((term, _), _)| term));
    let new = Term::sum(said().filter(|((_, asked), _)| !asked).map(|((term, _), _)| term));
    let (target, target_new) = (pair.target.terms.about(), pair.target.about_new());
    let question = pair.said.question.terms.about();
    [
        mean(wanted().filter(|((_, asked), _)| !*asked).map(|((term, _), like)| (like, term.weight))),
        mean(wanted().map(|((term, _), like)| (like, term.weight))),
        mean(wanted().map(|((term, asked), like)| (like, term.weight * if asked { DEMOTED } else { 1.0 }))),
        mean(said().filter(|((_, asked), _)| !asked).map(|((term, _), like)| (like, term.weight))),
        mean(said().map(|((term, _), like)| (like, term.weight))),
        missed as f64 / pair.target.terms.list.len().max(1) as f64,
        strange as f64 / view.terms.len().max(1) as f64,
        log(strange),
        rarest.map_or(0.5, |(_, like)| f64::from(like)),
        cosine(&answer, target),
        cosine(&answer, question),
        cosine(&new, target_new),
        cosine(&new, question),
        cosine(&new, target),
    ]
}

fn cosine(one: &Vector, other: &Vector) -> f64 {
    f64::from(one.cosine(other))
}
