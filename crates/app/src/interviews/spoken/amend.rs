//! Take what the candidate said after their answer had been taken for finished.

use crate::evaluations::evaluation_job;
use crate::interviews::Words;
use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ResponseId, SessionId, UserId};
use greenroom_domain::interview::{CORRECTION_MS, Input, Spoken, State, decide};
use std::sync::Arc;

/// Adds words to the last answer. A judgement that was made without them is made anew.
pub async fn amend(
    app: &App,
    user: UserId,
    id: SessionId,
    response_id: ResponseId,
    words: Words,
) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    let Words { content: added, spoken: Some(spoken) } = words else {
        return Err(AppError::internal("only spoken words can come late"));
    };
    append(app, id, &Amend { response_id, added, spoken }).await
}

struct Amend {
    response_id: ResponseId,
    added: String,
    spoken: Box<Spoken>,
}

impl Action for Amend {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let (response_id, spoken) = (self.response_id, self.spoken.clone());
        let events = decide(state, Input::Amend { response_id, added: self.added.clone(), spoken })?;
        // The work that was queued with the answer finds the new words, unless it is done already.
        let is_judged = state.response(response_id).is_some_and(|(_, given)| given.evaluation.is_some());
        let again = is_judged.then(|| evaluation_job(app, state.id, response_id, now.plus_ms(CORRECTION_MS)));
        Ok(Addition { events, enqueue: again.into_iter().collect(), ..Addition::default() })
    }
}
