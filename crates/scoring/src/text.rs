//! Text as words and sentences, each with its place.

use crate::languages::Language;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet, FxHasher};
use serde::{Deserialize, Deserializer};
use std::hash::Hasher;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// The English word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Words that carry little meaning.
    pub stop: HashSet<String>,
    /// Words that weaken a claim.
    pub hedges: Vec<String>,
    /// Words that fill a pause.
    pub fillers: Vec<String>,
    /// Words that say little.
    pub vague: Vec<String>,
    /// Words that take something back.
    pub retractions: Vec<String>,
    /// Ways to say that one does not know.
    pub unknown: Vec<String>,
    /// How a situation begins.
    pub situation: Vec<String>,
    /// How a task is named.
    pub task: Vec<String>,
    /// How an action is told.
    pub action: Vec<String>,
    /// Past forms of what one does, that do not end in -ed.
    pub deeds: Vec<String>,
    /// Past forms in -ed that tell of no deed.
    pub no_deeds: Vec<String>,
    /// How a result is told.
    pub result: Vec<String>,
    /// How a reason begins.
    pub reason: Vec<String>,
    /// How an example begins.
    pub example: Vec<String>,
    /// Words that order thoughts.
    pub order: Vec<String>,
    /// Words that deny.
    pub negations: HashSet<String>,
    /// Words of a question that asks for a reason.
    pub asks_why: Vec<String>,
    /// Words of a question that asks for a way.
    pub asks_how: Vec<String>,
    /// Words of a question that asks to choose or to place.
    pub asks_which: Vec<String>,
    /// Words of a question that asks for a thing or its definition.
    pub asks_what: Vec<String>,
    /// Pairs of words that exclude each other, both ways.
    #[serde(deserialize_with = "both_ways")]
    pub opposites: HashMap<String, Vec<String>>,
    /// Forms of a word that no rule of endings leads back ("fell": "fall"), and number words as digits.
    pub forms: HashMap<String, String>,
}

fn both_ways<'de, D: Deserializer<'de>>(from: D) -> Result<HashMap<String, Vec<String>>, D::Error> {
    let pairs: Vec<(String, String)> = Deserialize::deserialize(from)?;
    let mut opposites: HashMap<String, Vec<String>> = HashMap::default();
    for (one, other) in pairs {
        opposites.entry(one.clone()).or_default().push(other.clone());
        opposites.entry(other).or_default().push(one);
    }
    Ok(opposites)
}

/// The English word lists.
pub static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/english.toml"))
        .expect("the shipped lists are valid; a test reads them")
});

/// A word with its place.
#[derive(Clone, Debug)]
pub struct Word {
    /// Lower case.
    pub lower: String,
    /// Stem.
    pub stem: String,
    /// Stands for the stem in comparisons; equal for equal stems.
    pub key: u64,
    /// Place in the text, bytes.
    pub at: Range<usize>,
    /// Whether it carries little meaning.
    pub stop: bool,
    /// Whether it only fills a pause.
    pub filler: bool,
    /// Whether it denies.
    pub negation: bool,
}

/// A sentence with its place.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Place in the text, bytes, without surrounding space.
    pub at: Range<usize>,
    /// Its words, as a range of [`Text::words`].
    pub words: Range<usize>,
}

/// A text, taken apart once.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text itself, as far as it is analysed.
    pub raw: &'a str,
    /// Its words in order.
    pub words: Vec<Word>,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// How often something only fills a pause.
    pub fillers: usize,
    /// Lower case, words joined by single spaces, with one at both ends: for phrases. Without fillers, so
    /// that none can break a phrase up.
    spaced: String,
    /// Its language, when it is not taken for English.
    pub language: Option<&'static Language>,
}

impl<'a> Text<'a> {
    /// Takes `raw` apart, as far as [`crate::ANALYSED_CHARS`].
    pub fn new(raw: &'a str) -> Self {
        let raw = analysed(raw);
        let stemmer = Stemmer::create(Algorithm::English);
        let mut words = Vec::new();
        for (at, word) in raw.unicode_word_indices() {
            let lower = word.to_lowercase().replace('’', "'");
            let stop = LISTS.stop.contains(&lower) || lower.split('\'').all(|part| LISTS.stop.contains(part));
            let form = LISTS.forms.get(&lower).unwrap_or(&lower);
            let stem = stemmer.stem(form).into_owned();
            let negation = LISTS.negations.contains(&lower) || lower.ends_with("n't");
            let at = at..at + word.len();
            words.push(Word { key: key(&stem), lower, stem, at, stop, filler: false, negation });
        }
        let fillers = mark_fillers(&mut words);
        let sentences = sentences(raw, &words);
        let spaced = spaced(&words);
        Self { raw, words, sentences, fillers, spaced, language: None }
    }

    /// Takes `raw` apart as a text of the language with this code (ISO 639-1), by its own rules where there are some.
    pub fn of(raw: &'a str, language: &str) -> Self {
        let Some(language) = Language::of(language) else { return Self::new(raw) };
        let raw = analysed(raw);
        let words = language.words(raw);
        let sentences = sentences(raw, &words);
        let spaced = spaced(&words);
        Self { raw, words, sentences, fillers: 0, spaced, language: Some(language) }
    }

