//! A question, taken apart once for many answers.

use super::terms::Terms;
use crate::features::{Asks, Denials, Runs, figures};
use crate::text::Text;

/// A question with what the features ask of it.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Its words.
    pub terms: Terms<'a>,
    pub(crate) runs: Runs,
    pub(crate) denials: Denials,
    pub(crate) figures: Vec<u64>,
    pub(crate) asks: Asks,
}

impl<'a> Question<'a> {
    /// Takes the question apart. `english` says whether the table of meanings knows the language.
    pub fn new(text: Text<'a>, english: bool) -> Self {
        let terms = Terms::new(text, english);
        Self {
            runs: Runs::of(&terms.list),
            denials: Denials::of(&terms.text.words),
            figures: figures(&terms.text.words),
            asks: Asks::of(&terms.text.words),
            terms,
        }
    }

    /// For each word of `terms`, whether the question says it.
    pub(super) fn says(&self, terms: &Terms<'_>) -> Vec<bool> {
        terms.list.iter().map(|term| self.terms.keys.contains(&term.form.key)).collect()
    }
}
