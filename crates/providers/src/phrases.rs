//! What an interviewer never says: marks and verdicts, and questions about protected matters. The patterns are data:
//! `data/verdicts.toml`, `data/protected.toml`. They are lists, not proofs: what they do not know is said.

use crate::model_text::folded::{Folded, pattern};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Marks and verdicts on the candidate.
pub(crate) static VERDICTS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../data/verdicts.toml")));

/// Questions about matters that the law protects.
pub(crate) static PROTECTED: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../data/protected.toml")));

/// A list of phrases in several languages.
pub(crate) struct Phrases {
    harmless: Vec<Regex>,
    /// Each with the number of its ground.
    patterns: Vec<(usize, Regex)>,
    grounds: Vec<String>,
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
    #[serde(default = "any_ground")]
    ground: String,
    patterns: Vec<String>,
}

fn any_ground() -> String {
    "protected matters".to_owned()
}

impl Phrases {
    fn new(file: &str) -> Self {
        let list: List = toml::from_str(file).expect("the shipped lists are valid; a test reads them");
        let numbered = list.language.iter().enumerate();
        let patterns = numbered.flat_map(|(n, language)| language.patterns.iter().map(move |text| (n, text)));
        Self {
            harmless: list.harmless.iter().map(|text| pattern(text)).collect(),
            patterns: patterns.map(|(ground, text)| (ground, pattern(text))).collect(),
            grounds: list.language.into_iter().map(|language| language.ground).collect(),
        }
    }

    /// Whether any of them stands in `text`, in any of the languages.
    pub fn are_in(&self, text: &str) -> bool {
        self.ground_in(text).is_some()
    }

    /// What the first of them that stands in `text` is about.
    pub fn ground_in(&self, text: &str) -> Option<&str> {
        let mut folded = Folded::new(text).text;
        for harmless in &self.harmless {
            folded = harmless.replace_all(&folded, "…").into_owned();
        }
        let (ground, _) = self.patterns.iter().find(|(_, pattern)| pattern.is_match(&folded))?;
        self.grounds.get(*ground).map(String::as_str)
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

    /// Two of each ground at least, each with the ground that is named.
    #[test]
    fn each_ground_is_named() {
        for (ground, question) in [
            ("age", "How old are you, if I may ask?"),
            ("age", "What year did you graduate?"),
            ("age", "When do you plan to retire?"),
            ("age", "Are you over 50?"),
            ("family", "Are you divorced?"),
            ("family", "Who looks after your kids when you work late?"),
            ("family", "Do you live with your parents?"),
            ("family", "Are you a single mother?"),
            ("pregnancy", "Are you pregnant at the moment?"),
            ("pregnancy", "Will you be taking maternity leave soon?"),
            ("religion", "Which church do you belong to?"),
            ("religion", "Are you a practising Muslim?"),
            ("religion", "Do you observe Ramadan?"),
            ("health", "Do you suffer from any chronic illness?"),
            ("health", "Have you ever been hospitalised?"),
            ("health", "How many sick days did you take last year?"),
            ("disability", "Are you disabled in any way?"),
            ("disability", "Do you have any impairments?"),
            ("origin", "Where were you born?"),
            ("origin", "Where are your parents from?"),
            ("origin", "Your accent is lovely, what is it?"),
            ("citizenship", "Are you a US citizen?"),
            ("citizenship", "Which passport do you hold?"),
            ("orientation", "Are you gay?"),
            ("orientation", "What is your gender identity?"),
            ("politics", "Which party do you support?"),
            ("politics", "Do you vote?"),
            ("union membership", "Are you a union member?"),
            ("union membership", "Have you ever joined a trade union?"),
            ("criminal record", "Have you ever been arrested?"),
            ("criminal record", "Do you have a criminal record?"),
            ("salary history", "What was your last salary?"),
            ("salary history", "How much do you earn now?"),
            ("salary history", "How much did you make in your last job?"),
            ("military service", "Have you ever served in the army?"),
            ("military service", "Did you do your military service?"),
        ] {
            assert_eq!(PROTECTED.ground_in(question), Some(ground), "{question}");
        }
    }

    #[test]
    fn the_trade_may_be_asked_about() {
        for question in [
            "How do you work through aged receivables at month end?",
            "Which members of the family of products would you drop?",
            "How do you support a legacy system that nobody understands?",
            "What does health and safety ask of you before a hot work permit?",
            "A pregnant patient comes in with a headache: what do you check?",
            "How do you group children who read at different levels?",
            "Which age group have you taught, and what did you change for it?",
            "Do you have the right to work in this country?",
            "Are you legally allowed to work here?",
            "A guest asks for a prayer room at noon: what do you do?",
            "How do you seat guests at a wedding when two families do not speak?",
            "How would you run a criminal records check for volunteers?",
            "How do you tell a manager that she may not ask applicants about their salary history?",
            "How do you set a salary range for a new post?",
            "How much did you earn back for the client through that claim?",
            "How do you retire a service that three customers still use?",
            "A veteran asks for help with a claim: where do you begin?",
            "How do you bargain with union representatives over shifts?",
            "How would you plan cover for somebody on parental leave?",
            "What is your parental leave policy for contractors?",
            "How do you pick accent colours that pass a contrast check?",
            "Your accent colour fails the contrast check: what now?",
            "Which gender balance did you find in the survey data?",
            "How do you write a form that asks for nationality lawfully?",
            "How do you vote on the size of a story in your team?",
            "How did the military customer change your tests?",
            "How do you hand over a patient who was discharged from the army hospital?",
            "What do you do when a parent will not collect a sick child?",
            "How do you report a pupil's disability to the exam board?",
            "How do you keep medical history out of the logs?",
            "What did your mental health team change after the audit?",
            "How did you plan the election night on the news desk?",
            "Which citizens' services would you put online first?",
            "How do you balance a heap of widows and orphans in page layout?",
        ] {
            assert_eq!(PROTECTED.ground_in(question), None, "{question}");
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
