//! Pause, go on, end.

use super::advance::{advance, finish};
use super::read::owned;
use super::states::{Action, Addition, append, applied};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{CompletionReason, Input, SessionRecord, State, decide};

/// Stops the clock. Pausing a paused interview is refused.
pub async fn pause(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    change(app, user, id, &Pause).await
}

/// Goes on; asks the next question when none waits.
pub async fn resume(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    change(app, user, id, &GoOn).await
}

/// Ends the interview at the candidate's wish. What was answered is judged.
pub async fn complete(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    change(app, user, id, &End).await
}

struct Pause;

impl Action for Pause {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        Ok(Addition { events: decide(state, Input::Pause)?, ..Addition::default() })
    }
}

struct GoOn;

impl Action for GoOn {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let mut events = decide(state, Input::Resume)?;
        let (after, _) = applied(state, events.clone(), now);
        events.extend(advance(app, &after, None, now).await?);
        Ok(Addition { events, ..Addition::default() })
    }
}

struct End;

impl Action for End {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        Ok(Addition { events: finish(state, CompletionReason::EndedEarly)?, ..Addition::default() })
    }
}

async fn change(app: &App, user: UserId, id: SessionId, action: &impl Action) -> Result<SessionRecord> {
    let record = owned(app, user, id).await?;
    let state = append(app, id, action).await?;
    Ok(SessionRecord { snapshot: state.snapshot(), updated_at: app.now(), ..record })
}
