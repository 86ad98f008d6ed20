//! What the interviewer does after a change: ask, follow up, or end.

use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{CompletionReason, Event, Input, Logged, Move, State, decide, next_move};
use greenroom_providers::Turn;

/// The events of the next move; empty when a question waits.
pub(super) async fn advance(
    app: &App,
    state: &State,
    candidate: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Event>> {
    let interviewer = &app.parts().interviewer;
    let mut state = state.clone();
    let mut events = Vec::new();
    let mut probe = interviewer.probe(&state).await;
    // Each round drops at least one planned question or ends, so the plan's length bounds the loop.
    for _ in 0..=state.plan.items.len() {
        let input = match next_move(&state, probe.take(), now) {
            Move::Wait => break,
            Move::Finish { reason } => Input::Complete(reason),
            Move::FollowUp { probe, parent } => {
                let question = interviewer.follow_up(turn(app, &state, candidate), &probe, &parent).await;
                Input::Ask(Box::new(question))
            }
            Move::Ask { item, mut dropped } => {
                match interviewer.ask(turn(app, &state, candidate), &item).await {
                    Some(question) => {
                        let tightened = decide(&state, Input::Tighten(dropped))?;
                        take(&mut state, &mut events, tightened, now);
                        Input::Ask(Box::new(question))
                    }
                    // The bank changed since the plan was made: go on without this question.
                    None => {
                        dropped.push(item.key);
                        Input::Tighten(dropped)
                    }
                }
            }
        };
        let decided = decide(&state, input)?;
        take(&mut state, &mut events, decided, now);
    }
    Ok(events)
}

/// The events that end an interview.
pub(super) fn finish(state: &State, reason: CompletionReason) -> Result<Vec<Event>> {
    Ok(decide(state, Input::Complete(reason))?)
}

fn turn<'a>(app: &App, state: &'a State, candidate: Option<&'a str>) -> Turn<'a> {
    Turn { state, candidate, question_id: QuestionId::fresh(app.ids()) }
}

fn take(state: &mut State, events: &mut Vec<Event>, new: Vec<Event>, at: Timestamp) {
    for event in new {
        state.apply(Logged { seq: state.last_seq + 1, at, event: event.clone() });
        events.push(event);
    }
}
