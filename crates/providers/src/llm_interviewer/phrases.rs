//! What an interviewer never says: marks and verdicts, and questions about protected matters. The patterns are data:
//! `data/verdicts.toml`, `data/protected.toml`. They are lists, not proofs: what they do not know is said.

use crate::model_text::folded::{Folded, pattern};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Marks and verdicts on the candidate.
pub(super) static VERDICTS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../data/verdicts.toml")));

/// Questions about matters that the law protects.
pub(super) static PROTECTED: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../data/protected.toml")));

/// A list of phrases in several languages.
pub(super) struct Phrases {
    harmless: Vec<Regex>,
    patterns: Vec<Regex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    harmless: Vec<String>,
    language: Vec<Language>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[expect(dead_code, reason = "names the language for the readers of the file")]
    code: String,
    patterns: Vec<String>,
}

impl Phrases {
    fn new(file: &str) -> Self {
        let list: List = toml::from_str(file).expect("the shipped lists are valid; a test reads them");
        let patterns = list.language.iter().flat_map(|language| &language.patterns);
        Self {
            harmless: list.harmless.iter().map(|text| pattern(text)).collect(),
            patterns: patterns.map(|text| pattern(text)).collect(),
        }
    }

    /// Whether any of them stands in `text`, in any of the languages.
    pub fn are_in(&self, text: &str) -> bool {
        let mut folded = Folded::new(text).text;
        for harmless in &self.harmless {
            folded = harmless.replace_all(&folded, "…").into_owned();
        }
        self.patterns.iter().any(|pattern| pattern.is_match(&folded))
    }
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
            "The interviewers will call you back on Monday with an offer.",
            "Do you accept our offer of 200000?",
            "We pay a salary of $90,000.",
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
            assert!(VERDICTS.are_in(words), "{words}");
        }
    }

    #[test]
    fn talk_of_work_is_none() {
        for words in [
            "You moved nine of ten services in one weekend.",
            "You passed the key on to the next request before it failed.",
            "So the test failed, and you rolled back within 10 minutes.",
            "You keep the pager 24/7.",
            "You made the customer a better offer, and they called you back.",
            "Who calls you when the index breaks?",
            "Cutting churn by 10 percent took you two quarters.",
            "You hired two people for it.",
            "Sie haben den Index angelegt und 40 Tabellen umgezogen.",
            "The score of the model fell after the release.",
            "A good candidate for caching was the price list.",
        ] {
            assert!(!VERDICTS.are_in(words), "{words}");
        }
    }

    #[test]
    fn protected_matters_are_seen() {
        for question in [
            "How old are you?",
            "What is your date of birth?",
            "Are you married?",
            "Do you have any children, and who looks after them?",
            "Are you planning to start a family soon?",
            "How would your family feel about night shifts?",
            "Where are you originally from?",
            "What is your religion?",
            "How is your health?",
            "Do you have a disability?",
            "Which party did you vote for?",
            "What are your political views?",
            "What is your sexual orientation?",
            "Wie alt sind Sie?",
            "Sind Sie verheiratet, und planen Sie Kinder?",
            "Quel âge avez-vous ?",
            "Êtes-vous enceinte ?",
            "¿Qué edad tiene?",
            "Quanti anni ha?",
            "Hoe oud bent u?",
            "Ile ma pan lat?",
            "Hur gammal är du?",
            "Сколько вам лет?",
            "您结婚了吗？",
            "ご年齢は何歳ですか。",
            "나이가 어떻게 되세요?",
        ] {
            assert!(PROTECTED.are_in(question), "{question}");
        }
    }

    #[test]
    fn the_same_words_in_the_work_are_none() {
        for question in [
            "How is your family of products ordered, and is your health service part of it?",
            "Which product in your family of products sold best, and why?",
            "How did the health service you worked for plan its wards?",
            "How does your health check endpoint tell that the database is gone?",
            "At what age of a cache entry do you refresh it?",
            "How would you explain a diagnosis to a patient's family?",
            "A child on the ward refuses a meal: what do you do?",
            "How did you settle the race condition?",
            "How do you plan care for pregnant patients with high blood pressure?",
            "Which parent class would you take the method out of?",
            "How do you teach children of different religions in one class?",
            "What was the disability service's backlog when you came?",
            "Wie altern Einträge in Ihrem Cache, und wer räumt sie weg?",
        ] {
            assert!(!PROTECTED.are_in(question), "{question}");
        }
    }

    /// The bank is the largest collection of lawful questions that there is here.
    #[test]
    fn no_question_of_the_bank_is_about_them() {
        let bank = crate::bank::Bank::shipped().expect("the shipped bank is valid");
        let met: Vec<&str> = bank
            .questions()
            .flat_map(|(_, q)| q.follow_ups.iter().map(|f| f.text.as_str()).chain([q.text.as_str()]))
            .filter(|text| PROTECTED.are_in(text))
            .collect();
        assert!(met.is_empty(), "{met:?}");
    }
}
