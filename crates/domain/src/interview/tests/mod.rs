//! The rules of an interview, as stories.

mod asking;
mod follow_ups;
mod log;
mod notes;
mod plans;
mod spoken;

use super::*;
use crate::bank::KeyPoint;
use crate::clock::Timestamp;
use crate::evaluation::{Engine, EngineKind};
use crate::ids::{QuestionId, ResponseId, SessionId};
use crate::rubric::RubricRef;
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
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        channel: Channel::Text,
    }
}

fn item(key: &str, phase: Phase) -> PlanItem {
    PlanItem {
        key: key.into(),
        phase,
        kind: InterviewType::Technical,
        competency: "api_design".into(),
        difficulty: Difficulty::Intermediate,
        minutes: 3,
        grounding: std::sync::Arc::default(),
        wording: None,
    }
}

/// A plan with these questions.
fn plan(items: Vec<PlanItem>) -> Plan {
    Plan { items, ..Plan::default() }
}

fn begun(minutes: u32, phases: &[Phase]) -> State {
    begun_with(settings(minutes), phases)
}

/// An interview whose questions are `q0`, `q1` and so on.
fn begun_with(settings: Settings, phases: &[Phase]) -> State {
    let items = phases.iter().enumerate().map(|(n, phase)| item(&format!("q{n}"), *phase)).collect();
    let event = Event::Started { settings, plan: plan(items) };
    State::begin(SessionId(id(1)), Logged { seq: 1, at: at(0), event }).expect("it begins with its start")
}

fn engine() -> Engine {
    Engine { kind: EngineKind::Builtin, name: "test".into(), version: "1".into() }
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
        bank_id: parent.is_none().then(|| item.key.to_string()),
        plan_key: None,
        minutes: item.minutes,
        key_points: Vec::<KeyPoint>::new(),
        reference: None,
        item: None,
        why: None,
        engine: engine(),
    })
}

fn wish(state: &mut State, input: Input, ms: i64) -> Result<(), Refusal> {
    for event in decide(state, input)? {
        state.apply(Logged { seq: state.last_seq + 1, at: at(ms), event });
    }
    Ok(())
}

fn answer(state: &mut State, ms: i64) {
    say(state, "words", ms);
}

/// Answers the question that waits with these words.
fn say(state: &mut State, words: &str, ms: i64) -> ResponseId {
    let question_id = state.current_question().expect("a question waits").question.id;
    let response_id = ResponseId(id(500 + state.last_seq));
    wish(state, Input::Answer { response_id, question_id, content: words.to_owned(), spoken: None }, ms)
        .expect("it is taken");
    response_id
}

/// Asks what the plan says next; returns its bank key, or how the interview ends.
fn step(state: &mut State, ms: i64) -> Result<String, CompletionReason> {
    match next_move(state, None, at(ms)) {
        Move::Ask { item, dropped } => {
            wish(state, Input::Tighten(dropped), ms).expect("the plan can be tightened");
            let n = state.asked.len() as u64 + 1;
            wish(state, Input::Ask(question(n, &item, None)), ms).expect("it can be asked");
            Ok(item.key.to_string())
        }
        Move::Finish { reason } => Err(reason),
        other => panic!("{other:?}"),
    }
}
