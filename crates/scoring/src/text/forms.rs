//! What is known of a word wherever it stands, worked out once.

use super::lists::{LISTS, PAUSES};
use crate::embedding::{Sense, Tokens};
use crate::memory::Memory;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::{Arc, OnceLock};

/// Different words that are remembered at least. Together they take about 10 MB once their meanings were asked for.
const ROOM: usize = 4096;
/// Letters that make a beginning ("encrypt", "encryption").
const BEGINNING: usize = 5;

/// A word as it is written, with what is known of it wherever it stands.
#[derive(Debug)]
pub struct Form {
    /// Lower case.
    pub lower: String,
    /// Stem.
    pub stem: String,
    /// Stands for the stem in comparisons; equal for equal stems.
    pub key: u64,
    /// Whether it denies.
    pub negation: bool,
    /// Whether it carries little meaning.
    pub(super) small: bool,
    /// Whether a phrase that fills a pause, or takes something back, begins with it.
    pub(super) begins_pause: bool,
    /// Stands for the lower case in comparisons.
    pub(crate) lower_key: u64,
    /// Stands for the first letters of the stem; `None` when it has fewer.
    pub(crate) beginning: Option<u64>,
    /// Whether it has a figure.
    pub(crate) numeric: bool,
    /// Whether it is one letter.
    pub(crate) single: bool,
    /// Its runs of letters, as the feature of that name makes them.
    pub(crate) runs: OnceLock<Box<[u32]>>,
    /// Whether all of it is ASCII.
    ascii: bool,
    sense: OnceLock<Sense>,
}

impl Form {
    /// The form of a word in a language with rules of its own.
    pub(crate) fn new(lower: String, stem: String, negation: bool) -> Self {
        Self {
            key: key(&stem),
            negation,
            small: false,
            begins_pause: false,
            lower_key: key(&lower),
            beginning: stem.char_indices().nth(BEGINNING - 1).map(|(at, c)| key(&stem[..at + c.len_utf8()])),
            numeric: stem.chars().any(char::is_numeric),
            single: lower.chars().nth(1).is_none(),
            runs: OnceLock::new(),
            ascii: false,
            sense: OnceLock::new(),
            lower,
            stem,
        }
    }

    fn english(written: &str, stemmer: &Stemmer) -> Self {
        let lower = written.to_lowercase().replace('’', "'");
        let small = LISTS.stop.contains(&lower) || lower.split('\'').all(|part| LISTS.stop.contains(part));
        let stem = stemmer.stem(LISTS.forms.get(&lower).unwrap_or(&lower)).into_owned();
        let negation = LISTS.negations.contains(&lower) || lower.ends_with("n't");
        let begins_pause = PAUSES.contains(lower.as_str());
        Self { small, begins_pause, ascii: written.is_ascii(), ..Self::new(lower, stem, negation) }
    }

    /// What it means between words that it is told apart from: `None` when what stands beside it could change that.
    /// `written` is the form as it is written there, between the characters `before` and `after`.
    pub(crate) fn sense(&self, written: &str, before: Option<char>, after: Option<char>) -> Option<&Sense> {
        let apart = |c: Option<char>| {
            c.is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r') || c.is_ascii_punctuation())
        };
        let alone = self.ascii && apart(before) && apart(after);
        alone.then(|| self.sense.get_or_init(|| Sense::of(Tokens::new(written).as_slice())))
    }
}

/// Stands for a string in comparisons.
pub(crate) fn key(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The forms that were met lately. What is remembered changes nothing but the time it takes.
pub struct Forms {
    known: Memory<String, Arc<Form>>,
    stemmer: Stemmer,
}

impl Default for Forms {
    fn default() -> Self {
        Self { known: Memory::new(ROOM), stemmer: Stemmer::create(Algorithm::English) }
    }
}

impl std::fmt::Debug for Forms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Forms").finish_non_exhaustive()
    }
}

impl Forms {
    /// The form that is written like this.
    pub fn get(&mut self, written: &str) -> Arc<Form> {
        self.known.get_or(written, || Arc::new(Form::english(written, &self.stemmer)))
    }
}
