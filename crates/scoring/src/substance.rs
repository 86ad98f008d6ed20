//! The sentences of an answer that say something: sentences that would fit any question make it longer, not better.

use crate::compare::Terms;
use crate::features::is_deed;
use crate::text::Sentence;

/// Likeness in meaning from which a word takes up one of the target.
const TAKES_UP: f32 = 0.6;
/// Rarity from which a word that is shared tells that a sentence is about the same ("people" does not).
const TELLING: f32 = 0.5;

/// The sentences of `answer` that take up the question or what a full answer says, name a figure or tell of a deed.
pub fn substance(answer: &Terms<'_>, question: &Terms<'_>, target: Option<&Terms<'_>>) -> String {
    let says = |sentence: &&Sentence| {
        let words = answer.text.words_of(sentence);
        words.iter().any(|word| word.lower.chars().any(char::is_numeric))
            || is_deed(answer.text, sentence)
            || takes_up(answer, sentence, question, target)
    };
    let kept = answer.text.sentences.iter().filter(says);
    kept.map(|sentence| &answer.text.raw[sentence.at.clone()]).collect::<Vec<_>>().join("\n")
}

fn takes_up(
    answer: &Terms<'_>,
    sentence: &Sentence,
    question: &Terms<'_>,
    target: Option<&Terms<'_>>,
) -> bool {
    let said = answer.list.iter().filter(|term| sentence.words.contains(&term.at));
    said.filter(|term| term.weight >= TELLING).any(|term| {
        let same = |other: &Terms<'_>| other.list.iter().any(|wanted| wanted.word.key == term.word.key);
        let alike = |other: &Terms<'_>| other.list.iter().any(|wanted| wanted.likeness(term) >= TAKES_UP);
        same(question) || target.is_some_and(alike)
    })
}
