//! Follow-ups: patience and time.

use super::*;
use crate::evaluation::Quote;

#[test]
fn follow_ups_end_with_the_interviewers_patience() {
    let mut state = begun(20, &[Phase::Technical, Phase::WrapUp]);
    step(&mut state, 0).expect("the first question");
    answer(&mut state, 10_000);
    let probe = || {
        Some(Probe {
            said: Quote { text: "words".to_owned(), start: 0, end: 5 },
            text: "why?".to_owned(),
            asks_for: 0,
        })
    };
    let Move::FollowUp { parent, .. } = next_move(&state, probe(), at(10_000)) else { panic!("a follow-up") };
    let follow_up = question(2, &item("", Phase::Technical), Some(parent.id));
    wish(&mut state, Input::Ask(follow_up), 10_000).expect("it can be asked");
    answer(&mut state, 20_000);
    assert!(matches!(next_move(&state, probe(), at(20_000)), Move::Ask { .. }));
}

/// Asks a follow-up to the question `parent`, and answers it.
fn follow_up(state: &mut State, parent: QuestionId, ms: i64) {
    let n = state.asked.len() as u64 + 1;
    let phase = state.phase();
    wish(state, Input::Ask(question(n, &item("", phase), Some(parent))), ms).expect("it can be asked");
    answer(state, ms);
}

fn parent_at(state: &State, ms: i64) -> Option<QuestionId> {
    follow_up_parent(state, at(ms)).map(|question| question.id)
}

#[test]
fn who_digs_deeper_follows_up_a_follow_up_under_the_same_question() {
    let digging = Settings { personality: Personality::Challenging, ..settings(20) };
    let mut state = begun_with(digging, &[Phase::Technical, Phase::WrapUp]);
    assert_eq!(parent_at(&state, 0), None, "nothing was asked yet");
    step(&mut state, 0).expect("the first question");
    assert_eq!(parent_at(&state, 0), None, "the question waits");
    answer(&mut state, 1_000);
    let root = state.asked[0].question.id;
    assert_eq!(parent_at(&state, 1_000), Some(root));
    follow_up(&mut state, root, 2_000);
    assert_eq!(parent_at(&state, 2_000), Some(root), "the first question, not its follow-up");
    follow_up(&mut state, root, 3_000);
    assert_eq!(parent_at(&state, 3_000), None, "patience is used up");
    step(&mut state, 4_000).expect("the wrap-up");
    answer(&mut state, 5_000);
    assert_eq!(parent_at(&state, 5_000), None, "nothing is followed up in the wrap-up");
}

#[test]
fn time_for_a_follow_up_ends_with_its_part_and_before_the_wrap_up() {
    // Ten minutes: the technical part ends after 333.75 s; the wrap-up takes 30 s, a follow-up 60 s.
    for (phase, last_ms) in [(Phase::Technical, 333_749), (Phase::Scenario, 509_999)] {
        let mut state = begun(10, &[phase, Phase::WrapUp]);
        step(&mut state, 0).expect("the first question");
        answer(&mut state, 10_000);
        assert!(parent_at(&state, last_ms).is_some(), "{phase:?}");
        assert_eq!(parent_at(&state, last_ms + 1), None, "{phase:?}");
    }
}

#[test]
fn nobody_is_followed_up_in_a_pause_or_after_the_end() {
    let mut state = begun(20, &[Phase::Technical]);
    step(&mut state, 0).expect("the first question");
    answer(&mut state, 1_000);
    wish(&mut state, Input::Pause, 2_000).expect("it can be paused");
    assert_eq!(parent_at(&state, 2_000), None);
    wish(&mut state, Input::Resume, 3_000).expect("it can go on");
    assert!(parent_at(&state, 3_000).is_some());
    wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 4_000).expect("it can be ended");
    assert_eq!(parent_at(&state, 4_000), None);
}
