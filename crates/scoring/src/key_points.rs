//! Which key points an answer covers, and with which words.

use crate::common::says_only_common_words;
use crate::compare::{Pair, Promise, Said};
use crate::contradiction::contradiction;
use crate::evidence;
use crate::features::measure;
use crate::model::estimate;
use crate::wanted::Point;
use greenroom_domain::evaluation::{KeyPointResult, Quote};
use std::ops::Range;

/// Share of full marks, for the passage that says a point best, from which the point is covered.
const COVERED_FROM: f64 = 0.5;
/// Shares between which a point is half said, as it were: nothing up to the first, all of it from the second on.
const NOTHING_UP_TO: f64 = 0.3;
const ALL_FROM: f64 = 0.75;

/// Passages that the model looks at for each point.
const LOOKED_AT: usize = 3;

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
    /// Words that say the opposite.
    pub contradiction: Option<Quote>,
}

/// How far each key point is covered, in order. `english` says whether the table of meanings knows the language.
///
/// Each point is looked for in the sentences, and in the pairs of neighbouring ones, that have most of its words or
/// words like them; the best counts. What is said beside it neither helps nor harms.
pub fn coverage(said: &Said<'_>, points: &[Point<'_>], english: bool) -> Vec<Coverage> {
    points.iter().map(|point| one(said, point, english)).collect()
}

/// Weighted share of the key points that are covered, 0..=1; `None` without key points.
pub fn total(points: &[Coverage]) -> Option<f64> {
    let all: u32 = points.iter().map(|point| point.weight).sum();
    let met: f64 = points.iter().map(|point| point.degree * f64::from(point.weight)).sum();
    (all > 0).then(|| met / f64::from(all))
}

fn one(said: &Said<'_>, point: &Point<'_>, english: bool) -> Coverage {
    let pair = Pair::new(said, &point.target);
    let best = best_passage(&pair, english);
    let share = best.as_ref().map_or(0.0, |(share, _)| *share);
    let quote = best.filter(|(share, _)| *share >= COVERED_FROM);
    let quote = quote.map(|(_, at)| evidence::quote(&said.answer.text, at));
    let degree = ((share - NOTHING_UP_TO) / (ALL_FROM - NOTHING_UP_TO)).clamp(0.0, 1.0);
    let written = &point.written;
    let result = KeyPointResult { text: written.point.clone(), covered: quote.is_some(), quote };
    Coverage {
        result,
        degree,
        weight: written.weight,
        says: written.says.as_str().to_owned(),
        contradiction: contradiction(&pair),
    }
}

/// The sentence, or two neighbouring ones, that says the target best, with its share of full marks.
fn best_passage(pair: &Pair<'_>, english: bool) -> Option<(f64, Range<usize>)> {
    let sentences = &pair.said.answer.text.sentences;
    let mut best: Option<(f64, Range<usize>)> = None;
    for (first, last) in promising(pair) {
        let view = pair.part(sentences[first].words.start..sentences[last].words.end);
        let whole = estimate(&measure(&view), english).share;
        let share = if english && says_only_common_words(&view) { whole.min(NOTHING_UP_TO) } else { whole };
        if best.as_ref().is_none_or(|(known, _)| share > *known) {
            best = Some((share, sentences[first].at.start..sentences[last].at.end));
        }
    }
    best
}

/// The passages that promise most: first and last sentence of each.
fn promising(pair: &Pair<'_>) -> impl Iterator<Item = (usize, usize)> {
    let sentences = &pair.said.answer.text.sentences;
    let promises: Vec<Promise> =
        sentences.iter().map(|sentence| pair.promise(sentence.words.clone())).collect();
    // Alone before together: of two passages that say as much the shorter one is quoted.
    let alone = promises.iter().enumerate().map(|(at, promise)| (promise.value(), at, at));
    let together = promises.windows(2).enumerate();
    let together = together.map(|(at, two)| (two[0].clone().with(&two[1]).value(), at, at + 1));
    let mut found: Vec<(f32, usize, usize)> =
        alone.chain(together).filter(|(promise, ..)| *promise > 0.0).collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    found.into_iter().take(LOOKED_AT).map(|(_, first, last)| (first, last))
}
