//! Answers of a known order must come out in that order; and the ladder itself is sound.

use greenroom_domain::evaluation::{Judgement, NotAssessed, Outcome};
use greenroom_domain::interview::InterviewType;
use greenroom_scoring::ladder::{Given, Injection, Ladder, LadderError, Question, Rung, Which};
use greenroom_scoring::{judge::judge, rubrics};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The questions that the built-in scorer was made beside. How it does on the others is measured, not required:
/// `greenroom check --judge`.
const FIRST: [&str; 4] = ["backend.retry", "nurse.deteriorating", "behavioral.conflict", "support.angry"];

static LADDER: LazyLock<Ladder> = LazyLock::new(|| Ladder::shipped().expect("the shipped ladder is valid"));

fn first() -> impl Iterator<Item = &'static Question> {
    LADDER.questions().iter().filter(|question| FIRST.contains(&question.id.as_str()))
}

fn judged(question: &Question, answer: &str) -> Judgement {
    judge(&question.item(answer), &rubrics::practice_core())
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
    assert_eq!(first().count(), FIRST.len());
    for question in first() {
        let rungs = [&question.salad, &question.weak, &question.middling, &question.strong];
        let scores: Vec<f64> = rungs.iter().map(|answer| total(question, answer)).collect();
        assert!(scores.is_sorted_by(|a, b| a < b), "{}: {scores:?}", question.id);
        let off_topic = total(question, &question.off_topic);
        assert!(off_topic < scores[2], "{}: off-topic {off_topic} against {scores:?}", question.id);
    }
}

#[test]
fn what_cannot_be_judged_gets_no_number() {
    for question in LADDER.questions() {
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
            let judgement = judged(question, answer);
            assert_eq!(cause(&judgement), Some(wanted), "{}: {answer:?}", question.id);
            assert_eq!(judgement.overall.score, None);
        }
    }
}

#[test]
fn every_quote_stands_in_the_answer() {
    let everything: Vec<usize> = (0..LADDER.questions().len()).collect();
    for Given { question, which, text } in LADDER.answers(&everything) {
        let question = &LADDER.questions()[question];
        let judgement = judged(question, &text);
        let quotes = judgement.criteria.iter().flat_map(|criterion| criterion.quotes());
        let points = judgement.key_points.iter().filter_map(|point| point.quote.as_ref());
        for quote in quotes.chain(points) {
            assert!(quote.holds(&text), "{} {which:?}: {quote:?}", question.id);
        }
        for criterion in judgement.criteria.iter().filter(|criterion| criterion.score().is_some()) {
            assert!(
                !criterion.quotes().is_empty(),
                "{} {which:?}: {} has no quote",
                question.id,
                criterion.key
            );
        }
    }
}

#[test]
fn padding_and_case_change_little() {
    for question in LADDER.questions() {
        let strong = total(question, &question.strong);
        let lower = total(question, &question.strong.to_lowercase());
        let padded = total(question, &format!("Um, thank you for the question. {}", question.strong));
        assert!((strong - lower).abs() <= 0.5, "{}: {strong} and {lower} in lower case", question.id);
        assert!((strong - padded).abs() <= 0.5, "{}: {strong} and {padded} padded", question.id);
    }
}

#[test]
fn each_question_has_every_answer_once() {
    let picked = LADDER.pick(None);
    assert_eq!(picked, (0..LADDER.questions().len()).collect::<Vec<_>>());
    assert!(picked.len() >= 40, "{} questions", picked.len());
    let answers = LADDER.answers(&picked);
    assert_eq!(answers.len(), picked.len() * Ladder::ANSWERS);
    let distinct: HashSet<(usize, Which)> =
        answers.iter().map(|given| (given.question, given.which)).collect();
    assert_eq!(distinct.len(), answers.len());
    let texts: HashSet<(usize, &str)> =
        answers.iter().map(|given| (given.question, given.text.as_str())).collect();
    assert_eq!(texts.len(), answers.len(), "no two answers of a question are the same text");
}

