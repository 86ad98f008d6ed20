//! Answers of a known order must come out in that order.

use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::{Judgement, NotAssessed, Outcome};
use greenroom_domain::interview::InterviewType;
use greenroom_scoring::{Item, judge::judge, rubrics};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ladder {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    kind: InterviewType,
    text: String,
    reference: String,
    key_points: Vec<KeyPoint>,
    salad: String,
    off_topic: String,
    weak: String,
    middling: String,
    strong: String,
}

fn ladder() -> Vec<Question> {
    let parsed: Ladder =
        toml::from_str(include_str!("../../../evals/ladder/core.toml")).expect("the ladder is valid");
    parsed.question
}

fn judged(question: &Question, answer: &str) -> Judgement {
    let item = Item {
        question: &question.text,
        answer,
        reference: Some(&question.reference),
        key_points: &question.key_points,
        kind: Some(question.kind),
        language: "en",
    };
    judge(&item, &rubrics::practice_core())
}

fn total(question: &Question, answer: &str) -> f64 {
    judged(question, answer).overall.score.unwrap_or(0.0)
}

fn cause(judgement: &Judgement) -> Option<NotAssessed> {
    match &judgement.criteria.first()?.outcome {
        Outcome::NotAssessed { cause, .. } => Some(*cause),
        Outcome::Assessed { .. } => None,
    }
}

#[test]
fn better_answers_score_higher() {
    for question in ladder() {
        let rungs = [&question.salad, &question.weak, &question.middling, &question.strong];
        let scores: Vec<f64> = rungs.iter().map(|answer| total(&question, answer)).collect();
        assert!(scores.is_sorted_by(|a, b| a < b), "{}: {scores:?}", question.id);
        let off_topic = total(&question, &question.off_topic);
        assert!(off_topic < scores[2], "{}: off-topic {off_topic} against {scores:?}", question.id);
    }
}

#[test]
fn what_cannot_be_judged_gets_no_number() {
    for question in ladder() {
        let expected = [
            ("", NotAssessed::Silence),
            ("   \n", NotAssessed::Silence),
            ("fine", NotAssessed::TooShort),
            ("👍", NotAssessed::Silence),
            ("I don't know.", NotAssessed::NoEvidence),
            (question.text.as_str(), NotAssessed::Copied),
            (
                "Ich habe in meinem letzten Projekt die Anforderungen mit dem Team besprochen und danach eine Lösung gebaut.",
                NotAssessed::OtherLanguage,
            ),
        ];
        for (answer, wanted) in expected {
            let judgement = judged(&question, answer);
            assert_eq!(cause(&judgement), Some(wanted), "{}: {answer:?}", question.id);
            assert_eq!(judgement.overall.score, None);
        }
    }
}

#[test]
fn every_quote_stands_in_the_answer() {
    for question in ladder() {
        for answer in
            [&question.weak, &question.middling, &question.strong, &question.salad, &question.off_topic]
        {
            let judgement = judged(&question, answer);
            let quotes = judgement.criteria.iter().flat_map(|criterion| criterion.quotes());
            let points = judgement.key_points.iter().filter_map(|point| point.quote.as_ref());
            for quote in quotes.chain(points) {
                assert!(quote.holds(answer), "{}: {quote:?}", question.id);
            }
            for criterion in judgement.criteria.iter().filter(|criterion| criterion.score().is_some()) {
                assert!(!criterion.quotes().is_empty(), "{}: {} has no quote", question.id, criterion.key);
            }
        }
    }
}

#[test]
fn padding_and_case_change_little() {
    for question in ladder() {
        let strong = total(&question, &question.strong);
        let lower = total(&question, &question.strong.to_lowercase());
        let padded = total(&question, &format!("Um, thank you for the question. {}", question.strong));
        assert!((strong - lower).abs() <= 0.5, "{}: {strong} and {lower} in lower case", question.id);
        assert!((strong - padded).abs() <= 0.5, "{}: {strong} and {padded} padded", question.id);
    }
}
