//! Puts away what was recorded on this machine and is still on its disk: of processes that died, and of lines that ended
//! while the storage did not answer.

use super::Shutdown;
use greenroom_app::App;
use greenroom_live::recordings::put_away_all;
use std::path::PathBuf;
use std::time::Duration;

/// How often it is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Looks after what was recorded.
pub struct Archivist {
    /// The use cases.
    pub app: App,
    /// Where it lies.
    pub spool: PathBuf,
}

impl Archivist {
    /// Runs until the process finishes.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                () = shutdown.finish.cancelled() => return Ok(()),
                _ = ticks.tick() => {}
            }
            let count = put_away_all(&self.app, &self.spool).await;
            if count > 0 {
                tracing::info!(count, "recordings that were left on the disk were put away");
            }
        }
    }
}
