//! The log: it is the truth, and stays readable.

use super::*;
use crate::evaluation::Quote;
use crate::model_call::{ModelCall, ModelPurpose, TokenUsage};
use proptest::prelude::*;
use serde_json::json;

/// What was wished, drawn by its number; `None` when it does not fit now.
fn drawn(state: &State, kind: u8, n: u64, ms: i64) -> Option<Input> {
    Some(match kind {
        0 => Input::Pause,
        1 | 2 => Input::Resume,
        3 => [
            Input::Complete(CompletionReason::EndedEarly),
            Input::Farewell(CompletionReason::Finished, "Goodbye.".to_owned()),
            Input::Abandon,
        ][n as usize % 3]
            .clone(),
        4..=8 => match next_move(state, None, at(ms)) {
            Move::Ask { item, .. } => Input::Ask(question(n, &item, None)),
            _ => return None,
        },
        9 => {
            let parent = follow_up_parent(state, at(ms))?;
            Input::Ask(question(n, &item("", parent.phase), Some(parent.id)))
        }
        10 => Input::Replan {
            plan: plan(vec![item(&format!("new{n}"), Phase::Behavioral), item("q3", Phase::WrapUp)]),
            engine: engine(),
            reading: None,
        },
        11 => Input::Tighten(state.plan.items.last().map(|item| item.key.to_string()).into_iter().collect()),
        12 => Input::Asked(Box::new(ModelCall {
            purpose: ModelPurpose::Turn,
            prompt: "test-v1".to_owned(),
            attempts: Vec::new(),
            model: None,
            usage: TokenUsage::default(),
            micros: n.is_multiple_of(2).then_some(n),
        })),
        13 | 14 => Input::Note(noticed(state, n)?),
        _ => Input::Answer {
            response_id: ResponseId(id(n)),
            question_id: state.current_question()?.question.id,
            content: "words".to_owned(),
            spoken: None,
        },
    })
}

/// A note on the first answer; now and then one that does not hold.
fn noticed(state: &State, n: u64) -> Option<Note> {
    let response_id = state.asked.first()?.responses.first()?.id;
    let text = if n.is_multiple_of(5) { "other" } else { "words" };
    let said = || Said { response_id, quote: Quote { text: text.to_owned(), start: 0, end: 5 } };
    Some(match n % 4 {
        0 => Note::CandidateAsked { asked: said(), answer: None },
        1 => Note::Contrast { earlier: said(), later: said() },
        2 => Note::OtherLanguage { response_id },
        _ => Note::Conduct { said: said(), warning: 0 },
    })
}

proptest! {
    /// Whatever comes in whatever order, the state is the fold of its log, and the log has no gaps.
    #[test]
    fn the_state_is_the_fold_of_its_log(wishes in prop::collection::vec(0_u8..20, 0..60)) {
        let phases = [Phase::Introduction, Phase::Technical, Phase::Behavioral, Phase::WrapUp];
        let mut state = begun(10, &phases);
        let started = Event::Started { settings: settings(10), plan: (*state.plan).clone() };
        let mut log = vec![Logged { seq: 1, at: at(0), event: started }];
        for (kind, n) in wishes.into_iter().zip(0_u64..) {
            let ms = n as i64 * 7_000;
            let Some(input) = drawn(&state, kind, n, ms) else { continue };
            for event in decide(&state, input).unwrap_or_default() {
                let logged = Logged { seq: state.last_seq + 1, at: at(ms), event };
                log.push(logged.clone());
                state.apply(logged);
            }
            let waiting = state.asked.iter().filter(|asked| asked.responses.is_empty()).count();
            prop_assert!(waiting <= 1, "one question at a time");
            prop_assert!(state.notes.iter().all(|note| note.holds(&state)));
            prop_assert!(state.is_over() || state.conduct_warnings() <= MAX_CONDUCT_WARNINGS);
        }
        prop_assert!(log.iter().zip(1_u64..).all(|(logged, seq)| logged.seq == seq));
        let text = serde_json::to_string(&log).expect("a log can be written");
        let read: Vec<Logged> = serde_json::from_str(&text).expect("a log can be read");
        prop_assert_eq!(State::fold(SessionId(id(1)), read), Some(state));
    }
}

/// A log as it was written before a plan's items had keys and an end had last words.
fn old_log() -> serde_json::Value {
    let planned = |key: &str, phase: &str| {
        json!({"bank_id": key, "phase": phase, "kind": "technical", "competency": "api_design",
            "difficulty": "intermediate", "minutes": 3, "grounding": []})
    };
    let asked = json!({"id": id(100), "lead_in": null, "content": "What is a retry?", "category": "technical",
        "phase": "technical", "difficulty": "intermediate", "competency": "api_design", "tags": [],
        "parent_question_id": null, "order": 1, "grounding": [], "bank_id": "retries", "minutes": 3,
        "key_points": [], "reference": null,
        "engine": {"kind": "builtin", "name": "greenroom", "version": "1"}});
    json!([
        {"seq": 1, "at": "2026-01-05T09:00:00Z", "kind": "started",
            "settings": {"position": null, "difficulty": "intermediate", "types": ["technical"],
                "duration_minutes": 20, "personality": "professional", "question_count": null, "language": "en",
                "rubric": {"id": "practice_core", "version": 1}, "channel": "text"},
            "plan": {"items": [planned("retries", "technical"), planned("thanks", "wrap_up")],
                "competencies": [{"key": "api_design", "label": "API design", "weight": 1.0}]}},
        {"seq": 2, "at": "2026-01-05T09:00:00Z", "kind": "question_asked", "question": asked},
        {"seq": 3, "at": "2026-01-05T09:01:00Z", "kind": "answer_received", "response_id": id(500),
            "question_id": id(100), "content": "words", "attempt": 1},
        {"seq": 4, "at": "2026-01-05T09:02:00Z", "kind": "completed", "reason": "ended_early"},
    ])
}

#[test]
fn an_old_log_still_reads_and_goes_on() {
    let log: Vec<Logged> = serde_json::from_value(old_log()).expect("an old log can be read");
    let ended = State::fold(SessionId(id(1)), log.clone()).expect("it begins with its start");
    let reason = CompletionReason::EndedEarly;
    assert_eq!(ended.status, Status::Completed { at: at(120_000), reason });
    assert_eq!((ended.farewell, ended.spent_micros), (None, 0));
    assert_eq!(ended.asked[0].question.planned_as(), Some("retries"));

    // Before its end: the question that was asked under its bank's key is not asked again.
    let state = State::fold(SessionId(id(1)), log[..3].to_vec()).expect("it begins with its start");
    let Move::Ask { item, .. } = next_move(&state, None, at(60_000)) else { panic!("one is left") };
    assert_eq!((item.key.as_str(), item.wording), ("thanks", None));
}
