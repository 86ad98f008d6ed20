//! The loop that claims work and has it done.

use crate::handler::{Done, Handler, JobError};
use crate::waker::Waker;
use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use greenroom_store::{Store, StoreError};
use greenroom_telemetry::jobs::{Ended, attempted};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use tracing::field::Empty;

/// How work is done.
#[derive(Clone, Copy, Debug)]
pub struct RunnerOptions {
    /// Jobs claimed and run at a time, default 32.
    pub batch: u64,
    /// How long a claim holds, ms, default 60000. An attempt that takes nine tenths of it is stopped and counts as
    /// failed.
    pub lease_ms: i64,
    /// How often to look for work that nobody announced, ms, default 1000.
    pub poll_ms: u64,
    /// Attempts before a job is buried, default 8.
    pub max_attempts: u32,
    /// Delay before the second attempt, ms, default 1000; doubles each time.
    pub first_delay_ms: i64,
    /// Longest delay, ms, default 600000.
    pub max_delay_ms: i64,
}

impl Default for RunnerOptions {
    fn default() -> Self {
        Self {
            batch: 32,
            lease_ms: 60_000,
            poll_ms: 1000,
            max_attempts: 8,
            first_delay_ms: 1000,
            max_delay_ms: 600_000,
        }
    }
}

/// Claims work and has it done.
pub struct Runner {
    store: Store,
    clock: Arc<dyn Clock>,
    waker: Waker,
    handlers: Vec<Arc<dyn Handler>>,
    options: RunnerOptions,
}

impl Runner {
    /// A runner of `handlers`.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        waker: Waker,
        handlers: Vec<Arc<dyn Handler>>,
        options: RunnerOptions,
    ) -> Self {
        Self { store, clock, waker, handlers, options }
    }

    /// Runs until `stop`. Work that has begun is finished first.
    pub async fn run(&self, stop: CancellationToken) {
        let poll = Duration::from_millis(self.options.poll_ms);
        while !stop.is_cancelled() {
            match self.run_due().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "background work could not be claimed"),
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.waker.woken() => {}
                () = tokio::time::sleep(poll) => {}
            }
        }
    }

    /// Claims what is due and does it. Returns how many jobs were claimed.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let kinds: Vec<&str> = self.handlers.iter().map(|handler| handler.kind()).collect();
        let lease = now.plus_ms(self.options.lease_ms);
        let jobs = self.store.claim_jobs(&kinds, self.options.batch, lease, now).await?;
        let mut running: FuturesUnordered<_> = jobs.iter().map(|job| self.attempt(job)).collect();
        let mut finished = Vec::new();
        let mut recorded = Ok(());
        while let Some((job, outcome)) = running.next().await {
            match outcome {
                Ok(Done::Finished) => finished.push(job.id),
                Ok(Done::FinishedInTransaction) => {}
                // One that cannot be recorded comes back with its lease; the others go on meanwhile.
                Err(error) => recorded = self.failed(job, &error).await.and(recorded),
            }
        }
        drop(running);
        self.store.finish_jobs(&finished).await?;
        recorded.map(|()| jobs.len())
    }

    async fn attempt<'a>(&self, job: &'a Job) -> (&'a Job, Result<Done, JobError>) {
        let Some(handler) = self.handlers.iter().find(|handler| handler.kind() == job.kind) else {
            return (job, Err(JobError::new(format!("nobody does {}", job.kind))));
        };
        // Each attempt so far ended the process, or took longer than its lease: none of them said how it went.
        if job.attempts > self.options.max_attempts {
            return (job, Err(JobError::new("no attempt came to an end")));
        }
        let span = tracing::error_span!("job", job.id = %job.id, job.kind = %job.kind, interview.id = Empty);
        let running = AssertUnwindSafe(handler.run(job).instrument(span)).catch_unwind();
        let began = Instant::now();
        let outcome = match tokio::time::timeout(self.patience(), running).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(JobError::new("the handler panicked")),
            Err(_) => Err(JobError::new("it took too long")),
        };
        attempted(&job.kind, self.ended(job, outcome.is_ok()), began.elapsed());
        (job, outcome)
    }

    fn ended(&self, job: &Job, is_done: bool) -> Ended {
        match is_done {
            true => Ended::Done,
            false if job.attempts >= self.options.max_attempts => Ended::Buried,
            false => Ended::Retried,
        }
    }

    /// Ends before the lease does, so that what came of an attempt can still be recorded.
    fn patience(&self) -> Duration {
        Duration::from_millis(self.options.lease_ms.unsigned_abs() / 10 * 9)
    }

    async fn failed(&self, job: &Job, error: &JobError) -> Result<(), StoreError> {
        let id: JobId = job.id;
        if job.attempts >= self.options.max_attempts {
            tracing::error!(job.id = %id, job.kind = %job.kind, %error, "background work was given up");
            return self.store.bury_job(job, &error.to_string()).await;
        }
        let doubled = self.options.first_delay_ms.saturating_mul(1 << job.attempts.saturating_sub(1).min(20));
        let delay = doubled.min(self.options.max_delay_ms);
        tracing::warn!(job.id = %id, job.kind = %job.kind, %error, delay_ms = delay, "background work failed");
        self.store.retry_job(job, self.clock.now().plus_ms(delay), &error.to_string()).await
    }
}
