//! Written feedback on answers.

use crate::evaluations::evaluate_response;
use crate::interviews;
use crate::{App, AppError, Result};
use greenroom_domain::account::FeedbackStyle;
use greenroom_domain::feedback::{Feedback, FeedbackContent};
use greenroom_domain::ids::{FeedbackId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Asked, Response};
use greenroom_scoring::feedback::{Reviewed, write};

/// Feedback on an answer, in the style of the person's profile. Asking again replaces it.
pub async fn give(app: &App, user: UserId, response_id: ResponseId) -> Result<Feedback> {
    let evaluation = evaluate_response(app, user, response_id).await?;
    let session_id = evaluation.session_id.ok_or_else(response_not_found)?;
    let state = interviews::state(app, user, session_id).await?;
    let style = app.store().profile(user).await?.preferred_feedback_style;
    let (asked, response) = state.response(response_id).ok_or_else(response_not_found)?;
    let content = on(asked, response, style, &state.settings.language).ok_or_else(response_not_found)?;
    let feedback = Feedback {
        id: FeedbackId::fresh(app.ids()),
        response_id,
        session_id,
        content,
        engine: evaluation.judgement.engine,
        created_at: app.now(),
    };
    app.store().save_feedback(user, &feedback).await?;
    Ok(feedback)
}

/// This person's feedback.
pub async fn get(app: &App, user: UserId, id: FeedbackId) -> Result<Feedback> {
    let found = app.store().feedback(user, id).await?;
    found.ok_or_else(|| AppError::not_found("feedback_not_found", "feedback"))
}

/// Feedback of an interview, in order.
pub async fn of_session(app: &App, user: UserId, id: SessionId) -> Result<Vec<Feedback>> {
    interviews::get(app, user, id).await?;
    Ok(app.store().session_feedback(user, id).await?)
}

/// What feedback says of a judged answer; `None` while it is not judged.
pub(crate) fn on(
    asked: &Asked,
    response: &Response,
    style: FeedbackStyle,
    language: &str,
) -> Option<FeedbackContent> {
    let evaluation = response.evaluation.as_ref()?;
    Some(write(&Reviewed {
        question: &asked.question.content,
        kind: asked.question.category,
        key_points: &asked.question.key_points,
        answer: &response.content,
        judgement: &evaluation.judgement,
        tags: &asked.question.tags,
        style,
        language,
    }))
}

fn response_not_found() -> AppError {
    AppError::not_found("response_not_found", "answer")
}
