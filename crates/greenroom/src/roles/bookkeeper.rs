//! Keeps the books of all nodes together: what models cost today.

use super::Shutdown;
use greenroom_app::{App, models};
use std::time::Duration;

/// How often nodes tell each other what models cost them.
const SHARE_EVERY: Duration = Duration::from_secs(5);

/// Shares what models cost.
pub struct Bookkeeper {
    app: App,
}

impl Bookkeeper {
    /// Reads what was spent today before anything more is.
    pub async fn open(app: App) -> Self {
        if let Err(error) = models::share_spending(&app).await {
            tracing::warn!(%error, "what models cost today cannot be read");
        }
        Self { app }
    }

    /// Runs until the process finishes, and shares a last time then.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let mut ticks = tokio::time::interval(SHARE_EVERY);
        loop {
            let is_over = tokio::select! {
                () = shutdown.finish.cancelled() => true,
                _ = ticks.tick() => false,
            };
            if let Err(error) = models::share_spending(&self.app).await {
                tracing::warn!(%error, "what models cost cannot be stored; it is tried again");
            }
            if is_over {
                return Ok(());
            }
        }
    }
}
