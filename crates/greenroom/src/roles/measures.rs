//! Measures of the process: kept from growing, and served on an address of their own if there is one.

use super::Shutdown;
use axum::Router;
use greenroom_telemetry::exporter;
use std::time::Duration;
use tokio::net::TcpListener;

/// How often measures are tidied up.
const TIDY_EVERY: Duration = Duration::from_secs(5);

/// Looks after measures.
pub struct Measures {
    /// Where they are served beside the front, and what is served there.
    pub own: Option<(TcpListener, Router)>,
}

impl Measures {
    /// Runs until the process finishes.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let finish = shutdown.finish.clone();
        tokio::join!(tidy(&shutdown), async {
            let Some((listener, router)) = self.own else { return };
            let served = axum::serve(listener, router).with_graceful_shutdown(finish.cancelled_owned());
            tokio::select! {
                outcome = served => if let Err(error) = outcome {
                    tracing::error!(%error, "measures are no longer served");
                },
                () = shutdown.now.cancelled() => {}
            }
        });
        Ok(())
    }
}

/// Keeps measures from growing when nobody reads them.
async fn tidy(shutdown: &Shutdown) {
    let mut ticks = tokio::time::interval(TIDY_EVERY);
    loop {
        tokio::select! {
            () = shutdown.finish.cancelled() => return,
            _ = ticks.tick() => exporter().tidy(),
        }
    }
}
