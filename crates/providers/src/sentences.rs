//! What code says by itself in an interview, in the interview's language: `data/sentences.toml`.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Language of sentences for languages that are not in the file.
const DEFAULT: &str = "en";

/// The sentences of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// The language's name in English.
    pub english: String,
    /// The first question where the bank has none in the language.
    pub introduction: String,
    /// Said when nothing answers a question of the candidate.
    pub pass_on: String,
    in_the_posting: String,
    /// Said at the first words that have no place in an interview.
    pub first_warning: String,
    /// Said at the second.
    pub last_warning: String,
    /// Said at the third, which ends the interview.
    pub ended_for_conduct: String,
    /// Asks to answer in the interview's language.
    pub other_language: String,
    /// Said before an easier question, after two that went badly.
    pub easier: String,
}

impl Sentences {
    /// Answers a question of the candidate with a line of the job description.
    pub fn in_the_posting(&self, line: &str) -> String {
        self.in_the_posting.replacen("{line}", line, 1)
    }
}

static SENTENCES: LazyLock<HashMap<String, Sentences>> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/sentences.toml"))
        .expect("the shipped sentences are valid; a test reads them")
});

/// The sentences of `language`, an ISO 639-1 code; the English ones when there are none.
pub fn sentences(language: &str) -> &'static Sentences {
    own(language)
        .or_else(|| SENTENCES.get(DEFAULT))
        .expect("the shipped sentences have English ones; a test reads them")
}

/// Languages that an interviewer can hold to: codes with their English names, by code.
pub fn languages() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = SENTENCES.iter().map(|(code, own)| (code.as_str(), own.english.as_str())).collect();
    all.sort_unstable();
    all
}

/// The sentences of `language` itself.
pub(crate) fn own(language: &str) -> Option<&'static Sentences> {
    SENTENCES.get(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [&str; 18] = [
        "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "uk", "ru", "ar", "he", "hi", "zh", "ja",
        "ko",
    ];

    #[test]
    fn every_language_says_everything_in_its_own_words() {
        for language in LANGUAGES {
            let own = sentences(language);
            let all = [
                &own.pass_on,
                &own.first_warning,
                &own.last_warning,
                &own.ended_for_conduct,
                &own.other_language,
                &own.easier,
            ];
            assert!(
                all.iter().all(|sentence| !sentence.trim().is_empty() && !sentence.contains('{')),
                "{language}"
            );
            assert_eq!(own.in_the_posting.matches("{line}").count(), 1, "{language}");
            assert!(language == "en" || own.pass_on != sentences("en").pass_on, "{language}");
        }
        assert_eq!(SENTENCES.len(), LANGUAGES.len());
    }

    #[test]
    fn other_languages_hear_english() {
        assert_eq!(sentences("is").english, "English");
        assert!(own("is").is_none());
    }

    #[test]
    fn a_line_is_shown_as_it_is() {
        assert_eq!(
            sentences("de").in_the_posting("Zeigt {line}."),
            "In der Stellenbeschreibung steht: „Zeigt {line}.“"
        );
    }
}
