//! The role worker: does background work, and sees to it that what comes again and again is queued.

use super::Shutdown;
use greenroom_jobs::{Runner, Scheduler};

/// Does background work.
pub struct Worker {
    /// Does it.
    pub runner: Runner,
    /// Queues what comes again and again.
    pub scheduler: Scheduler,
}

impl Worker {
    /// Runs until what was claimed is done, or given back.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let Shutdown { finish, now } = shutdown;
        tokio::join!(self.runner.run(finish.clone(), now), self.scheduler.run(finish));
        Ok(())
    }
}
