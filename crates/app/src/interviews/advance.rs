//! What comes after a change: ask, follow up, or end. What a model makes of it stands in `said`.

use super::growing::Growing;
use super::nudge::nudge;
use crate::{App, Result};
use greenroom_domain::ability::Why;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{Event, Input, Move, PlanItem, Probe, Question, State, next_move};
use greenroom_providers::{Choice, Turn};

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
    go_on(app, &mut growing, Words { candidate, probe, ahead: None }).await?;
    Ok(growing.events)
}

/// The events of the next move without a follow-up; empty when a question waits. A choice that was made `ahead` stays
/// as it is while it can.
pub(super) async fn planned(
    app: &App,
    state: &State,
    ahead: Option<&Ahead>,
    now: Timestamp,
) -> Result<Vec<Event>> {
    let mut growing = Growing::new(state, now);
    go_on(app, &mut growing, Words { candidate: None, probe: None, ahead }).await?;
    Ok(growing.events)
}

/// A choice that was made before it is put on the log.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    /// Key of the planned question in whose place it was made.
    slot: String,
    /// Key of the question.
    pub key: String,
    why: Option<Why>,
}

impl Ahead {
    /// The choice among these events.
    pub fn of(events: &[Event]) -> Option<Self> {
        let question = events.iter().find_map(|event| match event {
            Event::QuestionAsked { question } => Some(question),
            _ => None,
        })?;
        let key = question.planned_as()?.to_owned();
        let slot = events.iter().find_map(|event| match event {
            Event::PlanExchanged { key, .. } => Some(key.clone()),
            _ => None,
        });
        Some(Self { slot: slot.unwrap_or_else(|| key.clone()), key, why: question.why.as_deref().cloned() })
    }
}

/// What is known of the next words.
struct Words<'a> {
    candidate: Option<&'a str>,
    probe: Option<Probe>,
    ahead: Option<&'a Ahead>,
}

async fn go_on(app: &App, growing: &mut Growing, mut words: Words<'_>) -> Result<()> {
    let interviewer = &app.parts().interviewer;
    // Each round drops at least one planned question or ends, so the plan's length bounds the loop.
    for _ in 0..=growing.state.plan.items.len() {
        match next_move(&growing.state, words.probe.take(), growing.now) {
            Move::Wait => break,
            Move::Finish { reason } => growing.decide(Input::Complete(reason))?,
            Move::FollowUp { probe, parent } => {
                let turn = turn(app, &growing.state, words.candidate);
                let question = interviewer.follow_up(turn, &probe, &parent).await;
                growing.decide(Input::Ask(Box::new(question)))?;
            }
            Move::Ask { item, mut dropped } => {
                match choose(app, growing, &words, &item).await {
                    Some(question) => {
                        growing.decide(Input::Tighten(dropped))?;
                        let by = question.planned_as().unwrap_or(&item.key).to_owned();
                        growing.decide(Input::Exchange { key: item.key.to_string(), by })?;
                        growing.decide(Input::Ask(Box::new(question)))?;
                    }
                    // The bank changed since the plan was made: go on without this question.
                    None => {
                        dropped.push(item.key.to_string());
                        growing.decide(Input::Tighten(dropped))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// The question for the place of `slot`: what the answers call for, else what is planned.
async fn choose(app: &App, growing: &Growing, words: &Words<'_>, slot: &PlanItem) -> Option<Question> {
    let (interviewer, state) = (&app.parts().interviewer, &growing.state);
    let ahead = words.ahead.filter(|ahead| ahead.slot == slot.key);
    let choice = match ahead {
        Some(ahead) => ahead.why.clone().map(|why| Choice { key: ahead.key.clone(), why }),
        None => interviewer.choose(state, slot, minutes_left(growing)).await,
    };
    let there = |choice: &Choice| {
        let mut all = state.plan.items.iter().chain(&state.plan.reserve);
        all.find(|item| item.key == choice.key).cloned()
    };
    if let Some(choice) = &choice
        && let Some(item) = there(choice)
        && let turn = (Turn { why: Some(&choice.why), ..turn(app, state, words.candidate) })
        && let Some(question) = interviewer.ask(turn, &item).await
    {
        return Some(question);
    }
    interviewer.ask(turn(app, state, words.candidate), slot).await
}

/// Minutes for questions before the last one.
fn minutes_left(growing: &Growing) -> f64 {
    let budget = growing.state.budget(growing.now);
    budget.left_ms().saturating_sub(budget.wrap_up_ms()) as f64 / 60_000.0
}

/// The present turn of the interviewer.
pub(super) fn turn<'a>(app: &App, state: &'a State, candidate: Option<&'a str>) -> Turn<'a> {
    Turn { state, candidate, question_id: QuestionId::fresh(app.ids()), why: None }
}
