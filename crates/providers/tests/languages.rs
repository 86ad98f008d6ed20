//! The built-in judge in the languages of the bank.

use greenroom_domain::bank::BankQuestion;
use greenroom_domain::evaluation::{Judgement, Outcome};
use greenroom_providers::bank::Bank;
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Judge, Subject};

/// Judged by the default rubric for practice.
async fn judged_in(language: &str, question: &BankQuestion, answer: &str) -> Judgement {
    let subject = Subject {
        question: &question.text,
        answer,
        reference: Some(&question.reference),
        key_points: &question.key_points,
        kind: Some(question.kind),
        language,
    };
    BuiltinJudge.judge(subject, &greenroom_scoring::rubrics::practice_core()).await.judgement
}

#[tokio::test]
async fn answers_in_languages_of_the_bank_are_told_apart() {
    let bank = Bank::shipped().expect("the bank");
    for language in ["de", "es", "fr", "hi", "zh"] {
        let core = bank.core().iter().filter_map(|id| bank.question_in(language, id));
        let core: Vec<&BankQuestion> = core.step_by(17).collect();
        for (at, question) in core.iter().enumerate() {
            let sounds = question.sounds_like.as_ref().expect("samples");
            let mut marks = Vec::new();
            for answer in [&question.reference, &sounds.high, &sounds.low] {
                marks.push(judged_in(language, question, answer).await.overall.score.expect("a total"));
            }
            assert!(marks[0] >= 7.5 && marks[1] > marks[2] + 2.0, "{language} {}: {marks:?}", question.id);
            let strange = &core[(at + 1) % core.len()].reference;
            let strange = judged_in(language, question, strange).await.overall.score;
            assert!(
                strange.is_none_or(|mark| mark + 2.0 < marks[1]),
                "{language} {}: {strange:?} {marks:?}",
                question.id
            );
        }
    }
}

#[tokio::test]
async fn what_cannot_be_compared_in_its_language_is_not_assessed() {
    let bank = Bank::shipped().expect("the bank");
    let english = bank.question(&bank.core()[0]).expect("a question");
    let german = bank.question_in("de", &bank.core()[0]).expect("a question");
    let judgement = judged_in("de", english, &german.reference).await;
    assert_eq!(judgement.overall.score, None, "a German answer by English key points");
    assert!(judgement.key_points.iter().all(|point| !point.covered));
    let judgement = judged_in("de", german, &german.reference).await;
    let completeness = judgement.criteria.iter().find(|criterion| criterion.key == "completeness");
    assert!(matches!(completeness.expect("it").outcome, Outcome::Assessed { range: Some(_), .. }));
    let structure = judgement.criteria.iter().find(|criterion| criterion.key == "structure");
    assert_eq!(structure.expect("it").score(), None, "its signs are English words");
}
