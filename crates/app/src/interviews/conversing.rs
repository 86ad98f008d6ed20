//! A model takes the interviewer's turn: what it says is streamed, checked, and put on the log. Whatever happens to
//! it, the built-in interviewer takes the turn in its place.

use super::advance::{Ahead, advance, planned};
use super::case_file::CaseFile;
use super::holding::{Part, hold};
use super::nudge::nudge;
use super::said::{Said, says};
use super::states::{Action, Addition, append};
use crate::engines::engines_of;
use crate::listeners::Draft;
use crate::{App, AppError, Result};
use futures::FutureExt;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{JobId, ResponseId, SessionId};
use greenroom_domain::interview::{Event, SessionRecord, State, Status, follow_up_parent};
use greenroom_providers::{Conversation, Listener, Moment, Talked};
use greenroom_telemetry::interviews::builtin_instead;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// The interview with its next question, which the model words. Goes on when the caller goes away. `finish` is the
/// background work that would ask if this process died.
pub(super) async fn next_turn(app: &App, id: SessionId, finish: Option<JobId>) -> Result<Arc<State>> {
    let spawned = app.clone();
    let turn = app.tasks().spawn(async move { converse(&spawned, id, finish).await });
    match turn.await.map_err(AppError::internal).flatten() {
        Ok(state) => Ok(state),
        Err(error) => {
            // What was answered is stored; the background work asks later.
            tracing::error!(interview.id = %id, cause = %error, "no question could be asked");
            app.states().read(app, id).await?.ok_or(error)
        }
    }
}

/// Sees to it that the next question comes when the node that was to ask it may have died. Nobody waits for it; while
/// that node is alive, nothing happens.
pub fn pick_up(app: &App, record: &SessionRecord) {
    if record.snapshot.status != "active" || record.snapshot.current_question.is_some() {
        return;
    }
    let (spawned, id) = (app.clone(), record.id);
    app.tasks().spawn(async move {
        if let Err(error) = converse(&spawned, id, None).await {
            tracing::warn!(interview.id = %id, cause = %error, "no question could be asked");
        }
    });
}

/// Whether the candidate waits for the interviewer.
pub(super) fn is_due(state: &State) -> bool {
    matches!(state.status, Status::Active { .. }) && state.current_question().is_none()
}

/// Takes the interviewer's turn if it is due. One at a time for each interview, at all nodes together.
pub(super) async fn converse(app: &App, id: SessionId, finish: Option<JobId>) -> Result<Arc<State>> {
    let turn = app.states().conversation(id);
    let _mine = turn.lock().await;
    let state = newest(app, id).await?;
    if !is_due(&state) {
        return Ok(state);
    }
    if app.engines().conversation.is_none() {
        return append(app, id, &GoOn { finish }).await;
    }
    let is_wanted = async || Ok(is_due(&*newest(app, id).await?));
    let Some(held) = hold(app, id, Part::Turn, is_wanted).await? else { return newest(app, id).await };
    let outcome = take_turn(app, id, finish).await;
    held.end().await;
    outcome
}

/// The turn of the node that has the lease.
async fn take_turn(app: &App, id: SessionId, finish: Option<JobId>) -> Result<Arc<State>> {
    let state = newest(app, id).await?;
    if !is_due(&state) {
        return Ok(state);
    }
    let engines = engines_of(app, id).await?;
    let conversation = engines.conversation.as_ref().filter(|_| nudge(app, &state, app.now()).is_none());
    let Some(conversation) = conversation else { return append(app, id, &GoOn { finish }).await };
    app.vendors().remember(id, state.spent_micros);
    let writing = Writing { app, id };
    writing.say("");
    let answered = last_answer(&state);
    let said = speak(app, &**conversation, &state, &writing).await?;
    append(app, id, &TakeTurn { said, answered, finish }).await
}

async fn newest(app: &App, id: SessionId) -> Result<Arc<State>> {
    let not_found = || AppError::not_found("session_not_found", "interview");
    app.states().read(app, id).await?.ok_or_else(not_found)
}

async fn speak(
    app: &App,
    conversation: &dyn Conversation,
    state: &State,
    writing: &Writing<'_>,
) -> Result<Said> {
    let not_found = || AppError::not_found("session_not_found", "interview");
    let record = app.store().anybodys_session(state.id).await?.ok_or_else(not_found)?;
    let case = CaseFile::of(app, &record).await?;
    let now = app.now();
    let ahead = planned(app, state, None, now).await?;
    let next = ahead.iter().find_map(|event| match event {
        Event::QuestionAsked { question } => Some(&**question),
        _ => None,
    });
    let moment = Moment {
        brief: case.brief(&state.settings),
        state,
        planned: next,
        follow_up_of: follow_up_parent(state, now),
    };
    // A bug in there must not leave the candidate without a question: it would come back with every try.
    let turn = AssertUnwindSafe(conversation.turn(moment, writing)).catch_unwind().await;
    let talked =
        turn.unwrap_or_else(|_| Talked { result: Err("the turn broke down".to_owned()), calls: Vec::new() });
    if let Err(reason) = &talked.result {
        builtin_instead("interview");
        tracing::warn!(interview.id = %state.id, cause = %reason, "the built-in interviewer asks instead of the model");
    }
    let engine = conversation.engine(talked.calls.last());
    Ok(Said { talked, engine, ahead: Ahead::of(&ahead) })
}

fn last_answer(state: &State) -> Option<ResponseId> {
    Some(state.asked.last()?.responses.last()?.id)
}

/// Tells those who watch what is being written; the end of it as well, whatever happens.
struct Writing<'a> {
    app: &'a App,
    id: SessionId,
}

impl Writing<'_> {
    fn say(&self, words: &str) {
        self.app.listeners().writing(self.id, Draft { at_work: true, words: words.into() });
    }
}

impl Listener for Writing<'_> {
    fn writing(&self, words: &str) {
        self.say(words);
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.app.listeners().writing(self.id, Draft::default());
    }
}

/// The model's turn; the built-in interviewer's, when there is nothing of the model to use.
struct TakeTurn {
    said: Said,
    answered: Option<ResponseId>,
    finish: Option<JobId>,
}

impl Action for TakeTurn {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let is_stale = !is_due(state) || last_answer(state) != self.answered;
        let events = says(app, state, &self.said, is_stale, now).await?;
        Ok(Addition { events, finish: self.finish.into_iter().collect(), ..Addition::default() })
    }
}

/// The built-in interviewer's turn.
struct GoOn {
    finish: Option<JobId>,
}

impl Action for GoOn {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let events = advance(app, state, None, now).await?;
        Ok(Addition { events, finish: self.finish.into_iter().collect(), ..Addition::default() })
    }
}
