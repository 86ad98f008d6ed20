//! A text as it is compared: its words of meaning, each with what it weighs and what it means.

use super::words::{OTHER_SCRIPTS, likeness};
use crate::embedding::{Meaning, Sense, Sum, Tokens, Vector};
use crate::text::{Form, Text, Word};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A word of meaning.
#[derive(Clone, Debug)]
pub struct Term {
    /// The word, wherever it stands.
    pub form: Arc<Form>,
    /// [`Form::key`], at hand: most pairs of words need no more.
    key: u64,
    /// The first byte of its stem.
    initial: u8,
    /// Its position in [`Text::words`].
    pub at: usize,
    /// How much it tells, 0..=1: rare words more.
    pub weight: f32,
    /// What it means.
    pub meaning: Option<Arc<Meaning>>,
}

/// Cosine from which two words are at all alike in meaning, and what is added to make them the same.
const ALIKE_FROM: f32 = 0.3;
const ALIKE_RANGE: f32 = 0.6;
/// Likeness in meaning at most: another word is never quite the same.
const ALIKE_AT_MOST: f32 = 0.95;

impl Term {
    /// How far two words say the same, by letters or meaning, 0..=1.
    pub fn likeness(&self, other: &Term) -> f32 {
        self.by_letters(other).max(self.by_meaning(other))
    }

    /// How far they are the same word, 0..=1.
    #[inline]
    pub fn by_letters(&self, other: &Term) -> f32 {
        if self.key == other.key {
            return 1.0;
        }
        if self.initial != other.initial && self.initial.max(other.initial) < OTHER_SCRIPTS {
            return 0.0;
        }
        let (own, other) = (&*self.form, &*other.form);
        likeness((&own.stem, &other.stem), &own.lower, &other.lower)
    }

    /// How far they mean the same, 0..=1; 0 where the table of meanings does not know them.
    #[inline]
    pub fn by_meaning(&self, other: &Term) -> f32 {
        let (Some(own), Some(other)) = (&self.meaning, &other.meaning) else { return 0.0 };
        if own.is_farther(other, ALIKE_FROM) {
            return 0.0;
        }
        ((own.cosine(other) - ALIKE_FROM) / ALIKE_RANGE).clamp(0.0, ALIKE_AT_MOST)
    }

    /// What words are about together.
    pub fn sum<'t>(terms: impl IntoIterator<Item = &'t Term>) -> Vector {
        let mut sum = Sum::default();
        for meaning in terms.into_iter().filter_map(|term| term.meaning.as_ref()) {
            sum.add(&meaning.sum);
        }
        sum.vector()
    }
}

/// A text with its words of meaning, in order.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// The text.
    pub text: Text<'a>,
    /// Its words of meaning.
    pub list: Vec<Term>,
    /// The keys of their stems, each once.
    pub keys: HashSet<u64>,
    about: OnceLock<Vector>,
}

impl<'a> Terms<'a> {
    /// The words of meaning of `text`. `english` says whether the table of meanings knows the language.
    pub fn new(text: Text<'a>, english: bool) -> Self {
        let mut tokens = None;
        let said = text.words.iter().enumerate().filter(|(_, word)| !word.stop);
        let list: Vec<Term> = said
            .map(|(at, word)| {
                let Sense { weight, meaning } =
                    if english { sense(&text, word, &mut tokens) } else { Sense::of(&[]) };
                let initial = word.stem.as_bytes().first().copied().unwrap_or_default();
                Term { key: word.key, initial, form: word.form.clone(), at, weight, meaning }
            })
            .collect();
        let keys = list.iter().map(|term| term.key).collect();
        Self { text, list, keys, about: OnceLock::new() }
    }

    /// What the text is about.
    pub fn about(&self) -> &Vector {
        self.about.get_or_init(|| Term::sum(&self.list))
    }

    /// The positions in the list of the terms among `words` of the text.
    pub fn among(&self, words: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.list.partition_point(|term| term.at < end);
        before(words.start)..before(words.end)
    }
}

/// What a word means where it stands. `tokens` are those of the text, made when the word is not told apart from what
/// stands beside it.
fn sense(text: &Text<'_>, word: &Word, tokens: &mut Option<Tokens>) -> Sense {
    let Range { start, end } = word.at;
    let (before, after) = (text.raw[..start].chars().next_back(), text.raw[end..].chars().next());
    match word.form.sense(&text.raw[start..end], before, after) {
        Some(sense) => sense.clone(),
        None => Sense::of(tokens.get_or_insert_with(|| Tokens::new(&text.raw)).within(start..end)),
    }
}
