//! The background work of asking the next question, should the process die while a model thinks. It is queued in
//! the transaction that stores the answer.

use super::conversing::converse;
use crate::App;
use async_trait::async_trait;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{JobId, SessionId};
use greenroom_domain::job_queue::Job;
use greenroom_jobs::{Done, Handler, JobError};
use greenroom_telemetry::trace;
use serde::{Deserialize, Serialize};

const KIND: &str = "ask_next_question";
/// Longer than any turn of a model takes, ms.
const AFTER_MS: i64 = 30_000;

#[derive(Serialize, Deserialize)]
struct Payload {
    session_id: SessionId,
}

/// The work of asking the next question of `session_id`, if nobody has by then.
pub(super) fn ask_next_job(app: &App, session_id: SessionId, now: Timestamp) -> Job {
    let payload = format!(r#"{{"session_id":"{session_id}"}}"#);
    let run_at = now.plus_ms(AFTER_MS);
    Job {
        id: JobId::fresh(app.ids()),
        kind: KIND.to_owned(),
        payload,
        run_at,
        attempts: 0,
        trace: trace::current(),
    }
}

/// Asks next questions in the background.
#[derive(Clone)]
pub struct AskNextQuestion {
    /// The application.
    pub app: App,
}

#[async_trait]
impl Handler for AskNextQuestion {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, job: &Job) -> Result<Done, JobError> {
        let Payload { session_id } = serde_json::from_str(&job.payload).map_err(JobError::new)?;
        tracing::Span::current().record("interview.id", tracing::field::display(session_id));
        match converse(&self.app, session_id, Some(job.id)).await {
            Ok(_) => Ok(Done::Finished),
            // The interview was deleted: nothing is left to do.
            Err(error) if error.code == ErrorCode::NotFound => Ok(Done::Finished),
            Err(error) => Err(JobError::new(error)),
        }
    }
}
