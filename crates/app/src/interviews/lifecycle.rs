//! Pause, go on, end.

use super::advance::advance;
use super::conversing::{is_due, next_turn};
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
    let record = change(app, user, id, &GoOn { asks: app.engines().conversation.is_none() }).await?;
    let state = super::state(app, user, id).await?;
    if !is_due(&state) {
        return Ok(record);
    }
    let state = next_turn(app, id, None).await?;
    Ok(SessionRecord { snapshot: state.snapshot(), updated_at: app.now(), ..record })
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

struct GoOn {
    /// Whether the built-in interviewer asks at once.
    asks: bool,
}

impl Action for GoOn {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let mut events = decide(state, Input::Resume)?;
        let (after, _) = applied(state, events.clone(), now);
        if self.asks {
            events.extend(advance(app, &after, None, now).await?);
        }
        Ok(Addition { events, ..Addition::default() })
    }
}

struct End;

impl Action for End {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let events = decide(state, Input::Complete(CompletionReason::EndedEarly))?;
        Ok(Addition { events, ..Addition::default() })
    }
}

async fn change(app: &App, user: UserId, id: SessionId, action: &impl Action) -> Result<SessionRecord> {
    let record = owned(app, user, id).await?;
    let state = append(app, id, action).await?;
    Ok(SessionRecord { snapshot: state.snapshot(), updated_at: app.now(), ..record })
}
