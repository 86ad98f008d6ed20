//! What comes after a change: ask, follow up, or end. What a model makes of it stands in `said`.

use super::growing::Growing;
use super::nudge::nudge;
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{Event, Input, Move, Probe, State, next_move};
use greenroom_providers::Turn;

/// The events of the next move; empty when a question waits.
pub(super) async fn advance(
    app: &App,
    state: &State,
    candidate: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Event>> {
    let mut growing = Growing::new(state, now);
    if let Some((note, question)) = nudge(app, state, now) {
        growing.decide(Input::Note(note))?;
        growing.decide(Input::Ask(Box::new(question)))?;
        return Ok(growing.events);
    }
    let probe = app.parts().interviewer.probe(state).await;
    go_on(app, &mut growing, candidate, probe).await?;
    Ok(growing.events)
}

/// The events of the next move without a follow-up; empty when a question waits.
pub(super) async fn planned(app: &App, state: &State, now: Timestamp) -> Result<Vec<Event>> {
    let mut growing = Growing::new(state, now);
    go_on(app, &mut growing, None, None).await?;
    Ok(growing.events)
}

async fn go_on(
    app: &App,
    growing: &mut Growing,
    candidate: Option<&str>,
    mut probe: Option<Probe>,
) -> Result<()> {
    let interviewer = &app.parts().interviewer;
    // Each round drops at least one planned question or ends, so the plan's length bounds the loop.
    for _ in 0..=growing.state.plan.items.len() {
        let input = match next_move(&growing.state, probe.take(), growing.now) {
            Move::Wait => break,
            Move::Finish { reason } => Input::Complete(reason),
            Move::FollowUp { probe, parent } => {
                let question =
                    interviewer.follow_up(turn(app, &growing.state, candidate), &probe, &parent).await;
                Input::Ask(Box::new(question))
            }
            Move::Ask { item, mut dropped } => {
                match interviewer.ask(turn(app, &growing.state, candidate), &item).await {
                    Some(question) => {
                        growing.decide(Input::Tighten(dropped))?;
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
        growing.decide(input)?;
    }
    Ok(())
}

/// The present turn of the interviewer.
pub(super) fn turn<'a>(app: &App, state: &'a State, candidate: Option<&'a str>) -> Turn<'a> {
    Turn { state, candidate, question_id: QuestionId::fresh(app.ids()) }
}
