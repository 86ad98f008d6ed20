//! Mend what the recogniser misheard.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Correction, Input, State, decide};
use std::sync::Arc;

/// From now on the answer has these words; what was heard is kept beside them. Refused once it is judged, and when it has
/// other words by now than those that were to be replaced.
pub async fn correct(
    app: &App,
    user: UserId,
    id: SessionId,
    response_id: ResponseId,
    correction: Correction,
) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    append(app, id, &Correct { response_id, correction }).await
}

struct Correct {
    response_id: ResponseId,
    correction: Correction,
}

impl Action for Correct {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let input = Input::Correct { response_id: self.response_id, correction: self.correction.clone() };
        Ok(Addition { events: decide(state, input)?, ..Addition::default() })
    }
}
