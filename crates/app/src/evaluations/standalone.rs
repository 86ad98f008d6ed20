//! Judge an answer on its own, and read judgements.

use super::evaluate_answer;
use super::judge::measured;
use crate::engines::engines_for;
use crate::interviews;
use crate::{App, AppError, Result};
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{EvaluationId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::MAX_ANSWER_CHARS;
use greenroom_providers::Subject;
use std::time::Instant;

/// An answer outside of any interview.
#[derive(Clone, Debug)]
pub struct OnItsOwn {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// An answer that would get full marks.
    pub reference: Option<String>,
    /// Rubric; the default when not given.
    pub rubric_id: Option<String>,
}

/// Judges an answer on its own and keeps the judgement.
pub async fn evaluate(app: &App, user: UserId, subject: OnItsOwn) -> Result<Evaluation> {
    if subject.question.trim().is_empty() {
        return Err(AppError::field("question", "Write the question that is answered."));
    }
    let reference = subject.reference.as_deref().unwrap_or_default();
    let texts =
        [("question", subject.question.as_str()), ("answer", &subject.answer), ("reference", reference)];
    for (field, text) in texts {
        if text.chars().count() > MAX_ANSWER_CHARS {
            return Err(AppError::field(field, format!("Use at most {MAX_ANSWER_CHARS} characters.")));
        }
    }
    let rubric = app
        .rubric(subject.rubric_id.as_deref())
        .ok_or_else(|| AppError::field("rubric_id", "There is no such rubric."))?;
    crate::accounts::me(app, user).await?;
    let engines = engines_for(app, user).await?;
    let judged = Subject {
        question: &subject.question,
        answer: &subject.answer,
        reference: subject.reference.as_deref(),
        key_points: &[],
        kind: None,
        language: "en",
    };
    let began = Instant::now();
    let judgement = engines.judge.judge(judged, rubric).await.judgement;
    measured(&judgement, began);
    let evaluation = Evaluation {
        id: EvaluationId::fresh(app.ids()),
        session_id: None,
        question_id: None,
        response_id: None,
        judgement,
        created_at: app.now(),
    };
    app.store().insert_evaluation(user, &evaluation).await?;
    Ok(evaluation)
}

/// The judgement of an interview's answer; made now when it is not there yet.
pub async fn evaluate_response(app: &App, user: UserId, response_id: ResponseId) -> Result<Evaluation> {
    let session = app.store().session_of_response(user, response_id).await?.ok_or_else(response_not_found)?;
    let state = evaluate_answer(app, session, response_id, None).await?;
    let evaluation = state.response(response_id).and_then(|(_, response)| response.evaluation.clone());
    evaluation.ok_or_else(response_not_found)
}

/// This person's judgement.
pub async fn get(app: &App, user: UserId, id: EvaluationId) -> Result<Evaluation> {
    let found = app.store().evaluation(user, id).await?;
    found.ok_or_else(|| AppError::not_found("evaluation_not_found", "evaluation"))
}

/// The judgements of an interview, in order.
pub async fn of_session(app: &App, user: UserId, id: SessionId) -> Result<Vec<Evaluation>> {
    interviews::get(app, user, id).await?;
    Ok(app.store().session_evaluations(user, id).await?)
}

fn response_not_found() -> AppError {
    AppError::not_found("response_not_found", "answer")
}
