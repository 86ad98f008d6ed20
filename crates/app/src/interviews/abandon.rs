//! Close interviews that nobody came back to.

use super::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::{Input, State, decide};

/// Interviews closed in one go.
const BATCH: u64 = 100;

/// Marks interviews as abandoned that were not touched for the time set in the options. Returns how many.
pub async fn abandon_stale(app: &App) -> Result<usize> {
    let hours = i64::from(app.parts().interviews.abandon_after_hours);
    let before = app.now().plus_ms(-hours * 3_600_000);
    let stale = app.store().stale_sessions(before, BATCH).await?;
    for id in &stale {
        let abandoned = append(app, *id, &GiveUp).await;
        if let Err(error) = abandoned {
            tracing::debug!(interview.id = %id, %error, "interview was not abandoned");
        }
    }
    Ok(stale.len())
}

struct GiveUp;

impl Action for GiveUp {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        Ok(Addition { events: decide(state, Input::Abandon)?, ..Addition::default() })
    }
}
