//! Answer a question again after the interview: for learning, judged beside the first answer.

use super::read::owned;
use super::states::{Action, Addition, append};
use crate::evaluations::{evaluate_answer, evaluation_job};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Input, Response, State, decide};
use greenroom_domain::job_queue::Job;

/// The judgement is made at once; background work makes it after this time if that came to nothing, ms.
const FALLBACK_AFTER_MS: i64 = 60_000;

/// A second answer with its judgement.
#[derive(Clone, Debug)]
pub struct AnsweredAgain {
    /// The question.
    pub question_id: QuestionId,
    /// The answer, judged.
    pub response: Response,
}

/// Takes another answer to a question of a finished interview and judges it at once.
pub async fn answer_again(
    app: &App,
    user: UserId,
    id: SessionId,
    question_id: QuestionId,
    content: String,
) -> Result<AnsweredAgain> {
    owned(app, user, id).await?;
    let response_id = ResponseId::fresh(app.ids());
    let fallback = evaluation_job(app, id, response_id, app.now().plus_ms(FALLBACK_AFTER_MS));
    let finish = Some(fallback.id);
    append(app, id, &TakeAnswerAgain { response_id, question_id, content, fallback }).await?;
    let state = evaluate_answer(app, id, response_id, finish).await?;
    let (_, response) =
        state.response(response_id).ok_or_else(|| AppError::internal("the answer just stored"))?;
    Ok(AnsweredAgain { question_id, response: response.clone() })
}

struct TakeAnswerAgain {
    response_id: ResponseId,
    question_id: QuestionId,
    content: String,
    fallback: Job,
}

impl Action for TakeAnswerAgain {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        let (response_id, question_id) = (self.response_id, self.question_id);
        let input = Input::AnswerAgain { response_id, question_id, content: self.content.clone() };
        let enqueue = vec![self.fallback.clone()];
        Ok(Addition { events: decide(state, input)?, enqueue, ..Addition::default() })
    }
}
