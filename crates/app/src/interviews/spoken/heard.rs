//! Keep what was heard of what the interviewer said.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{HeardReply, Input, State, decide};
use std::sync::Arc;

/// Keeps it, as long as it says more than what is known.
pub async fn heard(app: &App, user: UserId, id: SessionId, heard: HeardReply) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    append(app, id, &Hear { heard }).await
}

struct Hear {
    heard: HeardReply,
}

impl Action for Hear {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        Ok(Addition { events: decide(state, Input::Heard(self.heard.clone()))?, ..Addition::default() })
    }
}
