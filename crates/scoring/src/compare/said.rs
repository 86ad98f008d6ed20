//! An answer beside its question.

use super::question::Question;
use super::terms::Terms;
use crate::features::RunsOfAnswer;

/// An answer beside its question.
#[derive(Debug)]
pub struct Said<'a> {
    /// The question.
    pub question: &'a Question<'a>,
    /// The answer.
    pub answer: &'a Terms<'a>,
    /// For each word of the answer, whether the question says it.
    pub asked: Vec<bool>,
    /// For each word of the answer, how far it takes up the question, by letters or meaning.
    pub(super) takes_up: Vec<f32>,
    /// For each word of the question, how far the answer takes it up.
    taken_up: Vec<f32>,
    pub(crate) runs: RunsOfAnswer,
}

impl<'a> Said<'a> {
    /// Compares every word of the answer with every word of the question.
    pub fn new(question: &'a Question<'a>, answer: &'a Terms<'a>) -> Self {
        let mut taken_up = vec![0.0_f32; question.terms.list.len()];
        let takes_up = answer.list.iter().map(|said| {
            let pairs = question.terms.list.iter().zip(&mut taken_up);
            pairs.fold(0.0_f32, |best, (term, taken)| {
                let likeness = said.likeness(term);
                *taken = taken.max(likeness);
                best.max(likeness)
            })
        });
        let takes_up = takes_up.collect();
        let asked = question.says(answer);
        Self { takes_up, taken_up, asked, runs: RunsOfAnswer::of(answer, &question.runs), question, answer }
    }
}

impl Said<'_> {
    /// How far the answer takes up the question, 0..=1: half by what both are about, half by the words taken up.
    pub fn relevance(&self) -> f64 {
        let terms = &self.question.terms;
        let about = terms.about().cosine(self.answer.about()).max(0.0);
        let taken_up = terms.list.iter().zip(&self.taken_up);
        let (sum, weights) =
            taken_up.fold((0.0, 0.0), |all, (term, like)| (all.0 + like * term.weight, all.1 + term.weight));
        f64::from(0.5 * about + 0.5 * sum / f32::max(weights, f32::MIN_POSITIVE))
    }
}
