//! Close interviews that nobody came back to.

use super::states::{Action, Addition, append};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::interview::{Input, State, decide};

/// Interviews looked up at a time.
const BATCH: u64 = 100;

/// Marks interviews as abandoned that were not touched for the time set in the options. Returns how many.
pub async fn abandon_stale(app: &App) -> Result<usize> {
    let hours = i64::from(app.parts().interviews.abandon_after_hours);
    let before = app.now().plus_ms(-hours * 3_600_000);
    let mut abandoned = 0;
    loop {
        let stale = app.store().stale_sessions(before, BATCH).await?;
        let is_last = (stale.len() as u64) < BATCH;
        let abandoned_before = abandoned;
        for (id, seen) in stale {
            match append(app, id, &GiveUp { seen }).await {
                Ok(_) => abandoned += 1,
                Err(error) => tracing::debug!(interview.id = %id, %error, "interview was not abandoned"),
            }
        }
        // A batch that nothing could be done with would come back for ever.
        if is_last || abandoned == abandoned_before {
            return Ok(abandoned);
        }
    }
}

/// Abandons the interview if nothing has happened since its last event was `seen`.
struct GiveUp {
    seen: u64,
}

impl Action for GiveUp {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        if state.last_seq != self.seen {
            let message = "Something happened in this interview in the meantime.";
            return Err(AppError::new(ErrorCode::Conflict, "came_back", message));
        }
        Ok(Addition { events: decide(state, Input::Abandon)?, ..Addition::default() })
    }
}
