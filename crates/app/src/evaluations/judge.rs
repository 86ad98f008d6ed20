//! Judge one answer of an interview.

use crate::interviews::{Action, Addition};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{EvaluationId, JobId, ResponseId};
use greenroom_domain::interview::{Event, State};
use greenroom_domain::rubric::Rubric;
use greenroom_providers::Subject;

/// Adds the judgement of an answer to its interview; nothing when it is there already.
pub(crate) struct Evaluate {
    /// The answer.
    pub response_id: ResponseId,
    /// The work that asked for it.
    pub finish: Option<JobId>,
}

impl Action for Evaluate {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        if state.response(self.response_id).is_some_and(|(_, response)| response.evaluation.is_some()) {
            return Ok(Addition::default());
        }
        let evaluation = judge_response(app, state, self.response_id, now).await?;
        let event = Event::AnswerEvaluated { evaluation: Box::new(evaluation.clone()) };
        Ok(Addition {
            events: vec![event],
            evaluations: vec![evaluation],
            finish: self.finish.into_iter().collect(),
            ..Addition::default()
        })
    }
}

/// The judgement of an answer by the rubric that its interview began with.
async fn judge_response(app: &App, state: &State, id: ResponseId, now: Timestamp) -> Result<Evaluation> {
    let (asked, response) =
        state.response(id).ok_or_else(|| AppError::not_found("response_not_found", "answer"))?;
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
