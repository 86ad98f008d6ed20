//! Who does the work.

use async_trait::async_trait;
use greenroom_domain::job_queue::Job;
use std::time::Duration;

/// Does one kind of work. Running twice must do no harm: a crash after the work and before its end is
/// recorded runs it again.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Which work.
    fn kind(&self) -> &'static str;

    /// How long one attempt may take; the runner's own limit when it is `None`.
    fn patience(&self) -> Option<Duration> {
        None
    }

    /// Does it. A failure is tried again later.
    async fn run(&self, job: &Job) -> Result<Done, JobError>;
}

/// How work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Done; the runner removes it.
    Finished,
    /// Done, and removed by the transaction that stored the result.
    FinishedInTransaction,
}

/// Work failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct JobError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl JobError {
    /// A failure with its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}
