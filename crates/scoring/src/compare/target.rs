//! What a full answer says, as a whole or one point of it, taken apart once for many answers.

use super::question::Question;
use super::terms::{Term, Terms};
use crate::embedding::Vector;
use crate::features::{Denials, Opposed, Order, Runs, figures};
use crate::text::Text;
use std::sync::OnceLock;

/// The reference or a key point, beside its question, with what the features ask of it.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// Its words.
    pub terms: Terms<'a>,
    /// For each of them, whether the question says it.
    pub asked: Vec<bool>,
    about_new: OnceLock<Vector>,
    pub(crate) runs: Runs,
    pub(crate) runs_new: Runs,
    pub(crate) order: Order,
    pub(crate) denials: Denials,
    pub(crate) opposed: Vec<Opposed>,
    pub(crate) figures: Vec<u64>,
    pub(crate) figures_new: Vec<u64>,
}

impl<'a> Target<'a> {
    /// Takes what answers to `question` are compared with apart. `english` says whether the table of meanings knows the
    /// language.
    pub fn new(question: &Question<'_>, text: Text<'a>, english: bool) -> Self {
        let terms = Terms::new(text, english);
        let asked = question.says(&terms);
        let words = &terms.text.words;
        let figures = figures(words);
        Self {
            about_new: OnceLock::new(),
            runs: Runs::of(&terms.list),
            runs_new: Runs::of(new(&terms.list, &asked)),
            order: Order::of(&terms),
            denials: Denials::of(words),
            opposed: Opposed::among(words),
            figures_new: figures
                .iter()
                .copied()
                .filter(|figure| !question.figures.contains(figure))
                .collect(),
            figures,
            asked,
            terms,
        }
    }

    /// What it is about beside what the question says.
    pub(crate) fn about_new(&self) -> &Vector {
        self.about_new.get_or_init(|| Term::sum(new(&self.terms.list, &self.asked)))
    }
}

fn new<'t>(list: &'t [Term], asked: &'t [bool]) -> impl Iterator<Item = &'t Term> {
    list.iter().zip(asked).filter(|(_, asked)| !**asked).map(|(term, _)| term)
}
