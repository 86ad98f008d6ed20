//! Keep the words of an answer that is still being spoken.

use crate::interviews::read::owned;
use crate::interviews::states::{Action, Addition, append};
use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{QuestionId, SessionId, UserId};
use greenroom_domain::interview::{Input, State, Unfinished, decide};
use std::sync::Arc;

/// Keeps them until the question is answered: a line that begins later goes on with them. Nothing is judged by it.
pub async fn hold(
    app: &App,
    user: UserId,
    id: SessionId,
    question_id: QuestionId,
    unfinished: Unfinished,
) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    append(app, id, &Hold { question_id, unfinished }).await
}

struct Hold {
    question_id: QuestionId,
    unfinished: Unfinished,
}

impl Action for Hold {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let input = Input::Hold { question_id: self.question_id, unfinished: self.unfinished.clone() };
        Ok(Addition { events: decide(state, input)?, ..Addition::default() })
    }
}
