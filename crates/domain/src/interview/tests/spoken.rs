//! Answers that were spoken: words that come late, words misheard, what was heard of the interviewer.

use super::*;
use crate::evaluation::{Evaluation, Judgement, Overall};
use crate::ids::EvaluationId;

fn spoken(from_ms: u64, to_ms: u64, words: &[&str]) -> Box<Spoken> {
    let word = |text: &&str| SpokenWord { text: (*text).to_owned(), from_ms, to_ms };
    Box::new(Spoken {
        line: "line".to_owned(),
        from_ms,
        to_ms,
        ended_by: EndedBy::Silence,
        engine: None,
        words: words.iter().map(word).collect(),
        is_partial: false,
        others: Vec::new(),
    })
}

/// An interview whose first question was asked.
fn asked() -> State {
    let mut state = begun(20, &[Phase::Introduction, Phase::Behavioral]);
    step(&mut state, 0).expect("a question");
    state
}

/// And answered by voice.
fn answered(words: &str) -> (State, ResponseId) {
    let mut state = asked();
    let question_id = state.current_question().expect("a question").question.id;
    let response_id = ResponseId(id(900));
    let spoken = Some(spoken(0, 900, &["I"]));
    let input = Input::Answer { response_id, question_id, content: words.to_owned(), spoken };
    wish(&mut state, input, 1_000).expect("it is taken");
    (state, response_id)
}

fn judged(state: &mut State, response_id: ResponseId) {
    let judgement = Judgement {
        engine: engine(),
        rubric: state.settings.rubric.clone(),
        criteria: Vec::new(),
        key_points: Vec::new(),
        overall: Overall { score: None, coverage: 0.0 },
        strengths: Vec::new(),
        areas_for_improvement: Vec::new(),
    };
    let evaluation = Evaluation {
        id: EvaluationId(id(800)),
        session_id: Some(state.id),
        question_id: None,
        response_id: Some(response_id),
        judgement,
        created_at: at(1_500),
    };
    wish(state, Input::Evaluated(Box::new(evaluation)), 1_500).expect("it is taken");
}

fn response(state: &State, id: ResponseId) -> &Response {
    state.response(id).expect("it is there").1
}

#[test]
fn what_is_said_after_the_end_belongs_to_the_answer_and_its_judgement_no_longer_counts() {
    let (mut state, id) = answered("I built a harbour.");
    judged(&mut state, id);
    assert!(response(&state, id).evaluation.is_some());
    let spoken = spoken(1_200, 2_000, &["And"]);
    let others = vec![OtherVoice { from_ms: 1_900, to_ms: 2_000 }];
    let spoken = Box::new(Spoken { others: others.clone(), ..*spoken });
    let late = Input::Amend { response_id: id, added: " And a mole. ".to_owned(), spoken };
    wish(&mut state, late, 2_000).expect("it is taken");
    let answer = response(&state, id);
    assert_eq!((answer.content.as_str(), &answer.evaluation), ("I built a harbour. And a mole.", &None));
    let sound = answer.spoken.as_ref().expect("it was spoken");
    assert_eq!((sound.from_ms, sound.to_ms, sound.words.len()), (0, 2_000, 2));
    assert_eq!(sound.others, others);
}

#[test]
fn words_beyond_the_longest_answer_are_kept_with_their_places() {
    let (mut state, id) = answered("I built a harbour.");
    for (from_ms, to_ms) in [(1_200, 2_000), (2_200, 3_000)] {
        let added = "mole ".repeat(MAX_ANSWER_CHARS / 5);
        let late = Input::Amend { response_id: id, added, spoken: spoken(from_ms, to_ms, &["mole", "mole"]) };
        wish(&mut state, late, 3_000).expect("it is taken");
    }
    let answer = response(&state, id);
    let written = answer.content.chars().count();
    assert!((MAX_ANSWER_CHARS - 5..=MAX_ANSWER_CHARS).contains(&written), "{written}");
    assert_eq!(answer.spoken.as_ref().map(|sound| (sound.to_ms, sound.words.len())), Some((3_000, 5)));
}

#[test]
fn the_places_of_words_weigh() {
    let (mut state, id) = answered("I built a harbour.");
    let before = state.weight();
    let words = ["mole"; 200];
    let late =
        Input::Amend { response_id: id, added: "Mole.".to_owned(), spoken: spoken(1_200, 2_000, &words) };
    wish(&mut state, late, 2_000).expect("it is taken");
    assert!(state.weight() > before + 200 * 40, "{} after {before}", state.weight());
}

#[test]
fn only_the_last_answer_goes_on() {
    let (mut state, first) = answered("I built a harbour.");
    step(&mut state, 2_000).expect("another question");
    let late = || Input::Amend { response_id: first, added: "More.".to_owned(), spoken: spoken(0, 1, &[]) };
    assert!(decide(&state, late()).is_ok(), "the next question does not end it");
    answer(&mut state, 3_000);
    assert_eq!(decide(&state, late()), Err(Refusal::AlreadyAnswered));
}

