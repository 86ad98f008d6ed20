//! Which word of the answer says which word of the target, and which part of the answer says neither.

use super::said::Said;
use super::target::Target;
use super::terms::Term;
use crate::features::{OrderOfAnswer, RunsOfPair};
use std::ops::Range;

/// Likeness under which a word takes up nothing.
const UNRELATED: f32 = 0.35;
/// Words of meaning in a row that take up nothing and are then left aside.
const ASIDE_FROM: usize = 5;

/// What a word that is about something else takes from the promise of a passage.
const STRANGER: f32 = 0.005;

/// An answer beside its question and a target.
#[derive(Debug)]
pub struct Pair<'a> {
    /// The answer beside its question.
    pub said: &'a Said<'a>,
    /// What a full answer says.
    pub target: &'a Target<'a>,
    /// Likeness by letters, answer by target.
    same: Vec<f32>,
    /// Likeness by letters or meaning, answer by target.
    alike: Vec<f32>,
    /// For each word of the answer, likeness by letters to what is most like it in the target.
    known: Vec<f32>,
    /// The same by letters or meaning.
    near: Vec<f32>,
    /// For each word of the answer, whether it is left aside.
    aside: Vec<bool>,
    pub(crate) runs: RunsOfPair,
    pub(crate) order: OrderOfAnswer,
}

/// A part of the answer beside the target.
#[derive(Debug)]
pub struct View<'a> {
    /// What it is a part of.
    pub pair: &'a Pair<'a>,
    /// Words of the answer's text.
    pub words: Range<usize>,
    /// Positions of its words of meaning in the answer's terms, those left aside excepted.
    pub terms: Vec<usize>,
    /// For each word of the target: the word of the answer that is most like it by letters, and how like.
    pub said: Vec<Option<(usize, f32)>>,
    /// For each word of the target: likeness by letters or meaning.
    pub meant: Vec<f32>,
    /// For each of `terms`: likeness by letters to what is most like it in the target.
    pub known: Vec<f32>,
    /// For each of `terms`: likeness by letters or meaning.
    pub near: Vec<f32>,
}

/// How much of a target some passages may say, by a quick look.
#[derive(Clone, Debug)]
pub struct Promise {
    /// For each word of the target: likeness by letters or meaning.
    meant: Vec<f32>,
    /// Words that are about something else.
    strange: usize,
}

impl View<'_> {
    /// The words of meaning with whether the question says them, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&Term, bool)> {
        self.terms.iter().map(|at| (&self.pair.said.answer.list[*at], self.pair.said.asked[*at]))
    }

    /// The words of the target with whether the question says them, in order.
    pub fn wanted(&self) -> impl Iterator<Item = (&Term, bool)> {
        self.pair.target.terms.list.iter().zip(self.pair.target.asked.iter().copied())
    }
}

impl<'a> Pair<'a> {
    /// Compares every word of the answer with every word of the target.
    pub fn new(said: &'a Said<'a>, target: &'a Target<'a>) -> Self {
        let (answer, wanted) = (&said.answer.list, &target.terms.list);
        let cells = answer.len() * wanted.len();
        let (mut same, mut alike) = (Vec::with_capacity(cells), Vec::with_capacity(cells));
        let (mut known, mut near) = (Vec::with_capacity(answer.len()), Vec::with_capacity(answer.len()));
        for said in answer {
            let (mut most_same, mut most_alike) = (0.0_f32, 0.0_f32);
            for wanted in wanted {
                let letters = said.by_letters(wanted);
                let either = if letters == 1.0 { 1.0 } else { letters.max(said.by_meaning(wanted)) };
                (most_same, most_alike) = (most_same.max(letters), most_alike.max(either));
                same.push(letters);
                alike.push(either);
            }
            known.push(most_same);
            near.push(most_alike);
        }
        let aside = left_aside(said, &near);
        let (runs, order) =
            (RunsOfPair::of(&said.runs, target), OrderOfAnswer::of(said.answer, &target.order));
        Self { said, target, same, alike, known, near, aside, runs, order }
    }

    /// The whole answer.
    pub fn whole(&self) -> View<'_> {
        self.part(0..self.said.answer.text.words.len())
    }

    /// A part of the answer, words of its text.
    pub fn part(&self, words: Range<usize>) -> View<'_> {
        let terms: Vec<usize> = self.said.answer.among(&words).filter(|at| !self.aside[*at]).collect();
        let width = self.target.terms.list.len();
        let (mut said, mut meant) = (vec![None; width], vec![0.0; width]);
        for term in &terms {
            let row = term * width..(term + 1) * width;
            let cells = self.same[row.clone()].iter().zip(&self.alike[row]);
            for ((same, alike), (said, meant)) in cells.zip(said.iter_mut().zip(&mut meant)) {
                if *same > said.map_or(0.0, |(_, best)| best) {
                    *said = Some((*term, *same));
                }
                *meant = f32::max(*meant, *alike);
            }
        }
        let of_terms = |all: &[f32]| terms.iter().map(|at| all[*at]).collect();
        let (known, near) = (of_terms(&self.known), of_terms(&self.near));
        View { pair: self, words, terms, said, meant, known, near }
    }

    /// How much of the target a part of the answer may say, words of its text.
    pub fn promise(&self, words: Range<usize>) -> Promise {
        let width = self.target.terms.list.len();
        let mut promise = Promise { meant: vec![0.0; width], strange: 0 };
        for at in self.said.answer.among(&words).filter(|at| !self.aside[*at]) {
            promise.strange += usize::from(self.near[at] < UNRELATED);
            raise(&mut promise.meant, &self.alike[at * width..(at + 1) * width]);
        }
        promise
    }
}

impl Promise {
    /// Of both passages together.
    pub fn with(mut self, next: &Self) -> Self {
        raise(&mut self.meant, &next.meant);
        Self { strange: self.strange + next.strange, ..self }
    }

    /// The mean likeness, with a little off for every word that is about something else.
    pub fn value(&self) -> f32 {
        self.meant.iter().sum::<f32>() / self.meant.len().max(1) as f32 - STRANGER * self.strange as f32
    }
}

fn raise(best: &mut [f32], row: &[f32]) {
    for (best, value) in best.iter_mut().zip(row) {
        *best = best.max(*value);
    }
}

/// Long runs of words that take up neither target nor question: they neither help nor harm. `near` says how far each
/// word takes up the target.
fn left_aside(said: &Said<'_>, near: &[f32]) -> Vec<bool> {
    let both = near.iter().zip(&said.takes_up).zip(&said.asked);
    let unrelated: Vec<bool> =
        both.map(|((near, takes_up), asked)| !asked && *takes_up < UNRELATED && *near < UNRELATED).collect();
    let mut aside = vec![false; unrelated.len()];
    let mut at = 0;
    while at < unrelated.len() {
        let run = unrelated[at..].iter().take_while(|unrelated| **unrelated).count();
        if run >= ASIDE_FROM {
            aside[at..at + run].fill(true);
        }
        at += run.max(1);
    }
    aside
}
