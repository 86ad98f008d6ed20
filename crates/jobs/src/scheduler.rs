//! Queues work that comes again and again.

use crate::waker::Waker;
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::{IdSource, JobId};
use greenroom_domain::job_queue::{Job, Schedule};
use greenroom_store::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often schedules are looked at: one small query each.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Queues scheduled work, once each time however many nodes look.
pub struct Scheduler {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    waker: Waker,
    schedules: Vec<Schedule>,
}

impl Scheduler {
    /// A scheduler of `schedules`.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        waker: Waker,
        schedules: Vec<Schedule>,
    ) -> Self {
        Self { store, clock, ids, waker, schedules }
    }

    /// Runs until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "scheduled work could not be queued");
            }
        }
    }

    /// Queues what is due. Returns how many jobs.
    pub async fn look(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let mut queued = 0;
        for schedule in &self.schedules {
            let job = Job {
                id: JobId::fresh(&*self.ids),
                kind: schedule.kind.to_owned(),
                payload: "{}".to_owned(),
                run_at: now,
                attempts: 0,
                trace: None,
            };
            queued += usize::from(self.store.enqueue_scheduled(schedule, &job, now).await?);
        }
        if queued > 0 {
            self.waker.wake();
        }
        Ok(queued)
    }
}
