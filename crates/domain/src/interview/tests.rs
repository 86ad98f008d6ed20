//! The rules of an interview, as stories.

use super::*;
use crate::bank::KeyPoint;
use crate::clock::Timestamp;
use crate::evaluation::{Engine, EngineKind, Quote};
use crate::ids::{QuestionId, ResponseId, SessionId};
use crate::rubric::RubricRef;
use proptest::prelude::*;
use uuid::Uuid;

fn at(ms: i64) -> Timestamp {
    Timestamp::new("2026-01-05T09:00:00Z".parse().expect("a valid moment")).plus_ms(ms)
}

fn id(n: u64) -> Uuid {
    Uuid::from_u64_pair(7, n)
}

fn settings(minutes: u32) -> Settings {
    Settings {
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical, InterviewType::Behavioral, InterviewType::Situational],
        duration_minutes: minutes,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: RubricRef { id: "practice_core".to_owned(), version: 1 },
        channel: Channel::Text,
    }
}

fn item(key: &str, phase: Phase) -> PlanItem {
    PlanItem {
        key: key.to_owned(),
        phase,
        kind: InterviewType::Technical,
        competency: "api_design".to_owned(),
        difficulty: Difficulty::Intermediate,
        minutes: 3,
        grounding: Vec::new(),
        wording: None,
    }
}

fn begun(minutes: u32, phases: &[Phase]) -> State {
    let items = phases.iter().enumerate().map(|(n, phase)| item(&format!("q{n}"), *phase)).collect();
    let plan = Plan { items, competencies: Vec::new() };
    let event = Event::Started { settings: settings(minutes), plan };
    State::begin(SessionId(id(1)), Logged { seq: 1, at: at(0), event }).expect("it begins with its start")
}

fn question(n: u64, item: &PlanItem, parent: Option<QuestionId>) -> Box<Question> {
    Box::new(Question {
        id: QuestionId(id(100 + n)),
        lead_in: None,
        content: format!("question {n}"),
        category: item.kind,
        phase: item.phase,
        difficulty: item.difficulty,
        competency: item.competency.clone(),
        tags: Vec::new(),
        parent_question_id: parent,
        order: n as u32,
        grounding: Vec::new(),
        bank_id: parent.is_none().then(|| item.key.clone()),
        plan_key: None,
        minutes: item.minutes,
        key_points: Vec::<KeyPoint>::new(),
        reference: None,
        engine: Engine { kind: EngineKind::Builtin, name: "test".to_owned(), version: "1".to_owned() },
    })
}

fn wish(state: &mut State, input: Input, ms: i64) -> Result<(), Refusal> {
    for event in decide(state, input)? {
        state.apply(Logged { seq: state.last_seq + 1, at: at(ms), event });
    }
    Ok(())
}

fn answer(state: &mut State, ms: i64) {
    let question_id = state.current_question().expect("a question waits").question.id;
    let response_id = ResponseId(id(500 + state.last_seq));
    wish(state, Input::Answer { response_id, question_id, content: "words".to_owned() }, ms)
        .expect("it is taken");
}

/// Asks what the plan says next; returns its bank key, or how the interview ends.
fn step(state: &mut State, ms: i64) -> Result<String, CompletionReason> {
    match next_move(state, None, at(ms)) {
        Move::Ask { item, dropped } => {
            wish(state, Input::Tighten(dropped), ms).expect("the plan can be tightened");
            let n = state.asked.len() as u64 + 1;
            wish(state, Input::Ask(question(n, &item, None)), ms).expect("it can be asked");
            Ok(item.key)
        }
        Move::Finish { reason } => Err(reason),
        other => panic!("{other:?}"),
    }
}

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

#[test]
fn what_does_not_fit_is_refused() {
    let mut state = begun(20, &[Phase::Technical]);
    let stray =
        |question_id| Input::Answer { response_id: ResponseId(id(9)), question_id, content: String::new() };
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

proptest! {
    /// Whatever comes in whatever order, the state is the fold of its log, and the log has no gaps.
    #[test]
    fn the_state_is_the_fold_of_its_log(wishes in prop::collection::vec(0_u8..7, 0..60)) {
        let phases = [Phase::Introduction, Phase::Technical, Phase::Behavioral, Phase::WrapUp];
        let mut state = begun(10, &phases);
        let plan = state.plan.clone();
        let mut log = vec![Logged { seq: 1, at: at(0), event: Event::Started { settings: settings(10), plan: (*plan).clone() } }];
        for (n, kind) in wishes.into_iter().enumerate() {
            let ms = n as i64 * 7_000;
            let input = match kind {
                0 => Input::Pause,
                1 => Input::Resume,
                2 => Input::Complete(CompletionReason::EndedEarly),
                3 => match next_move(&state, None, at(ms)) {
                    Move::Ask { item, .. } => Input::Ask(question(n as u64, &item, None)),
                    _ => continue,
                },
                _ => match state.current_question() {
                    Some(asked) => Input::Answer {
                        response_id: ResponseId(id(n as u64)), question_id: asked.question.id, content: "x".to_owned(),
                    },
                    None => continue,
                },
            };
            for event in decide(&state, input).unwrap_or_default() {
                let logged = Logged { seq: state.last_seq + 1, at: at(ms), event };
                log.push(logged.clone());
                state.apply(logged);
            }
        }
        prop_assert!(log.iter().zip(1_u64..).all(|(logged, seq)| logged.seq == seq));
        let text = serde_json::to_string(&log).expect("a log can be written");
        let read: Vec<Logged> = serde_json::from_str(&text).expect("a log can be read");
        prop_assert_eq!(State::fold(SessionId(id(1)), read), Some(state));
    }
}
