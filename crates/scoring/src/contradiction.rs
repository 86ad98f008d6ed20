//! Words of an answer that say the opposite of what a full answer says.

use crate::compare::{Pair, View};
use crate::evidence;
use crate::features::contradicts;
use greenroom_domain::evaluation::Quote;

/// Mean likeness to the target from which a sentence is about the same thing.
const ABOUT_THE_SAME: f32 = 0.5;

/// The first sentence that is about the same as a sentence of the target and says the opposite.
pub fn contradiction(pair: &Pair<'_>) -> Option<Quote> {
    let text = &pair.said.answer.text;
    let sentence = text.sentences.iter().find(|sentence| {
        contradicts(text.words_of(sentence), pair.target)
            && is_about_the_same(&pair.part(sentence.words.clone()))
    })?;
    Some(evidence::quote(text, sentence.at.clone()))
}

fn is_about_the_same(view: &View<'_>) -> bool {
    let count = view.meant.len().max(1) as f32;
    view.meant.iter().sum::<f32>() / count >= ABOUT_THE_SAME
}
