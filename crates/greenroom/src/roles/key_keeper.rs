//! Encrypts what is stored from before, and takes up a new master key.

use super::Shutdown;
use greenroom_app::{App, keys};
use std::time::Duration;

/// How often a new master key is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Looks after keys.
pub struct KeyKeeper {
    /// The use cases.
    pub app: App,
}

impl KeyKeeper {
    /// Runs until the process finishes.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        tokio::select! {
            () = shutdown.finish.cancelled() => {}
            () = self.keep() => {}
        }
        Ok(())
    }

    async fn keep(&self) {
        match keys::seal_old_texts(&self.app).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "texts from before were encrypted"),
            Err(error) => {
                tracing::warn!(%error, "texts from before could not be encrypted; the next start goes on");
            }
        }
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            ticks.tick().await;
            match keys::take_up_master(&self.app).await {
                Ok((0, 0)) => {}
                Ok((people, vendors)) => {
                    tracing::info!(people, vendors, "keys were wrapped with the new master key");
                }
                Err(error) => tracing::warn!(%error, "keys could not be wrapped with the new master key"),
            }
        }
    }
}
