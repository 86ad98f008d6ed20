//! Which key points an answer covers, and with which words.

use crate::evidence;
use crate::features::covered_share;
use crate::text::{Sentence, Text};
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::KeyPointResult;
use std::collections::HashSet;

/// Share of a key point's words from which it counts as covered.
const COVERED_FROM: f64 = 0.38;

/// A key point with how far it is covered.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Covered or not, with the quote.
    pub result: KeyPointResult,
    /// 0..=1, graded.
    pub degree: f64,
    /// 1..=3.
    pub weight: u32,
    /// What a good answer says, for example.
    pub says: String,
}

/// How far each key point is covered, in order.
pub fn coverage(answer: &Text<'_>, question: &Text<'_>, points: &[KeyPoint]) -> Vec<Coverage> {
    let asked = question.content_set();
    points.iter().map(|point| one(answer, &asked, point)).collect()
}

/// Weighted share of the key points that are covered, 0..=1; `None` without key points.
pub fn total(points: &[Coverage]) -> Option<f64> {
    let all: u32 = points.iter().map(|point| point.weight).sum();
    let met: f64 = points.iter().map(|point| point.degree * f64::from(point.weight)).sum();
    (all > 0).then(|| met / f64::from(all))
}

fn one(answer: &Text<'_>, asked: &HashSet<&str>, point: &KeyPoint) -> Coverage {
    let says = Text::new(&point.says);
    let best = best_passage(answer, &says, asked);
    let share = best.as_ref().map_or(0.0, |(share, _)| *share);
    let quote = best.filter(|(share, _)| *share >= COVERED_FROM).map(|(_, at)| evidence::quote(answer, at));
    let degree = ((share - 0.12) / 0.48).clamp(0.0, 1.0);
    let result = KeyPointResult { text: point.point.clone(), covered: quote.is_some(), quote };
    Coverage { result, degree, weight: point.weight, says: point.says.clone() }
}

/// The sentence, or two neighbouring ones, that has most of the target's words.
fn best_passage(
    answer: &Text<'_>,
    target: &Text<'_>,
    asked: &HashSet<&str>,
) -> Option<(f64, std::ops::Range<usize>)> {
    let share = |sentences: &[Sentence]| {
        let words = sentences.iter().flat_map(|sentence| answer.words_of(sentence));
        let have: HashSet<&str> = words.filter(|word| !word.stop).map(|word| word.stem.as_str()).collect();
        covered_share(&have, target, asked)
    };
    let mut best: Option<(f64, std::ops::Range<usize>)> = None;
    for (index, sentence) in answer.sentences.iter().enumerate() {
        let alone = share(std::slice::from_ref(sentence));
        let pair = answer.sentences.get(index..index + 2).map(|two| (share(two), two));
        // Two sentences must add something to be quoted together.
        let (value, at) = match pair {
            Some((both, two)) if both > alone + 0.1 => (both, two[0].at.start..two[1].at.end),
            _ => (alone, sentence.at.clone()),
        };
        if value > 0.0 && best.as_ref().is_none_or(|(known, _)| value > *known) {
            best = Some((value, at));
        }
    }
    best
}
