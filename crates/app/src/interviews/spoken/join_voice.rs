//! Open a voice line.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{Input, State, Transport, decide};
use std::sync::Arc;

/// Says on the log that this line speaks from now on: one that was open before, at whatever node, ends when it
/// reads that. A voice that was chosen with it speaks until another one is.
pub async fn join_voice(
    app: &App,
    user: UserId,
    id: SessionId,
    line: String,
    transport: Transport,
    voice: Option<String>,
) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    append(app, id, &Join { line, transport, voice }).await
}

struct Join {
    line: String,
    transport: Transport,
    voice: Option<String>,
}

impl Action for Join {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let (line, voice) = (self.line.clone(), self.voice.clone());
        let input = Input::JoinVoice { line, transport: self.transport, voice };
        Ok(Addition { events: decide(state, input)?, ..Addition::default() })
    }
}
