//! Words that the answer shares with what a full answer says.
//!
//! Words of the question count little on both sides: giving the question back must not look like an
//! answer (question demoting; Sultan, Salazar, Sumner, NAACL 2016).

use crate::compare::{Term, Terms};
use rustc_hash::FxHashSet as HashSet;

/// Weight of a word that the question already says.
const DEMOTED: f64 = 0.2;
/// What a word counts that shares only its beginning ("encrypt", "encryption").
const SAME_BEGINNING: f64 = 0.7;

/// Shares of words, 0..=1 each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Share of the target's words that the answer has; words of the question count little.
    pub recall: f64,
    /// Share of the answer's words that target or question have.
    pub precision: f64,
    /// Share of the answer's words that the question has.
    pub echo: f64,
}

/// The overlap of `answer` with `target`.
pub fn overlap(answer: &Terms<'_>, target: &Terms<'_>, question: &Terms<'_>) -> Overlap {
    let known = |key: &u64| target.keys.contains(key) || question.keys.contains(key);
    Overlap {
        recall: covered_share(&answer.list, target, &question.keys),
        precision: share(answer, known),
        echo: echo(answer, question),
    }
}

/// Share of the answer's words of meaning that the question has.
pub fn echo(answer: &Terms<'_>, question: &Terms<'_>) -> f64 {
    share(answer, |key| question.keys.contains(key))
}

fn share(answer: &Terms<'_>, known: impl Fn(&u64) -> bool) -> f64 {
    answer.keys.iter().filter(|key| known(key)).count() as f64 / answer.keys.len().max(1) as f64
}

/// Weighted share of the target's words of meaning that are among `have`.
pub fn covered_share(have: &[Term], target: &Terms<'_>, asked: &HashSet<u64>) -> f64 {
    let keys: HashSet<u64> = have.iter().map(|term| term.form.key).collect();
    let beginnings: HashSet<u64> = have.iter().filter_map(|term| term.form.beginning).collect();
    let (mut met, mut all) = (0.0, 0.0);
    // In the order of the text: a sum in another order differs in its last digit, and then in what is quoted.
    let mut seen = HashSet::default();
    for term in target.list.iter().filter(|term| seen.insert(term.form.key)) {
        let weight = if asked.contains(&term.form.key) { DEMOTED } else { 1.0 };
        all += weight;
        if keys.contains(&term.form.key) {
            met += weight;
        } else if term.form.beginning.is_some_and(|begin| beginnings.contains(&begin)) {
            met += weight * SAME_BEGINNING;
        }
    }
    if all > 0.0 { met / all } else { 0.0 }
}
