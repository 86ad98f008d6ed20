//! Answer a question again after the interview: for learning, judged beside the first answer.

use super::read::owned;
use super::states::{Addition, append};
use crate::evaluations::judge_response;
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Event, Input, Response, State, decide};

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
    append(app, id, async |state: &State, _now: Timestamp| {
        let input = Input::AnswerAgain { response_id, question_id, content: content.clone() };
        Ok(Addition { events: decide(state, input)?, ..Addition::default() })
    })
    .await?;
    let state = append(app, id, async |state: &State, now: Timestamp| {
        let evaluation = judge_response(app, state, response_id, now).await?;
        let event = Event::AnswerEvaluated { evaluation: Box::new(evaluation.clone()) };
        Ok(Addition { events: vec![event], evaluations: vec![evaluation], ..Addition::default() })
    })
    .await?;
    let (_, response) = state.response(response_id).ok_or_else(|| AppError::internal("the answer just stored"))?;
    Ok(AnsweredAgain { question_id, response: response.clone() })
}
