//! Judge one answer of an interview.

use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{EvaluationId, ResponseId};
use greenroom_domain::interview::State;
use greenroom_domain::rubric::Rubric;
use greenroom_providers::Subject;

/// The judgement of an answer by the rubric that its interview began with.
pub(crate) async fn judge_response(
    app: &App,
    state: &State,
    id: ResponseId,
    now: Timestamp,
) -> Result<Evaluation> {
    let (asked, response) = state
        .response(id)
        .ok_or_else(|| AppError::not_found("response_not_found", "answer"))?;
    let question = &asked.question;
    let subject = Subject {
        question: &question.content,
        answer: &response.content,
        reference: question.reference.as_deref(),
        key_points: &question.key_points,
        kind: Some(question.category),
        language: &state.settings.language,
    };
    let judgement = app.parts().judge.judge(subject, pinned(app, state)?).await;
    Ok(Evaluation {
        id: EvaluationId::fresh(app.ids()),
        session_id: Some(state.id),
        question_id: Some(question.id),
        response_id: Some(id),
        judgement,
        created_at: now,
    })
}

/// The rubric version that the interview began with.
fn pinned<'a>(app: &'a App, state: &State) -> Result<&'a Rubric> {
    let wanted = &state.settings.rubric;
    app.rubrics()
        .iter()
        .find(|rubric| rubric.id == wanted.id && rubric.version == wanted.version)
        .ok_or_else(|| AppError::internal(format!("rubric {} version {} is gone", wanted.id, wanted.version)))
}
