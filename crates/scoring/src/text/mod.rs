//! Text as words and sentences, each with its place.

mod forms;
mod lists;

pub(crate) use forms::key;
pub use forms::{Form, Forms};
pub use lists::{LISTS, Lists};

use crate::languages::Language;
use rustc_hash::FxHashSet as HashSet;
use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};
use unicode_segmentation::UnicodeSegmentation;

/// A word at its place.
#[derive(Clone, Debug)]
pub struct Word {
    /// What is known of it wherever it stands.
    pub form: Arc<Form>,
    /// Place in the text, bytes.
    pub at: Range<usize>,
    /// Whether it carries little meaning.
    pub stop: bool,
    /// Whether it only fills a pause.
    pub filler: bool,
}

impl Deref for Word {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
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
    pub raw: Cow<'a, str>,
    /// Its words in order.
    pub words: Vec<Word>,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// How often something only fills a pause.
    pub fillers: usize,
    /// See [`Text::spaced`].
    spaced: OnceLock<String>,
    /// Its language, when it is not taken for English.
    pub language: Option<&'static Language>,
}

impl<'a> Text<'a> {
    /// Takes `raw` apart, as far as [`crate::ANALYSED_CHARS`].
    pub fn new(raw: impl Into<Cow<'a, str>>) -> Self {
        Self::of(raw, ENGLISH)
    }

    /// Takes `raw` apart as a text of the language with this code (ISO 639-1), by its own rules where there are some.
    pub fn of(raw: impl Into<Cow<'a, str>>, language: &str) -> Self {
        Self::with(raw, language, &mut Forms::default())
    }

    /// The same, when many texts are taken apart.
    pub fn with(raw: impl Into<Cow<'a, str>>, language: &str, forms: &mut Forms) -> Self {
        let raw = analysed(raw.into());
        let language = Language::of(language);
        let mut words = language.map_or_else(|| english(&raw, forms), |language| language.words(&raw));
        let fillers = if language.is_none() { mark_fillers(&mut words) } else { 0 };
        let sentences = sentences(&raw, &words);
        Self { raw, words, sentences, fillers, spaced: OnceLock::new(), language }
    }

    /// Lower case, words joined by single spaces, with one at both ends: for phrases. Without fillers, so that none can
    /// break a phrase up.
    fn spaced(&self) -> &str {
        self.spaced.get_or_init(|| spaced(&self.words))
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
        phrases.iter().map(|phrase| places(self.spaced(), phrase).count()).sum()
    }

    /// Whether any of `phrases` stands in the text, as whole words.
    pub fn has(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| places(self.spaced(), phrase).next().is_some())
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

/// The language without rules of another.
const ENGLISH: &str = "en";

fn english(raw: &str, forms: &mut Forms) -> Vec<Word> {
    let word = |(at, word): (usize, &str)| {
        let form = forms.get(word);
        Word { at: at..at + word.len(), stop: form.small, filler: false, form }
    };
    raw.unicode_word_indices().map(word).collect()
}

/// The part of a text that is analysed.
fn analysed(raw: Cow<'_, str>) -> Cow<'_, str> {
    let is_short = raw.len() <= crate::ANALYSED_CHARS;
    let end = if is_short { None } else { raw.char_indices().nth(crate::ANALYSED_CHARS).map(|(at, _)| at) };
    match (raw, end) {
        (raw, None) => raw,
        (Cow::Borrowed(raw), Some(end)) => Cow::Borrowed(&raw[..end]),
        (Cow::Owned(mut raw), Some(end)) => {
            raw.truncate(end);
            Cow::Owned(raw)
        }
    }
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
        if !words[at].begins_pause {
            at += 1;
        } else if let Some(taken_back) = length(&words[at..], &LISTS.retractions) {
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
