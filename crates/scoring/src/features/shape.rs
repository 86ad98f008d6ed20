//! Lengths, figures, and what kind of question it is: how much can be said, and how much was.

use super::log;
use crate::compare::View;
use crate::text::{LISTS, Word};
use rustc_hash::FxHashSet as HashSet;

pub const NAMES: [&str; 14] = [
    "answer_words",
    "answer_new",
    "target_words",
    "target_new",
    "target_new_share",
    "question_words",
    "length_ratio",
    "small_words",
    "figures_met",
    "figures_strange",
    "asks_why",
    "asks_how",
    "asks_which",
    "asks_what",
];

/// An answer that is longer than the target by more says no more by it.
const LONGEST_RATIO: f64 = 3.0;
/// Strange figures above tell no more.
const MOST: usize = 4;

pub fn measure(view: &View<'_>) -> [f64; 14] {
    let pair = view.pair;
    let (target, question) = (&pair.target.text.words, &pair.said.question.text.words);
    let answer = &pair.said.answer.text.words[view.words.clone()];
    let new = view.terms().filter(|(_, asked)| !asked).count();
    let target_new = pair.target_asked.iter().filter(|asked| !**asked).count();
    let length = pair.target.list.len().max(1) as f64;
    let (said, wanted, given) = (figures(answer), figures(target), figures(question));
    let wanted_new: Vec<&&str> = wanted.difference(&given).collect();
    let met = wanted_new.iter().filter(|figure| said.contains(**figure)).count();
    let strange = said.iter().filter(|figure| !wanted.contains(*figure) && !given.contains(*figure)).count();
    let asks =
        |words: &[String]| f64::from(u8::from(question.iter().any(|word| words.contains(&word.lower))));
    [
        log(view.terms.len()),
        log(new),
        log(target.len()),
        log(target_new),
        target_new as f64 / length,
        log(question.len()),
        (view.terms.len() as f64 / length).min(LONGEST_RATIO),
        answer.iter().filter(|word| word.stop && !word.filler).count() as f64 / answer.len().max(1) as f64,
        if wanted_new.is_empty() { 0.5 } else { met as f64 / wanted_new.len() as f64 },
        strange.min(MOST) as f64,
        asks(&LISTS.asks_why),
        asks(&LISTS.asks_how),
        asks(&LISTS.asks_which),
        asks(&LISTS.asks_what),
    ]
}

/// Numbers, and single letters as they name options and variables.
fn figures(words: &[Word]) -> HashSet<&str> {
    let is_figure = |word: &&Word| {
        word.stem.chars().any(char::is_numeric) || !word.stop && word.lower.chars().nth(1).is_none()
    };
    words.iter().filter(is_figure).map(|word| word.stem.as_str()).collect()
}
