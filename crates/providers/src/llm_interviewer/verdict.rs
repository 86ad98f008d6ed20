//! Finds marks and verdicts in the interviewer's words. The patterns are data: `data/verdicts.toml`. It is a list, not
//! a proof: what it does not know is said.

use crate::model_text::folded::{Folded, pattern};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    marks: Vec<String>,
    language: Vec<Language>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[expect(dead_code, reason = "names the language for the readers of the file")]
    code: String,
    patterns: Vec<String>,
}

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("../../data/verdicts.toml"))
        .expect("the shipped lists are valid; a test reads them");
    let verdicts = lists.language.iter().flat_map(|language| &language.patterns);
    lists.marks.iter().chain(verdicts).map(|text| pattern(text)).collect()
});

/// Whether `words` name a mark or a verdict, in any language that is listed.
pub(super) fn is_in(words: &str) -> bool {
    let folded = Folded::new(words).text;
    PATTERNS.iter().any(|pattern| pattern.is_match(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_verdicts_are_seen() {
        for words in [
            "That is 9/10 for you.",
            "I give you 10 out of 10.",
            "Your score is high.",
            "You passed.",
            "You've passed the interview.",
            "You are hired!",
            "We will hire you.",
            "You got the job.",
            "Great answer, thank you.",
            "Das war eine gute Antwort.",
            "Sie haben bestanden.",
            "Vous êtes embauché !",
            "Très bonne réponse.",
            "Está contratada.",
            "Вы приняты.",
            "素晴らしい回答です。",
            "훌륭한 답변입니다.",
            "您被录用了。",
        ] {
            assert!(is_in(words), "{words}");
        }
    }

    #[test]
    fn talk_of_work_is_none() {
        for words in [
            "You moved nine of ten services in one weekend.",
            "You passed the key on to the next request before it failed.",
            "So the test failed, and you rolled back within 10 minutes.",
            "You keep the pager 24/7.",
            "Cutting churn by 10 percent took you two quarters.",
            "You hired two people for it.",
            "Sie haben den Index angelegt und 40 Tabellen umgezogen.",
            "The score of the model fell after the release.",
            "A good candidate for caching was the price list.",
        ] {
            assert!(!is_in(words), "{words}");
        }
    }
}
