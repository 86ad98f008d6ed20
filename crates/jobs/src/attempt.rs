//! One attempt at a job.

use crate::handler::{Done, Handler, JobError};
use crate::runner::RunnerOptions;
use futures::FutureExt;
use greenroom_domain::job_queue::Job;
use greenroom_telemetry::jobs::{Ended, attempted};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument;
use tracing::field::Empty;

/// An attempt that is over.
pub(crate) struct Attempt {
    /// The work as it was claimed.
    pub job: Job,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
pub(crate) enum Outcome {
    /// It came to an end.
    Ended(Result<Done, JobError>),
    /// There is no use in trying again.
    Hopeless(JobError),
}

impl Attempt {
    /// Does `job`, for as long as an attempt may take.
    pub(crate) async fn begin(job: Job, handler: Option<Arc<dyn Handler>>, options: RunnerOptions) -> Self {
        let outcome = outcome(&job, handler, &options).await;
        Self { job, outcome }
    }
}

async fn outcome(job: &Job, handler: Option<Arc<dyn Handler>>, options: &RunnerOptions) -> Outcome {
    let Some(handler) = handler else {
        return Outcome::Ended(Err(JobError::new(format!("nobody does {}", job.kind))));
    };
    // Each attempt so far ended the process, or the line to the database: none of them said how it went.
    if job.attempts > options.max_attempts {
        return Outcome::Hopeless(JobError::new("no attempt came to an end"));
    }
    let patience = handler.patience().unwrap_or(Duration::from_millis(options.attempt_ms));
    let span = tracing::error_span!("job", job.id = %job.id, job.kind = %job.kind, interview.id = Empty);
    if let Some(parent) = &job.trace {
        greenroom_telemetry::trace::adopt(&span, parent);
    }
    let running = AssertUnwindSafe(handler.run(job).instrument(span)).catch_unwind();
    let began = Instant::now();
    let outcome = match tokio::time::timeout(patience, running).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(JobError::new("the handler panicked")),
        Err(_) => Err(JobError::new("it took too long")),
    };
    attempted(&job.kind, ended(job, outcome.is_ok(), options), began.elapsed());
    Outcome::Ended(outcome)
}

fn ended(job: &Job, is_done: bool, options: &RunnerOptions) -> Ended {
    match is_done {
        true => Ended::Done,
        false if job.attempts >= options.max_attempts => Ended::Buried,
        false => Ended::Retried,
    }
}