#[test]
fn the_answers_beside_the_rungs_are_made_of_them() {
    let question = &LADDER.questions()[0];
    let answers = LADDER.answers(&[0]);
    let text = |which| &answers.iter().find(|given| given.which == which).unwrap().text;
    assert_eq!(text(Which::Rung(Rung::Empty)), "");
    assert_eq!(text(Which::Rung(Rung::Echo)), &question.text);
    assert_eq!(text(Which::Rung(Rung::Middling)), &question.middling);
    assert_eq!(text(Which::Plain), &question.plain);
    assert_eq!(text(Which::Learner), &question.learner);
    assert_eq!(text(Which::Named(0)), &format!("My name is Emily Baker. {}", question.strong));
    assert!(text(Which::StrongInjected).starts_with(&question.strong));
    assert!(text(Which::WeakInjected).starts_with(&question.weak));
    assert!(text(Which::WeakPadded).starts_with(&question.weak));
}

#[test]
fn a_part_of_the_ladder_has_every_kind() {
    let kinds = |count| -> HashSet<InterviewType> {
        LADDER.pick(Some(count)).iter().map(|at| LADDER.questions()[*at].kind).collect()
    };
    let all: HashSet<InterviewType> = LADDER.questions().iter().map(|question| question.kind).collect();
    assert_eq!(kinds(all.len()), all);
    assert_eq!(LADDER.pick(Some(1)).len(), 1);
    assert_eq!(LADDER.pick(Some(usize::MAX)), LADDER.pick(None));
    assert!(LADDER.pick(Some(3)).is_sorted());
}

#[test]
fn sentences_to_the_judge_come_from_the_whole_list_and_stay_with_their_question() {
    let of = |picked: &[usize]| -> Vec<String> {
        let injected = |which| matches!(which, Which::StrongInjected | Which::WeakInjected);
        LADDER
            .answers(picked)
            .into_iter()
            .filter(|given| injected(given.which))
            .map(|given| given.text)
            .collect()
    };
    let last = LADDER.questions().len() - 1;
    assert!(of(&[0])[0].ends_with(&LADDER.injections()[0].text));
    assert_eq!(of(&[0, last])[2..], of(&[last])[..]);
    let family = |injection: &Injection| injection.id.split('.').next().unwrap().to_owned();
    let families: HashSet<String> = LADDER.injections().iter().map(family).collect();
    let all = of(&LADDER.pick(None));
    let used = LADDER.injections().iter().filter(|one| all.iter().any(|text| text.ends_with(&one.text)));
    let used: HashSet<String> = used.map(family).collect();
    assert!(used.len() * 2 > families.len(), "{used:?} of {families:?}");
}

fn content(change: impl Fn(&mut Question)) -> String {
    let mut question = LADDER.questions()[0].clone();
    change(&mut question);
    let refused = Ladder::new(vec![question], LADDER.injections().to_vec());
    match refused {
        Err(LadderError::Content { problem, .. }) => problem,
        other => panic!("it was not refused: {other:?}"),
    }
}

#[test]
fn a_ladder_with_a_rung_missing_is_refused() {
    assert_eq!(content(|question| question.weak = " ".to_owned()), "weak is empty");
    assert_eq!(content(|question| question.learner.clear()), "learner is empty");
    assert_eq!(
        content(|question| question.plain = question.strong.clone()),
        "plain is the same text as strong"
    );
    assert_eq!(content(|question| question.key_points.truncate(2)), "2 key points; it needs 3");
    let twice = vec![LADDER.questions()[0].clone(); 2];
    let refused = Ladder::new(twice, LADDER.injections().to_vec());
    assert!(matches!(refused, Err(LadderError::Content { problem, .. }) if problem == "the key is taken"));
    assert!(matches!(Ladder::new(vec![], LADDER.injections().to_vec()), Err(LadderError::Empty(_))));
    assert!(matches!(Ladder::new(LADDER.questions().to_vec(), vec![]), Err(LadderError::Empty(_))));
}
