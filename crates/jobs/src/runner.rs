//! The loop that claims work and has it done.

use crate::attempt::{Attempt, Outcome};
use crate::handler::{Done, Handler, JobError};
use crate::waker::Waker;
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use greenroom_store::{Store, StoreError};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// How work is done.
#[derive(Clone, Copy, Debug)]
pub struct RunnerOptions {
    /// Jobs run at a time, default 32.
    pub batch: u64,
    /// How long a claim holds, ms, default 20000. It is renewed while the work goes on, so it only says how soon the
    /// work of a process that died is taken over.
    pub lease_ms: i64,
    /// How long an attempt may take, ms, default 54000; a handler may ask for more. What takes longer counts as failed.
    pub attempt_ms: u64,
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
            lease_ms: 20_000,
            attempt_ms: 54_000,
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

/// What is under way.
#[derive(Default)]
struct UnderWay {
    attempts: JoinSet<Attempt>,
    claims: HashMap<JobId, (Job, AbortHandle)>,
    /// Claims that were gone at the last renewal: the work may just have ended.
    gone: HashSet<JobId>,
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

    /// Runs until `finish`: work that has begun is finished first. At `now` it is broken off and given back.
    pub async fn run(&self, finish: CancellationToken, now: CancellationToken) {
        let poll = Duration::from_millis(self.options.poll_ms);
        let mut renewal = tokio::time::interval(self.renew_every());
        // Two renewals at once, after one that took long, would take work that has just ended for lost.
        renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut under_way = UnderWay::default();
        let mut may_wait = true;
        loop {
            if finish.is_cancelled() && under_way.claims.is_empty() {
                return;
            }
            let room = self.options.batch.saturating_sub(under_way.claims.len() as u64);
            if may_wait && room > 0 && !finish.is_cancelled() {
                may_wait = match self.claim(room, &mut under_way).await {
                    Ok(claimed) => claimed == room,
                    Err(error) => {
                        tracing::warn!(%error, "background work could not be claimed");
                        false
                    }
                };
                continue;
            }
            tokio::select! {
                () = now.cancelled() => return self.give_back(under_way).await,
                () = finish.cancelled(), if !finish.is_cancelled() => {}
                Some(ended) = under_way.attempts.join_next() => {
                    let mut all: Vec<Attempt> = ended.into_iter().collect();
                    while let Some(ended) = under_way.attempts.try_join_next() {
                        all.extend(ended);
                    }
                    all.iter().for_each(|attempt| drop(under_way.claims.remove(&attempt.job.id)));
                    if let Err(error) = self.settle(all).await {
                        tracing::warn!(%error, "what came of background work could not be recorded; it comes back");
                    }
                }
                _ = renewal.tick(), if !under_way.claims.is_empty() => self.renew(&mut under_way).await,
                () = self.waker.woken() => may_wait = true,
                () = tokio::time::sleep(poll) => may_wait = true,
            }
        }
    }

    /// Claims what is due and does it. Returns how many jobs were claimed.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let mut under_way = UnderWay::default();
        let claimed = self.claim(self.options.batch, &mut under_way).await?;
        let mut all = Vec::new();
        while let Some(ended) = under_way.attempts.join_next().await {
            all.extend(ended);
        }
        self.settle(all).await?;
        Ok(claimed as usize)
    }

    /// Claims up to `room` jobs and begins them. Returns how many.
    async fn claim(&self, room: u64, under_way: &mut UnderWay) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let kinds: Vec<&str> = self.handlers.iter().map(|handler| handler.kind()).collect();
        let lease = now.plus_ms(self.options.lease_ms);
        let jobs = self.store.claim_jobs(&kinds, room, lease, now).await?;
        let claimed = jobs.len() as u64;
        for job in jobs {
            let handler = self.handlers.iter().find(|handler| handler.kind() == job.kind).cloned();
            let attempt = Attempt::begin(job.clone(), handler, self.options);
            let running = under_way.attempts.spawn(attempt);
            under_way.claims.insert(job.id, (job, running));
        }
        Ok(claimed)
    }

    /// Records what came of attempts.
    async fn settle(&self, attempts: Vec<Attempt>) -> Result<(), StoreError> {
        let mut finished = Vec::new();
        let mut recorded = Ok(());
        for Attempt { job, outcome } in attempts {
            match outcome {
                Outcome::Ended(Ok(Done::Finished)) => finished.push(job.id),
                Outcome::Ended(Ok(Done::FinishedInTransaction)) => {}
                // One that cannot be recorded comes back with its lease; the others go on meanwhile.
                Outcome::Ended(Err(error)) => recorded = self.failed(&job, &error).await.and(recorded),
                Outcome::Hopeless(error) => recorded = self.bury(&job, &error).await.and(recorded),
            }
        }
        self.store.finish_jobs(&finished).await?;
        recorded
    }

    /// Lets claims go on. What was claimed by another node since is broken off here.
    async fn renew(&self, under_way: &mut UnderWay) {
        let going_on = under_way.claims.values().filter(|(_, running)| !running.is_finished());
        let jobs: Vec<Job> = going_on.map(|(job, _)| job.clone()).collect();
        let lease = self.clock.now().plus_ms(self.options.lease_ms);
        let held = match self.store.renew_jobs(&jobs, lease).await {
            Ok(held) => held,
            Err(error) => return tracing::warn!(%error, "claims of background work could not be renewed"),
        };
        let gone: HashSet<JobId> = jobs.iter().map(|job| job.id).filter(|id| !held.contains(id)).collect();
        for id in gone.intersection(&under_way.gone) {
            if let Some((job, running)) = under_way.claims.remove(id) {
                tracing::warn!(job.id = %job.id, job.kind = %job.kind, "another node is at this work; it is broken off");
                running.abort();
            }
        }
        under_way.gone = gone;
    }

    async fn give_back(&self, mut under_way: UnderWay) {
        under_way.attempts.shutdown().await;
        let jobs: Vec<Job> = under_way.claims.into_values().map(|(job, _)| job).collect();
        match self.store.release_jobs(&jobs).await {
            Ok(()) if jobs.is_empty() => {}
            Ok(()) => tracing::info!(count = jobs.len(), "background work was broken off and given back"),
            Err(error) => {
                tracing::warn!(%error, "background work was broken off; it comes back with its lease")
            }
        }
    }

    /// Three times within a lease, so that one that fails does not lose it.
    fn renew_every(&self) -> Duration {
        Duration::from_millis((self.options.lease_ms.unsigned_abs() / 3).max(1))
    }

    async fn failed(&self, job: &Job, error: &JobError) -> Result<(), StoreError> {
        if job.attempts >= self.options.max_attempts {
            return self.bury(job, error).await;
        }
        let doubled = self.options.first_delay_ms.saturating_mul(1 << job.attempts.saturating_sub(1).min(20));
        let delay = doubled.min(self.options.max_delay_ms);
        tracing::warn!(job.id = %job.id, job.kind = %job.kind, %error, delay_ms = delay, "background work failed");
        self.store.retry_job(job, self.clock.now().plus_ms(delay), &error.to_string()).await
    }

    async fn bury(&self, job: &Job, error: &JobError) -> Result<(), StoreError> {
        tracing::error!(job.id = %job.id, job.kind = %job.kind, %error, "background work was given up");
        self.store.bury_job(job, &error.to_string()).await
    }
}
