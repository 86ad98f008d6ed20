//! Words that the answer shares with what a full answer says.
//!
//! Words of the question count little on both sides: giving the question back must not look like an
//! answer (question demoting; Sultan, Salazar, Sumner, NAACL 2016).

use crate::text::Text;
use rustc_hash::FxHashSet as HashSet;

/// Weight of a word that the question already says.
const DEMOTED: f64 = 0.2;
/// What a word counts that shares only its beginning ("encrypt", "encryption").
const SAME_BEGINNING: f64 = 0.7;
/// Letters that make a beginning.
const BEGINNING: usize = 5;

/// Shares of words, 0..=1 each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Share of the target's words that the answer has; words of the question count little.
    pub recall: f64,
    /// Share of the answer's words that target or question have.
    pub precision: f64,
    /// Share of the target's pairs of neighbouring words that the answer has.
    pub pairs: f64,
    /// Share of the answer's words that the question has.
    pub echo: f64,
    /// Words of meaning in the answer over those in the target, at most 1.
    pub length: f64,
}

/// The overlap of `answer` with `target`.
pub fn overlap(answer: &Text<'_>, target: &Text<'_>, question: &Text<'_>) -> Overlap {
    let (have, asked) = (answer.content_set(), question.content_set());
    let wanted = target.content_set();
    let own = |known: &HashSet<&str>| {
        if have.is_empty() {
            0.0
        } else {
            have.iter().filter(|stem| known.contains(*stem)).count() as f64 / have.len() as f64
        }
    };
    let known: HashSet<&str> = wanted.union(&asked).copied().collect();
    Overlap {
        recall: covered_share(&have, target, &asked),
        precision: own(&known),
        pairs: pairs(answer, target),
        echo: own(&asked),
        length: (have.len() as f64 / wanted.len().max(1) as f64).min(1.0),
    }
}

/// Weighted share of the target's words of meaning that are among `have`.
pub fn covered_share(have: &HashSet<&str>, target: &Text<'_>, asked: &HashSet<&str>) -> f64 {
    let beginnings: HashSet<&str> = have.iter().filter_map(|stem| beginning(stem)).collect();
    let (mut met, mut all) = (0.0, 0.0);
    // In the order of the text: a sum in another order differs in its last digit, and then in what is quoted.
    let mut seen = HashSet::default();
    for stem in target.content().filter(|stem| seen.insert(*stem)) {
        let weight = if asked.contains(stem) { DEMOTED } else { 1.0 };
        all += weight;
        if have.contains(stem) {
            met += weight;
        } else if beginning(stem).is_some_and(|begin| beginnings.contains(begin)) {
            met += weight * SAME_BEGINNING;
        }
    }
    if all > 0.0 { met / all } else { 0.0 }
}

fn beginning(stem: &str) -> Option<&str> {
    stem.char_indices().nth(BEGINNING - 1).map(|(at, c)| &stem[..at + c.len_utf8()])
}

fn pairs(answer: &Text<'_>, target: &Text<'_>) -> f64 {
    let of = |text: &Text<'_>| -> HashSet<(String, String)> {
        let stems: Vec<&str> = text.content().collect();
        stems.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
    };
    let wanted = of(target);
    if wanted.is_empty() {
        return 0.0;
    }
    wanted.intersection(&of(answer)).count() as f64 / wanted.len() as f64
}
