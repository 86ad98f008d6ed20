//! Which word of the answer says which word of the target, and which part of the answer says neither.

use super::terms::{Term, Terms};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// Likeness under which a word takes up nothing.
const UNRELATED: f32 = 0.35;
/// Words of meaning in a row that take up nothing and are then left aside.
const ASIDE_FROM: usize = 5;

/// What a word that is about something else takes from the promise of a passage.
const STRANGER: f32 = 0.005;

/// An answer beside its question.
#[derive(Debug)]
pub struct Said<'a> {
    /// The question.
    pub question: &'a Terms<'a>,
    /// The answer.
    pub answer: &'a Terms<'a>,
    /// For each word of the answer, whether the question says it.
    pub asked: Vec<bool>,
    /// For each word of the answer, how far it takes up the question, by letters or meaning.
    takes_up: Vec<f32>,
}

/// An answer beside its question and a target: the reference, or a key point.
#[derive(Debug)]
pub struct Pair<'a> {
    /// The answer beside its question.
    pub said: &'a Said<'a>,
    /// What a full answer says.
    pub target: &'a Terms<'a>,
    /// For each word of the target, whether the question says it.
    pub target_asked: Vec<bool>,
    /// Likeness by letters, answer by target.
    same: Vec<f32>,
    /// Likeness by letters or meaning, answer by target.
    alike: Vec<f32>,
    /// For each word of the answer, whether it is left aside.
    aside: Vec<bool>,
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

impl View<'_> {
    /// The words of meaning with whether the question says them, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&Term<'_>, bool)> {
        self.terms.iter().map(|at| (&self.pair.said.answer.list[*at], self.pair.said.asked[*at]))
    }

    /// The words of the target with whether the question says them, in order.
    pub fn wanted(&self) -> impl Iterator<Item = (&Term<'_>, bool)> {
        self.pair.target.list.iter().zip(self.pair.target_asked.iter().copied())
    }
}

impl<'a> Said<'a> {
    /// Compares every word of the answer with every word of the question.
    pub fn new(question: &'a Terms<'a>, answer: &'a Terms<'a>) -> Self {
        let asked = asked(question, answer);
        let takes_up = answer.list.iter().zip(&asked).map(|(said, asked)| {
            let likeness = question.list.iter().map(|term| said.likeness(term));
            if *asked { 1.0 } else { likeness.fold(0.0, f32::max) }
        });
        Self { takes_up: takes_up.collect(), question, answer, asked }
    }
}

impl Said<'_> {
    /// How far the answer takes up the question, 0..=1: half by what both are about, half by the words taken up.
    pub fn relevance(&self) -> f64 {
        let about = Term::sum(&self.question.list).cosine(&Term::sum(&self.answer.list)).max(0.0);
        let taken_up = self.question.list.iter().map(|term| {
            let likeness = self.answer.list.iter().map(|said| said.likeness(term));
            (likeness.fold(0.0, f32::max), term.weight)
        });
        let (sum, weights) = taken_up.fold((0.0, 0.0), |all, (like, w)| (all.0 + like * w, all.1 + w));
        f64::from(0.5 * about + 0.5 * sum / f32::max(weights, f32::MIN_POSITIVE))
    }
}

/// For each word of `terms`, whether the question says it.
fn asked(question: &Terms<'_>, terms: &Terms<'_>) -> Vec<bool> {
    let keys: HashSet<u64> = question.list.iter().map(|term| term.word.key).collect();
    terms.list.iter().map(|term| keys.contains(&term.word.key)).collect()
}

impl<'a> Pair<'a> {
    /// Compares every word of the answer with every word of the target.
    pub fn new(said: &'a Said<'a>, target: &'a Terms<'a>) -> Self {
        let (mut same, mut alike) = (Vec::new(), Vec::new());
        for said in &said.answer.list {
            for wanted in &target.list {
                let letters = said.by_letters(wanted);
                same.push(letters);
                alike.push(if letters == 1.0 { 1.0 } else { letters.max(said.by_meaning(wanted)) });
            }
        }
        let target_asked = asked(said.question, target);
        let mut pair = Self { said, target, target_asked, same, alike, aside: Vec::new() };
        pair.aside = pair.left_aside();
        pair
    }

    /// The whole answer.
    pub fn whole(&self) -> View<'_> {
        self.part(0..self.said.answer.text.words.len())
    }

    /// A part of the answer, words of its text.
    pub fn part(&self, words: Range<usize>) -> View<'_> {
        let inside = |at: usize| words.contains(&self.said.answer.list[at].at) && !self.aside[at];
        let terms: Vec<usize> = (0..self.said.answer.list.len()).filter(|at| inside(*at)).collect();
        let width = self.target.list.len();
        let mut view = View {
            pair: self,
            words,
            said: vec![None; width],
            meant: vec![0.0; width],
            known: vec![0.0; terms.len()],
            near: vec![0.0; terms.len()],
            terms,
        };
        for (i, term) in view.terms.iter().enumerate() {
            let row = term * width..(term + 1) * width;
            let cells = self.same[row.clone()].iter().zip(&self.alike[row]);
            for (t, (same, alike)) in cells.enumerate() {
                if *same > view.said[t].map_or(0.0, |(_, best)| best) {
                    view.said[t] = Some((*term, *same));
                }
                view.meant[t] = view.meant[t].max(*alike);
                view.known[i] = view.known[i].max(*same);
                view.near[i] = view.near[i].max(*alike);
            }
        }
        view
    }

    /// How much of the target a part of the answer may say, words of its text, by a quick look: the mean likeness, with
    /// a little off for every word that is about something else.
    pub fn promise(&self, words: Range<usize>) -> f32 {
        let width = self.target.list.len();
        let list = &self.said.answer.list;
        let from = list.partition_point(|term| term.at < words.start);
        let to = list.partition_point(|term| term.at < words.end);
        let mut meant = vec![0.0_f32; width];
        let mut strange = 0;
        for row in
            (from..to).filter(|at| !self.aside[*at]).map(|at| &self.alike[at * width..(at + 1) * width])
        {
            strange += usize::from(row.iter().all(|alike| *alike < UNRELATED));
            for (best, alike) in meant.iter_mut().zip(row) {
                *best = best.max(*alike);
            }
        }
        meant.iter().sum::<f32>() / width.max(1) as f32 - STRANGER * strange as f32
    }

    /// Long runs of words that take up neither target nor question: they neither help nor harm.
    fn left_aside(&self) -> Vec<bool> {
        let width = self.target.list.len();
        let unrelated: Vec<bool> = (0..self.said.answer.list.len())
            .map(|at| {
                let row = &self.alike[at * width..(at + 1) * width];
                self.said.takes_up[at] < UNRELATED && row.iter().all(|alike| *alike < UNRELATED)
            })
            .collect();
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
}
