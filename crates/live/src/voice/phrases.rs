//! What a spoken interview says and understands by itself, by language.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words of a request to repeat, at most: a longer text is an answer.
const LONGEST_REQUEST: usize = 9;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    /// What shows how a voice sounds; `{name}` is its name.
    sample: String,
    /// Last words when nobody else has some.
    farewell: String,
    /// Beginnings and parts of a request to hear the question again.
    repeat: Vec<String>,
}

static PHRASES: LazyLock<HashMap<String, Phrases>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/voice_phrases.toml"))
        .expect("the shipped phrases are valid; a test reads them")
});

/// Last words; empty in a language that has none.
pub(super) fn farewell(language: &str) -> &'static str {
    of(language).map_or("", |phrases| &phrases.farewell)
}

/// What shows how the voice of `name` sounds, and the language of it: English where no sentence is known.
pub(super) fn sample(language: &str, name: &str) -> (String, String) {
    let (language, phrases) = match of(language) {
        Some(phrases) => (language, phrases),
        None => ("en", of("en").expect("English is among the shipped phrases; a test reads them")),
    };
    (phrases.sample.replace("{name}", name), language.to_owned())
}

/// Whether `text` is no more than a request to hear the question again.
pub(super) fn asks_to_repeat(language: &str, text: &str) -> bool {
    let Some(phrases) = of(language) else { return false };
    let text = text.to_lowercase();
    let length = if text.contains(' ') { text.split_whitespace().count() } else { text.chars().count() / 2 };
    length <= LONGEST_REQUEST && phrases.repeat.iter().any(|phrase| text.contains(phrase.as_str()))
}

fn of(language: &str) -> Option<&'static Phrases> {
    PHRASES.get(language.split(['-', '_']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_to_repeat_is_no_answer() {
        for (language, text) in [
            ("en", "Sorry, could you repeat that?"),
            ("en", "Can you repeat the question please"),
            ("en", "Say that again?"),
            ("de", "Können Sie die Frage bitte wiederholen?"),
            ("fr", "Pouvez-vous répéter la question ?"),
            ("es", "¿Puede repetir la pregunta?"),
            ("zh", "请再说一遍"),
        ] {
            assert!(asks_to_repeat(language, text), "{text}");
        }
        for (language, text) in [
            ("en", "I made the job repeat the question to the service until the answer was the same twice"),
            ("en", "We had to repeat the test."),
            ("sv", "Kan du upprepa frågan?"),
        ] {
            assert!(!asks_to_repeat(language, text), "{text}");
        }
    }

    #[test]
    fn every_language_that_is_known_has_all() {
        for (language, phrases) in PHRASES.iter() {
            assert!(phrases.sample.contains("{name}"), "{language}");
            assert!(!phrases.farewell.is_empty() && !phrases.repeat.is_empty(), "{language}");
            assert!(phrases.repeat.iter().all(|phrase| *phrase == phrase.to_lowercase()), "{language}");
        }
        assert_eq!(farewell("sv"), "");
        let (said, language) = sample("sv", "Ana");
        assert!(said.contains("Ana") && language == "en", "{said}");
    }
}
