//! Keep how long the stages of a turn took.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Input, Stages, State, decide};
use std::sync::Arc;

/// Keeps it.
pub async fn timed(
    app: &App,
    user: UserId,
    id: SessionId,
    response_id: ResponseId,
    stages: Stages,
) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    append(app, id, &Timed { response_id, stages }).await
}

struct Timed {
    response_id: ResponseId,
    stages: Stages,
}

impl Action for Timed {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let input = Input::Timed { response_id: self.response_id, stages: self.stages };
        Ok(Addition { events: decide(state, input)?, ..Addition::default() })
    }
}
