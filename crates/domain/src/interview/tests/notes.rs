//! What the interviewer notices, its last words, and what models cost.

use super::*;
use crate::evaluation::Quote;
use crate::model_call::{ModelCall, ModelPurpose, TokenUsage};

/// An interview with one answer.
fn answered(words: &str) -> (State, ResponseId) {
    let mut state = begun(20, &[Phase::Technical, Phase::WrapUp]);
    step(&mut state, 0).expect("the first question");
    let response = say(&mut state, words, 1_000);
    (state, response)
}

fn said(response_id: ResponseId, text: &str, start: usize) -> Said {
    let end = start + text.chars().count();
    Said { response_id, quote: Quote { text: text.to_owned(), start, end } }
}

fn call(micros: Option<u64>) -> Input {
    Input::Asked(Box::new(ModelCall {
        purpose: ModelPurpose::Turn,
        prompt: "test-v1".to_owned(),
        attempts: Vec::new(),
        model: None,
        usage: TokenUsage::default(),
        micros,
    }))
}

#[test]
fn a_note_on_words_that_were_not_said_is_refused() {
    let (mut state, response) = answered("Für uns zählt: how big is the team?");
    let stands = || said(response, "how big is the team", 15);
    let stray = ResponseId(id(9));
    for not_said in [
        said(response, "how small is the team", 15),
        said(response, "how big is the team", 16),
        said(response, "", 15),
        said(stray, "how big is the team", 15),
    ] {
        for note in [
            Note::CandidateAsked { asked: not_said.clone(), answer: None },
            Note::Conduct { said: not_said.clone(), warning: 1 },
            Note::Contrast { earlier: stands(), later: not_said.clone() },
            Note::Contrast { earlier: not_said.clone(), later: stands() },
        ] {
            assert_eq!(wish(&mut state, Input::Note(note), 2_000), Err(Refusal::NotSaid), "{not_said:?}");
        }
    }
    let stray = Input::Note(Note::OtherLanguage { response_id: stray });
    assert_eq!(wish(&mut state, stray, 2_000), Err(Refusal::NotSaid));
    assert_eq!(state.notes, []);
    let note = Note::CandidateAsked { asked: stands(), answer: None };
    wish(&mut state, Input::Note(note.clone()), 2_000).expect("these words were said");
    assert_eq!(state.notes, [note]);
}

#[test]
fn the_third_warning_ends_the_interview_whatever_number_a_note_says() {
    let (mut state, response) = answered("you are stupid");
    for (claimed, warning) in [(7, 1), (0, 2), (1, 3)] {
        assert!(!state.is_over());
        let note = Note::Conduct { said: said(response, "stupid", 8), warning: claimed };
        wish(&mut state, Input::Note(note), 2_000).expect("it was said");
        let said = said(response, "stupid", 8);
        assert_eq!(state.notes.last(), Some(&Note::Conduct { said, warning }));
        assert_eq!(state.conduct_warnings(), warning);
    }
    let reason = CompletionReason::Conduct;
    assert_eq!(state.status, Status::Completed { at: at(2_000), reason });
    assert_eq!(state.notes.len(), MAX_CONDUCT_WARNINGS as usize + 1);
}

#[test]
fn other_notes_are_no_warnings() {
    let (mut state, response) = answered("you are stupid");
    for _ in 0..5 {
        let note = Note::OtherLanguage { response_id: response };
        wish(&mut state, Input::Note(note), 2_000).expect("there is such an answer");
    }
    assert_eq!(state.conduct_warnings(), 0);
    for _ in 0..MAX_CONDUCT_WARNINGS {
        let note = Note::Conduct { said: said(response, "stupid", 8), warning: 0 };
        wish(&mut state, Input::Note(note), 2_000).expect("it was said");
    }
    let note = Note::CandidateAsked { asked: said(response, "are", 4), answer: None };
    wish(&mut state, Input::Note(note), 3_000).expect("it was said");
    assert!(!state.is_over(), "a question after the last warning ends nothing");
}

#[test]
fn nothing_is_noted_in_a_pause_or_after_the_end() {
    let (mut state, response) = answered("words");
    let note = || Input::Note(Note::OtherLanguage { response_id: response });
    wish(&mut state, Input::Pause, 2_000).expect("it can be paused");
    assert!(matches!(wish(&mut state, note(), 2_000), Err(Refusal::WrongStatus { status: "paused", .. })));
    wish(&mut state, Input::Abandon, 3_000).expect("nobody comes back");
    assert!(matches!(wish(&mut state, note(), 3_000), Err(Refusal::WrongStatus { status: "abandoned", .. })));
}

#[test]
fn the_last_words_are_kept() {
    let (mut state, _) = answered("words");
    let end = Input::Farewell(CompletionReason::Finished, "Thank you, and goodbye.".to_owned());
    wish(&mut state, end.clone(), 2_000).expect("it can be ended");
    assert_eq!(state.farewell.as_deref(), Some("Thank you, and goodbye."));
    assert_eq!(state.status, Status::Completed { at: at(2_000), reason: CompletionReason::Finished });
    assert!(matches!(wish(&mut state, end, 3_000), Err(Refusal::WrongStatus { status: "completed", .. })));

    let (mut state, _) = answered("words");
    wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 2_000).expect("it can be ended");
    assert_eq!(state.farewell, None);
}

#[test]
fn what_models_cost_adds_up_also_after_the_end() {
    let (mut state, _) = answered("words");
    wish(&mut state, call(Some(40)), 2_000).expect("it is noted");
    wish(&mut state, call(None), 2_000).expect("without a price as well");
    wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 3_000).expect("it can be ended");
    wish(&mut state, call(Some(2)), 4_000).expect("a judgement comes late");
    assert_eq!(state.spent_micros, 42);
    let ended = Status::Completed { at: at(3_000), reason: CompletionReason::EndedEarly };
    assert_eq!((state.status, state.used_ms), (ended, 3_000), "a call takes none of the candidate's time");
}
