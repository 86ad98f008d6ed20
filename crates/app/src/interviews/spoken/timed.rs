//! Keep how long the stages of a turn took.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Input, Stages, State, decide};
use greenroom_domain::voice_turn::VoiceTurn;
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
    let state = append(app, id, &Timed { response_id, stages }).await?;
    let spoken = state.response(response_id).and_then(|(_, response)| response.spoken.as_ref());
    let engine = spoken.and_then(|spoken| spoken.engine.clone()).unwrap_or_default();
    let turn = VoiceTurn { at: app.now(), engine, stages };
    // For operators; the interview has it on its log.
    if let Err(error) = app.store().add_voice_turn(app.ids().next(), &turn).await {
        tracing::warn!(%error, "how long a turn took cannot be kept");
    }
    Ok(state)
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
