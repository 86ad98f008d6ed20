//! Takes up what other nodes changed of what every node keeps in memory.

use super::Shutdown;
use greenroom_app::{App, accounts, bank, calibration, models};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How often changes are looked for without being told: one small query each.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Takes up changes of other nodes.
pub struct Follower {
    /// The use cases.
    pub app: App,
    /// Told when another node has changed something.
    pub changed: Arc<Notify>,
}

impl Follower {
    /// Runs until the process finishes.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                () = shutdown.finish.cancelled() => return Ok(()),
                () = self.changed.notified() => {}
                _ = ticks.tick() => {}
            }
            self.look().await;
        }
    }

    async fn look(&self) {
        if let Err(error) = accounts::forget_erased(&self.app).await {
            tracing::warn!(%error, "who was erased elsewhere cannot be looked up");
        }
        for (what, outcome) in [
            ("language models", models::refresh(&self.app).await),
            ("calibrated questions", calibration::refresh(&self.app).await),
            ("questions", bank::refresh(&self.app).await),
        ] {
            match outcome {
                Ok(false) => {}
                Ok(true) => tracing::info!("{what} were changed elsewhere and are taken up"),
                Err(error) => tracing::warn!(%error, "{what} cannot be looked up"),
            }
        }
    }
}
