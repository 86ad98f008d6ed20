//! Questions, answers and time.

use super::*;

#[test]
fn a_quick_candidate_gets_the_whole_plan_in_order() {
    let mut state = begun(20, &[Phase::Introduction, Phase::Technical, Phase::Behavioral, Phase::WrapUp]);
    for n in 0..4 {
        assert_eq!(step(&mut state, n * 10_000), Ok(format!("q{n}")));
        answer(&mut state, n * 10_000 + 5_000);
    }
    assert_eq!(step(&mut state, 60_000), Err(CompletionReason::Finished));
}

#[test]
fn who_runs_long_still_comes_to_every_phase() {
    let phases = [Phase::Technical, Phase::Technical, Phase::Technical, Phase::Behavioral, Phase::WrapUp];
    let mut state = begun(10, &phases);
    assert_eq!(step(&mut state, 0), Ok("q0".to_owned()));
    // Eight of ten minutes for the first answer: the other technical questions are given up.
    answer(&mut state, 8 * 60_000);
    assert_eq!(step(&mut state, 8 * 60_000), Ok("q3".to_owned()));
    assert_eq!(state.plan.items.len(), 3);
    answer(&mut state, 9 * 60_000 + 35_000);
    assert_eq!(step(&mut state, 9 * 60_000 + 35_000), Ok("q4".to_owned()));
}

#[test]
fn time_up_ends_it() {
    let mut state = begun(5, &[Phase::Technical, Phase::WrapUp]);
    step(&mut state, 0).expect("the first question");
    answer(&mut state, 5 * 60_000);
    assert_eq!(step(&mut state, 5 * 60_000), Err(CompletionReason::TimeUp));
}

#[test]
fn a_pause_costs_nothing_and_time_away_is_capped() {
    let mut state = begun(60, &[Phase::Technical]);
    step(&mut state, 0).expect("the first question");
    wish(&mut state, Input::Pause, 10_000).expect("it can be paused");
    assert_eq!(next_move(&state, None, at(20_000)), Move::Wait);
    wish(&mut state, Input::Resume, 3_600_000).expect("it can go on");
    assert_eq!(state.used_ms_at(at(3_600_000)), 10_000);
    // A day away without a pause counts as ten minutes, a clock set back as nothing.
    assert_eq!(state.used_ms_at(at(90_000_000)), 10_000 + TURN_CAP_MS);
    assert_eq!(state.used_ms_at(at(0)), 10_000);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut state = begun(20, &[Phase::Technical]);
    let stray = |question_id| Input::Answer {
        response_id: ResponseId(id(9)),
        question_id,
        content: String::new(),
        spoken: None,
    };
    assert_eq!(wish(&mut state, stray(QuestionId(id(4))), 0), Err(Refusal::Unknown));
    step(&mut state, 0).expect("the first question");
    let first = state.asked[0].question.id;
    answer(&mut state, 1_000);
    assert_eq!(wish(&mut state, stray(first), 2_000), Err(Refusal::AlreadyAnswered));
    assert!(matches!(
        wish(&mut state, Input::Resume, 2_000),
        Err(Refusal::WrongStatus { status: "active", .. })
    ));
    let again =
        Input::AnswerAgain { response_id: ResponseId(id(10)), question_id: first, content: "x".to_owned() };
    assert!(matches!(wish(&mut state, again.clone(), 2_000), Err(Refusal::WrongStatus { .. })));
    wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 3_000).expect("it can be ended");
    assert!(wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 3_000).is_err());
    wish(&mut state, again, 4_000).expect("answering again is for after the interview");
    assert_eq!(state.asked[0].responses.iter().map(|r| r.attempt).collect::<Vec<_>>(), [1, 2]);
    let long = "x".repeat(MAX_ANSWER_CHARS + 1);
    let long = Input::AnswerAgain { response_id: ResponseId(id(11)), question_id: first, content: long };
    assert_eq!(wish(&mut state, long, 5_000), Err(Refusal::TooLong));
}

#[test]
fn the_shares_of_the_time_sum_to_one() {
    use InterviewType::{Behavioral, Case, Situational, Technical};
    for types in
        [vec![Technical], vec![Behavioral], vec![Case, Situational], vec![Technical, Behavioral, Case]]
    {
        let sum: f64 = shares(&types).iter().map(|s| s.share).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{types:?}: {sum}");
    }
}
