//! What the last words before a pause say about whether more will come.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Fewer words than this are seldom a whole answer.
const FEW: usize = 4;
/// Characters of a script without spaces that count for one word.
const CHARACTERS_A_WORD: usize = 2;

#[derive(Debug, Deserialize)]
struct Lists {
    fillers: HashSet<String>,
    unfinished: HashSet<String>,
    asks_for_time: Vec<String>,
    back_channel: HashSet<String>,
}

static LISTS: LazyLock<HashMap<String, Lists>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/turn_words.toml")).expect("the shipped lists are read by a test")
});

/// How what was said ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// A whole sentence.
    Finished,
    /// A filler, a conjunction, or only a few words.
    Unfinished,
    /// They said that they need a moment.
    AsksForTime,
    /// Nothing can be said.
    Open,
}

/// The ear for one language.
#[derive(Clone, Debug)]
pub(super) struct Ear {
    lists: Option<&'static Lists>,
}

impl Ear {
    /// For a language by its two letters; one that is not known is listened to by pauses alone.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self { lists: LISTS.get(&primary) }
    }

    /// How `text` ends.
    pub fn ending(&self, text: &str) -> Ending {
        let Some(lists) = self.lists else { return Ending::Open };
        let plain = plain(text);
        if lists.asks_for_time.iter().any(|phrase| ends_with(&plain, phrase)) {
            return Ending::AsksForTime;
        }
        let spaced = plain.contains(' ') || plain.is_ascii();
        let last = if spaced { plain.rsplit(' ').next().unwrap_or_default() } else { plain.as_str() };
        let goes_on = |set: &HashSet<String>| {
            if spaced { set.contains(last) } else { set.iter().any(|word| last.ends_with(word.as_str())) }
        };
        if plain.is_empty() {
            return Ending::Open;
        }
        let goes_on_by_words = goes_on(&lists.unfinished);
        if goes_on(&lists.fillers) || count(&plain, spaced) < FEW {
            return Ending::Unfinished;
        }
        let mark = match text.trim_end().chars().last() {
            Some('.' | '!' | '?' | '。' | '！' | '？' | '।') if !text.trim_end().ends_with("...") => {
                Ending::Finished
            }
            Some(',' | ';' | ':' | '…' | '-' | '–' | '—' | '、' | '，' | '.') => Ending::Unfinished,
            _ => Ending::Open,
        };
        match (goes_on_by_words, mark) {
            // Some recognisers end everything with a full stop, and some sentences do end with such a word.
            (true, Ending::Finished) => Ending::Open,
            (true, _) => Ending::Unfinished,
            (false, mark) => mark,
        }
    }

    /// Whether `text` is no more than what a listener says while the other speaks.
    pub fn is_back_channel(&self, text: &str) -> bool {
        let plain = plain(text);
        if plain.is_empty() {
            return true;
        }
        let Some(lists) = self.lists else { return false };
        lists.back_channel.contains(&plain)
            || plain.split(' ').all(|word| lists.back_channel.contains(word) || lists.fillers.contains(word))
    }
}

fn ends_with(text: &str, phrase: &str) -> bool {
    text.strip_suffix(phrase)
        .is_some_and(|before| before.is_empty() || !before.ends_with(char::is_alphanumeric))
        || (!phrase.is_ascii() && text.ends_with(phrase))
}

fn count(plain: &str, spaced: bool) -> usize {
    if spaced { plain.split(' ').count() } else { plain.chars().count() / CHARACTERS_A_WORD }
}

/// Small letters, one space between words, no marks but those inside of a word.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let words =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c)));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Vowel signs of Indic scripts are not alphanumeric, and yet part of the word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0963}' | '\u{0966}'..='\u{097F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_lists() {
        for (language, lists) in LISTS.iter() {
            assert!(!lists.fillers.is_empty() && !lists.unfinished.is_empty(), "{language}");
            assert!(!lists.asks_for_time.is_empty() && !lists.back_channel.is_empty(), "{language}");
        }
        assert_eq!(LISTS.len(), 6);
    }

    #[test]
    fn endings_in_several_languages() {
        let cases = [
            ("en", "I led the migration to PostgreSQL.", Ending::Finished),
            ("en", "I led the migration and", Ending::Unfinished),
            ("en", "I led the migration, um...", Ending::Unfinished),
            ("en", "Yes.", Ending::Unfinished),
            ("en", "That's a good question. Let me think.", Ending::AsksForTime),
            ("en", "I led the migration to PostgreSQL", Ending::Open),
            ("en", "It was hard because the", Ending::Unfinished),
            ("en", "It was hard because the.", Ending::Open),
            ("en", "", Ending::Open),
            ("de", "Ich habe das Team geleitet und", Ending::Unfinished),
            ("de", "Ich habe das Team zwei Jahre geleitet.", Ending::Finished),
            ("de", "Lassen Sie mich überlegen.", Ending::AsksForTime),
            ("es", "Trabajé en el puerto porque", Ending::Unfinished),
            ("fr", "Laissez-moi réfléchir…", Ending::AsksForTime),
            ("hi", "मैंने टीम का नेतृत्व किया और", Ending::Unfinished),
            ("hi", "मैंने दो साल टीम का नेतृत्व किया।", Ending::Finished),
            ("zh", "我负责了数据库的迁移。", Ending::Finished),
            ("zh", "我负责了数据库的迁移，然后", Ending::Unfinished),
            ("zh", "让我想想。", Ending::AsksForTime),
            ("sv", "Jag ledde flytten och", Ending::Open),
        ];
        for (language, text, ending) in cases {
            assert_eq!(Ear::new(language).ending(text), ending, "{language}: {text}");
        }
    }

    #[test]
    fn what_listeners_say_is_no_interruption() {
        for (language, text) in
            [("en", "Mhm."), ("en", "Yeah, okay."), ("de", "Ach so."), ("zh", "好的"), ("en", "")]
        {
            assert!(Ear::new(language).is_back_channel(text), "{language}: {text}");
        }
        for (language, text) in
            [("en", "Sorry, can you repeat that?"), ("en", "Stop"), ("de", "Ja, aber das war anders")]
        {
            assert!(!Ear::new(language).is_back_channel(text), "{language}: {text}");
        }
    }
}
