//! A plan by a model, made behind the interview: the built-in plan stands until it is there.

use super::case_file::CaseFile;
use super::growing::Growing;
use super::holding::{Part, hold};
use super::states::{Action, Addition, append};
use crate::engines::engines_of;
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::SessionId;
use greenroom_domain::interview::{Input, State, Status};
use greenroom_providers::{Conversation, Replanned, Talked};
use std::sync::Arc;

/// Lets the model plan, at the start and once more after the introduction. Nobody waits for it; when it fails, the
/// plan stays as it is.
pub(super) fn plan_behind(app: &App, id: SessionId) {
    if app.engines().conversation.is_none() {
        return;
    }
    let (app, tasks) = (app.clone(), app.tasks().clone());
    let planning = async move {
        if let Err(error) = replan(&app, id).await {
            tracing::warn!(interview.id = %id, cause = %error, "no plan by a model");
        }
    };
    tasks.spawn(planning);
}

async fn replan(app: &App, id: SessionId) -> Result<()> {
    let engines = engines_of(app, id).await?;
    let Some(conversation) = &engines.conversation else { return Ok(()) };
    // One after the other: the plan of the start must not take the place of the one that knows the introduction.
    let turn = app.states().planning(id);
    let _mine = turn.lock().await;
    let Some(held) = hold(app, id, Part::Plan, async || Ok(true)).await? else { return Ok(()) };
    let outcome = plan(app, conversation, id).await;
    held.end().await;
    outcome
}

async fn plan(app: &App, conversation: &Arc<dyn Conversation>, id: SessionId) -> Result<()> {
    let Some(record) = app.store().anybodys_session(id).await? else { return Ok(()) };
    let Some(state) = app.states().read(app, id).await? else { return Ok(()) };
    if state.is_over() {
        return Ok(());
    }
    app.vendors().remember(id, state.spent_micros);
    let case = CaseFile::of(app, &record).await?;
    let introduction = state.asked.first().and_then(|asked| asked.responses.first());
    let introduction = introduction.map(|response| response.content.as_str());
    let talked = conversation.plan(case.brief(&state.settings), &state.plan, introduction).await;
    if let Err(reason) = &talked.result {
        tracing::warn!(interview.id = %id, cause = %reason, "the model's plan cannot be used");
    }
    append(app, id, &Replan { talked }).await.map(drop)
}

struct Replan {
    talked: Talked<Replanned>,
}

impl Action for Replan {
    async fn decide(&self, _: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let mut growing = Growing::new(state, now);
        for call in &self.talked.calls {
            growing.decide(Input::Asked(Box::new(call.clone())))?;
        }
        if let Ok(Replanned { plan, reading, engine }) = &self.talked.result
            && matches!(state.status, Status::Active { .. })
        {
            let (plan, engine, reading) = (plan.clone(), engine.clone(), reading.clone());
            growing.decide(Input::Replan { plan, engine, reading })?;
        }
        Ok(Addition { events: growing.events, ..Addition::default() })
    }
}
