//! The background work of judging an answer. It is queued in the transaction that stores the answer.

use super::judge::judge_response;
use crate::interviews::append;
use crate::{App, AppError};
use async_trait::async_trait;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{JobId, ResponseId, SessionId};
use greenroom_domain::interview::{Event, State};
use greenroom_domain::job_queue::Job;
use greenroom_jobs::{Done, Handler, JobError};
use serde::{Deserialize, Serialize};

const KIND: &str = "evaluate_answer";

#[derive(Serialize, Deserialize)]
struct Payload {
    session_id: SessionId,
    response_id: ResponseId,
}

/// The work of judging `response_id`.
pub(crate) fn evaluation_job(app: &App, session_id: SessionId, response_id: ResponseId, now: Timestamp) -> Job {
    let payload = format!(r#"{{"session_id":"{session_id}","response_id":"{response_id}"}}"#);
    Job { id: JobId::fresh(app.ids()), kind: KIND.to_owned(), payload, run_at: now, attempts: 0 }
}

/// Judges answers in the background.
#[derive(Clone)]
pub struct EvaluateAnswer {
    /// The application.
    pub app: App,
}

#[async_trait]
impl Handler for EvaluateAnswer {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, job: &Job) -> Result<Done, JobError> {
        let Payload { session_id, response_id } = serde_json::from_str(&job.payload).map_err(JobError::new)?;
        match judge_and_append(&self.app, session_id, response_id, job.id).await {
            Ok(true) => Ok(Done::FinishedInTransaction),
            // Judged already, or the interview was deleted: nothing is left to do.
            Ok(false) => Ok(Done::Finished),
            Err(error) if error.code == ErrorCode::NotFound => Ok(Done::Finished),
            Err(error) => Err(JobError::new(error)),
        }
    }
}

/// Appends the judgement and finishes the job in one transaction. False when it is judged already.
async fn judge_and_append(
    app: &App,
    session_id: SessionId,
    response_id: ResponseId,
    job: JobId,
) -> Result<bool, AppError> {
    let mut appended = false;
    append(app, session_id, async |state: &State, now: Timestamp| {
        let judged = state.response(response_id).is_some_and(|(_, response)| response.evaluation.is_some());
        appended = !judged;
        if judged {
            return Ok(Default::default());
        }
        let evaluation = judge_response(app, state, response_id, now).await?;
        let event = Event::AnswerEvaluated { evaluation: Box::new(evaluation.clone()) };
        Ok(crate::interviews::Addition {
            events: vec![event],
            evaluations: vec![evaluation],
            finish: vec![job],
            ..Default::default()
        })
    })
    .await?;
    Ok(appended)
}