    /// ISO 639-1 code of the language that it was taken apart as.
    pub fn language_code(&self) -> &'static str {
        self.language.map_or("en", |language| language.code)
    }

    /// Words that do more than fill a pause.
    pub fn spoken(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.filler)
    }

    /// Stems of the words that carry meaning.
    pub fn content(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| !word.stop).map(|word| word.stem.as_str())
    }

    /// Stems of the words that carry meaning, each once.
    pub fn content_set(&self) -> HashSet<&str> {
        self.content().collect()
    }

    /// Words of a sentence.
    pub fn words_of(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.clone()]
    }

    /// How often any of `phrases` stands in the text, as whole words.
    pub fn count(&self, phrases: &[String]) -> usize {
        phrases.iter().map(|phrase| places(&self.spaced, phrase).count()).sum()
    }

    /// Whether any of `phrases` stands in the text, as whole words.
    pub fn has(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| places(&self.spaced, phrase).next().is_some())
    }

    /// The first sentence with a filler.
    pub fn filled_sentence(&self) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| self.words_of(sentence).iter().any(|word| word.filler))
    }

    /// The first sentence that holds any of `phrases`.
    pub fn sentence_with(&self, phrases: &[String]) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| {
            let spaced = spaced(self.words_of(sentence));
            phrases.iter().any(|phrase| places(&spaced, phrase).next().is_some())
        })
    }
}

fn analysed(raw: &str) -> &str {
    let end = raw.char_indices().nth(crate::ANALYSED_CHARS).map_or(raw.len(), |(at, _)| at);
    &raw[..end]
}

/// Stands for a stem in comparisons.
pub(crate) fn key(stem: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(stem.as_bytes());
    hasher.finish()
}

/// Where `phrase` stands as whole words in words that are joined by single spaces.
fn places<'a>(spaced: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = spaced.as_bytes();
    let is_space = |at: usize| bytes.get(at) == Some(&b' ');
    memchr::memmem::find_iter(bytes, phrase)
        .filter(move |at| *at > 0 && is_space(at - 1) && is_space(at + phrase.len()))
}

/// Marks what only fills a pause; returns how many such phrases there are. What takes something back ("actually
/// no") does more than that.
fn mark_fillers(words: &mut [Word]) -> usize {
    let length = |words: &[Word], phrases: &[String]| {
        let met = phrases.iter().filter(|phrase| {
            let mut parts = phrase.split(' ');
            words.iter().zip(parts.by_ref()).all(|(word, part)| word.lower == part) && parts.next().is_none()
        });
        met.map(|phrase| phrase.split(' ').count()).max()
    };
    let (mut at, mut count) = (0, 0);
    while at < words.len() {
        if let Some(taken_back) = length(&words[at..], &LISTS.retractions) {
            at += taken_back;
        } else if let Some(filler) = length(&words[at..], &LISTS.fillers) {
            for word in &mut words[at..at + filler] {
                (word.filler, word.stop) = (true, true);
            }
            (at, count) = (at + filler, count + 1);
        } else {
            at += 1;
        }
    }
    count
}

/// Words joined by single spaces, with one at both ends, without fillers.
fn spaced(words: &[Word]) -> String {
    words.iter().filter(|word| !word.filler).fold(String::from(" "), |text, word| text + &word.lower + " ")
}

/// Sentences end at a line break, at a full-width stop, and at `.`, `!` or `?` before a space. What follows
/// may be lower case: answers are often typed without capitals.
fn sentences(raw: &str, words: &[Word]) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let (mut start, mut first) = (0, 0);
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let before_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let ends =
            matches!(c, '\n' | '。' | '！' | '？' | '।') || matches!(c, '.' | '!' | '?') && before_space;
        if !ends && end < raw.len() {
            continue;
        }
        let last = first + words[first..].iter().take_while(|word| word.at.start < end).count();
        // "e.g." and numbered points are too short to be sentences; they go with what follows.
        let spoken = words[first..last].iter().filter(|word| !word.filler).count();
        let is_short = spoken < 2 && c != '\n' && end < raw.len();
        if is_short || last == first {
            continue;
        }
        let part = &raw[start..end];
        let from = start + (part.len() - part.trim_start().len());
        found.push(Sentence { at: from..from + part.trim().len(), words: first..last });
        (start, first) = (end, last);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sentences_know_their_places() {
        let text = Text::new("I don't retry blindly. We store keys!\n它有效。");
        assert_eq!(text.sentences.len(), 3, "{:?}", text.sentences);
        for sentence in &text.sentences {
            assert_eq!(text.raw[sentence.at.clone()].trim(), &text.raw[sentence.at.clone()]);
            assert!(!text.words_of(sentence).is_empty());
        }
        assert!(
            text.words
                .iter()
                .all(|word| text.raw[word.at.clone()].to_lowercase().replace('’', "'") == word.lower)
        );
        assert!(text.words.iter().any(|word| word.stem == "retri"));
    }

    #[test]
    fn phrases_are_whole_words() {
        let text = Text::new("There are um ten albums, you know.");
        assert_eq!(text.count(&LISTS.vague), 0);
        assert_eq!(text.count(&["ten albums".to_owned()]), 1);
    }

    #[test]
    fn fillers_are_told_from_what_is_said() {
        let text = Text::new("There are, um, ten, you know, albums. Actually no, eleven. You know?");
        assert_eq!(text.fillers, 3);
        assert_eq!(text.count(&LISTS.retractions), 1);
        assert!(text.has(&["ten albums".to_owned()]), "a filler breaks no phrase up");
        assert_eq!(text.spoken().count(), 7);
    }
}
