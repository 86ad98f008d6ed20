//! The background work of judging an answer. It is queued in the transaction that stores the answer.

use super::judge::evaluate;
use crate::App;
use async_trait::async_trait;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{JobId, ResponseId, SessionId};
use greenroom_domain::job_queue::Job;
use greenroom_jobs::{Done, Handler, JobError};
use greenroom_telemetry::trace;
use serde::{Deserialize, Serialize};

const KIND: &str = "evaluate_answer";

#[derive(Serialize, Deserialize)]
struct Payload {
    session_id: SessionId,
    response_id: ResponseId,
}

/// The work of judging `response_id`, not before `run_at`.
pub(crate) fn evaluation_job(
    app: &App,
    session_id: SessionId,
    response_id: ResponseId,
    run_at: Timestamp,
) -> Job {
    let payload = format!(r#"{{"session_id":"{session_id}","response_id":"{response_id}"}}"#);
    Job {
        id: JobId::fresh(app.ids()),
        kind: KIND.to_owned(),
        payload,
        run_at,
        attempts: 0,
        trace: trace::current(),
    }
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
        let Payload { session_id, response_id } =
            serde_json::from_str(&job.payload).map_err(JobError::new)?;
        tracing::Span::current().record("interview.id", tracing::field::display(session_id));
        match evaluate(&self.app, session_id, response_id, Some(job.id)).await {
            // Removed with the judgement; when that was there before, removing what is left does no harm.
            Ok(_) => Ok(Done::Finished),
            // The interview was deleted: nothing is left to do.
            Err(error) if error.code == ErrorCode::NotFound => Ok(Done::Finished),
            Err(error) => Err(JobError::new(error)),
        }
    }
}
