//! Pause, go on, end.

use super::advance::advance;
use super::ask_next::ask_next_job;
use super::conversing::{is_due, next_turn};
use super::read::owned;
use super::states::{Action, Addition, append, applied};
use crate::engines::engines_for;
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{CompletionReason, Input, SessionRecord, State, decide};
use greenroom_domain::job_queue::Job;

/// Stops the clock. Pausing a paused interview is refused.
pub async fn pause(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    change(app, user, id, &Pause).await
}

/// Goes on; asks the next question when none waits.
pub async fn resume(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    let engines = engines_for(app, user).await?;
    let ask_next = engines.conversation.is_some().then(|| ask_next_job(app, id, app.now()));
    let finish = ask_next.as_ref().map(|job| job.id);
    let record = change(app, user, id, &GoOn { ask_next }).await?;
    // A turn from before the pause may have asked by now.
    let mut state = super::state(app, user, id).await?;
    if is_due(&state) {
        state = next_turn(app, id, finish).await?;
    }
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
    /// Asks the next question if the model's turn comes to nothing; without it the built-in interviewer asks at once.
    ask_next: Option<Job>,
}

impl Action for GoOn {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let mut events = decide(state, Input::Resume)?;
        let (after, _) = applied(state, events.clone(), now);
        if self.ask_next.is_none() {
            events.extend(advance(app, &after, None, now).await?);
        }
        let enqueue = self.ask_next.iter().filter(|_| is_due(&after)).cloned().collect();
        Ok(Addition { events, enqueue, ..Addition::default() })
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
