//! A text as it is compared: its words of meaning, each with what it weighs and what it means.

use super::words::likeness;
use crate::embedding::{Row, Sum, Tokens, Vector};
use crate::text::{Text, Word};

/// A word of meaning.
#[derive(Clone, Debug)]
pub struct Term<'a> {
    /// The word.
    pub word: &'a Word,
    /// Its position in [`Text::words`].
    pub at: usize,
    /// How much it tells, 0..=1: rare words more.
    pub weight: f32,
    /// What it means.
    pub meaning: Option<Meaning>,
}

/// Numbers of a direction that words are compared by: the principal components come in order of what they explain.
pub const LEADING: usize = 128;

/// The sum of a word's token vectors, and the direction of its leading part.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// The sum.
    pub sum: Sum,
    leading: [f32; LEADING],
}

impl Meaning {
    fn new(sum: Sum) -> Option<Self> {
        let leading = *sum.as_array().first_chunk::<LEADING>()?;
        let length = leading.iter().map(|number| number * number).sum::<f32>().sqrt();
        (length > 0.0).then(|| Self { sum, leading: leading.map(|number| number / length) })
    }

    /// How near two words are in meaning, -1..=1.
    pub fn cosine(&self, other: &Self) -> f32 {
        let mut sums = [0.0_f32; LANES];
        let (own, others) = (self.leading.as_chunks::<LANES>().0, other.leading.as_chunks::<LANES>().0);
        for (own, other) in own.iter().zip(others) {
            for lane in 0..LANES {
                sums[lane] += own[lane] * other[lane];
            }
        }
        sums.iter().sum()
    }
}

/// Partial sums kept apart, so that several can be added at once in one fixed order.
const LANES: usize = 16;

/// Cosine from which two words are at all alike in meaning, and what is added to make them the same.
const ALIKE_FROM: f32 = 0.3;
const ALIKE_RANGE: f32 = 0.6;
/// Likeness in meaning at most: another word is never quite the same.
const ALIKE_AT_MOST: f32 = 0.95;

impl Term<'_> {
    /// How far two words say the same, by letters or meaning, 0..=1.
    pub fn likeness(&self, other: &Term<'_>) -> f32 {
        self.by_letters(other).max(self.by_meaning(other))
    }

    /// How far they are the same word, 0..=1.
    pub fn by_letters(&self, other: &Term<'_>) -> f32 {
        if self.word.key == other.word.key {
            return 1.0;
        }
        likeness((&self.word.stem, &other.word.stem), &self.word.lower, &other.word.lower)
    }

    /// How far they mean the same, 0..=1; 0 where the table of meanings does not know them.
    pub fn by_meaning(&self, other: &Term<'_>) -> f32 {
        let (Some(own), Some(other)) = (&self.meaning, &other.meaning) else { return 0.0 };
        ((own.cosine(other) - ALIKE_FROM) / ALIKE_RANGE).clamp(0.0, ALIKE_AT_MOST)
    }

    /// What words are about together.
    pub fn sum<'t, 'w: 't>(terms: impl IntoIterator<Item = &'t Term<'w>>) -> Vector {
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
    pub text: &'a Text<'a>,
    /// Its words of meaning.
    pub list: Vec<Term<'a>>,
}

impl<'a> Terms<'a> {
    /// The words of meaning of `text`. `english` says whether the table of meanings knows the language.
    pub fn new(text: &'a Text<'a>, english: bool) -> Self {
        let tokens = if english { Tokens::new(text.raw) } else { Tokens::new("") };
        let said = text.words.iter().enumerate().filter(|(_, word)| !word.stop);
        let list = said.map(|(at, word)| Term {
            word,
            at,
            weight: weight(&tokens, word),
            meaning: english.then(|| meaning(&tokens, word)).flatten(),
        });
        Self { text, list: list.collect() }
    }
}

fn meaning(tokens: &Tokens, word: &Word) -> Option<Meaning> {
    Meaning::new(tokens.sum(word.at.clone()))
}

/// Rank in the vocabulary stands for rarity: its tokens are ordered by how often they are met.
fn weight(tokens: &Tokens, word: &Word) -> f32 {
    let ids = tokens.within(word.at.clone()).iter().map(|token| token.row.id());
    let rank = f32::from(ids.max().unwrap_or(Row::COUNT as u16 - 1)) + 1.0;
    (rank.ln() / (Row::COUNT as f32).ln()).powi(2)
}