#[test]
fn both_versions_of_a_correction_are_kept_until_it_is_judged() {
    let (mut state, id) = answered("I built a harper.");
    let correct = |text: &str| {
        let correction = Correction { content: text.to_owned(), instead_of: None };
        Input::Correct { response_id: id, correction }
    };
    wish(&mut state, correct("I built a harbor."), 1_100).expect("it is taken");
    wish(&mut state, correct("I built a harbour."), 1_200).expect("it is taken");
    let answer = response(&state, id);
    assert_eq!(answer.content, "I built a harbour.");
    assert_eq!(answer.misheard.as_deref(), Some("I built a harper."));
    assert_eq!(decide(&state, correct("I built a harbour.")), Ok(Vec::new()), "nothing changes");
    assert_eq!(decide(&state, correct(&"a".repeat(MAX_ANSWER_CHARS + 1))), Err(Refusal::TooLong));
    judged(&mut state, id);
    assert_eq!(decide(&state, correct("I did nothing.")), Err(Refusal::AlreadyEvaluated));
}

#[test]
fn a_correction_of_words_that_have_grown_meanwhile_loses_nothing() {
    let (mut state, id) = answered("I built a harper.");
    let late =
        Input::Amend { response_id: id, added: "And a mole.".to_owned(), spoken: spoken(1_200, 2_000, &[]) };
    wish(&mut state, late, 1_100).expect("it is taken");
    let correct = |content: &str, instead_of: &str| {
        let correction = Correction { content: content.to_owned(), instead_of: Some(instead_of.to_owned()) };
        Input::Correct { response_id: id, correction }
    };
    let stale = correct("I built a harbour.", "I built a harper.");
    assert_eq!(decide(&state, stale), Err(Refusal::AnswerChanged));
    let fresh = correct("I built a harbour. And a mole.", "I built a harper. And a mole.");
    wish(&mut state, fresh.clone(), 1_200).expect("it is taken");
    assert_eq!(decide(&state, fresh), Ok(Vec::new()), "sent twice, it was done once");
}

#[test]
fn what_was_typed_was_not_misheard() {
    let mut state = asked();
    let id = say(&mut state, "I built a harbour.", 1_000);
    let correction = Correction { content: "I did.".to_owned(), instead_of: None };
    assert_eq!(decide(&state, Input::Correct { response_id: id, correction }), Err(Refusal::NotSpoken));
}

#[test]
fn of_a_question_the_most_that_was_heard_is_known() {
    let mut state = asked();
    let question_id = Some(state.current_question().expect("a question").question.id);
    let heard =
        |text: &str, is_whole| Input::Heard(HeardReply { question_id, text: text.to_owned(), is_whole });
    wish(&mut state, heard("What are …", false), 10).expect("it is taken");
    wish(&mut state, heard("What are you proud of?", true), 20).expect("it is taken");
    assert_eq!(decide(&state, heard("What …", false)), Ok(Vec::new()));
    let known = state.current_question().expect("a question").heard.clone().expect("it was heard");
    assert!(known.is_whole);
}

#[test]
fn nobody_speaks_in_an_interview_that_is_over() {
    let mut state = asked();
    let join = || Input::JoinVoice { line: "line".to_owned(), transport: Transport::WebSocket, voice: None };
    wish(&mut state, join(), 10).expect("it is taken");
    wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 20).expect("it ends");
    assert!(matches!(decide(&state, join()), Err(Refusal::WrongStatus { .. })));
}

#[test]
fn a_voice_that_was_chosen_speaks_until_another_one_is() {
    let mut state = asked();
    let join = |voice: Option<&str>| Input::JoinVoice {
        line: "line".to_owned(),
        transport: Transport::WebRtc,
        voice: voice.map(str::to_owned),
    };
    for (at, chosen, speaks) in [
        (10, None, None),
        (20, Some("omar"), Some("omar")),
        (30, None, Some("omar")),
        (40, Some("mei"), Some("mei")),
    ] {
        wish(&mut state, join(chosen), at).expect("it is taken");
        assert_eq!(state.voice.as_deref(), speaks);
    }
}

#[test]
fn words_of_an_answer_that_is_not_finished_wait_until_it_is() {
    let mut state = asked();
    let current = state.current_question().expect("a question").question.id;
    let hold = |question_id, text: &str| Input::Hold {
        question_id,
        unfinished: Unfinished { line: "line".to_owned(), text: text.to_owned(), lost_ms: Some(400) },
    };
    wish(&mut state, hold(current, "I built"), 10).expect("it is taken");
    assert_eq!(decide(&state, hold(current, "I built")), Ok(Vec::new()), "known already");
    assert_eq!(
        state.current_question().and_then(|asked| asked.unfinished.as_ref()).map(|u| &*u.text),
        Some("I built")
    );
    let elsewhere = QuestionId(id(9_999));
    assert_eq!(decide(&state, hold(elsewhere, "I built")), Err(Refusal::NotCurrent));
    assert_eq!(decide(&state, hold(current, &"a".repeat(MAX_ANSWER_CHARS + 1))), Err(Refusal::TooLong));
    wish(&mut state, Input::Pause, 15).expect("it pauses");
    wish(&mut state, hold(current, "I built a harbour"), 16).expect("a line may end in a pause");
    wish(&mut state, Input::Resume, 17).expect("it goes on");
    let answer = Input::Answer {
        response_id: ResponseId(id(7)),
        question_id: current,
        content: "I built a harbour.".to_owned(),
        spoken: None,
    };
    wish(&mut state, answer, 20).expect("it is taken");
    assert!(state.asked[0].unfinished.is_none());
    assert_eq!(decide(&state, hold(current, "I built")), Err(Refusal::NotCurrent));
}
