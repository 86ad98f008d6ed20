//! Lengths, figures, and what kind of question it is: how much can be said, and how much was.

use super::log;
use crate::compare::{Pair, View};
use crate::text::{LISTS, Word};

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

/// What kind of question it is: why, how, which, what.
#[derive(Clone, Copy, Debug)]
pub struct Asks([f64; 4]);

impl Asks {
    pub fn of(question: &[Word]) -> Self {
        let asks = |words: &[String]| question.iter().any(|word| words.contains(&word.lower));
        let all = [&LISTS.asks_why, &LISTS.asks_how, &LISTS.asks_which, &LISTS.asks_what];
        Self(all.map(|words| f64::from(u8::from(asks(words)))))
    }
}

pub fn measure(view: &View<'_>) -> [f64; 14] {
    let Pair { said, target, .. } = view.pair;
    let answer = &said.answer.text.words[view.words.clone()];
    let new = view.terms().filter(|(_, asked)| !asked).count();
    let target_new = target.asked.iter().filter(|asked| !**asked).count();
    let length = target.terms.list.len().max(1) as f64;
    let said_words = answer.iter().filter(|word| !word.filler);
    let (spoken, small) = said_words
        .fold((0_usize, 0_usize), |(spoken, small), word| (spoken + 1, small + usize::from(word.stop)));
    let named = figures(answer);
    let (wanted_new, given) = (&target.figures_new, &said.question.figures);
    let met = wanted_new.iter().filter(|figure| named.contains(*figure)).count();
    let strange =
        named.iter().filter(|figure| !target.figures.contains(*figure) && !given.contains(*figure)).count();
    let Asks([why, how, which, what]) = said.question.asks;
    [
        log(view.terms.len()),
        log(new),
        log(target.terms.text.words.len()),
        log(target_new),
        target_new as f64 / length,
        log(said.question.terms.text.words.len()),
        (view.terms.len() as f64 / length).min(LONGEST_RATIO),
        small as f64 / spoken.max(1) as f64,
        if wanted_new.is_empty() { 0.5 } else { met as f64 / wanted_new.len() as f64 },
        strange.min(MOST) as f64,
        why,
        how,
        which,
        what,
    ]
}

/// Numbers, and single letters as they name options and variables, by their stems, each once.
pub fn figures(words: &[Word]) -> Vec<u64> {
    let is_figure = |word: &&Word| word.numeric || !word.stop && word.single;
    let mut keys: Vec<u64> = words.iter().filter(is_figure).map(|word| word.key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
