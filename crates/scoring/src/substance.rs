//! The sentences of an answer that say something: sentences that would fit any question make it longer, not better.

use crate::compare::{Said, Terms};
use crate::features::is_deed;
use crate::text::Sentence;

/// Likeness in meaning from which a word takes up one of the target.
const TAKES_UP: f32 = 0.6;
/// Rarity from which a word that is shared tells that a sentence is about the same ("people" does not).
const TELLING: f32 = 0.5;

/// The sentences of the answer that take up the question or what a full answer says, name a figure or tell of a deed.
pub fn substance(said: &Said<'_>, target: Option<&Terms<'_>>) -> String {
    let text = &said.answer.text;
    let says = |sentence: &&Sentence| {
        let words = text.words_of(sentence);
        words.iter().any(|word| word.lower.chars().any(char::is_numeric))
            || is_deed(text, sentence)
            || takes_up(said, sentence, target)
    };
    let kept = text.sentences.iter().filter(says);
    kept.map(|sentence| &text.raw[sentence.at.clone()]).collect::<Vec<_>>().join("\n")
}

fn takes_up(said: &Said<'_>, sentence: &Sentence, target: Option<&Terms<'_>>) -> bool {
    let words = said.answer.list.iter().zip(&said.asked);
    let mut telling = words.filter(|(term, _)| sentence.words.contains(&term.at) && term.weight >= TELLING);
    telling.any(|(term, asked)| {
        let alike = |target: &Terms<'_>| target.list.iter().any(|wanted| wanted.likeness(term) >= TAKES_UP);
        *asked || target.is_some_and(alike)
    })
}
