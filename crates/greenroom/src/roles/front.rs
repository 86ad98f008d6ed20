//! The roles api and live: both answer at one address. A worker answers there too, with signs of life only.

use super::Shutdown;
use axum::Router;
use tokio::net::TcpListener;

/// Answers requests and holds live lines.
pub struct Front {
    /// Where.
    pub listener: TcpListener,
    /// What.
    pub router: Router,
    /// How.
    pub options: greenroom_api::Options,
}

impl Front {
    /// Runs until the last request is answered and the last line closed.
    pub async fn run(self, shutdown: Shutdown) -> anyhow::Result<()> {
        let finish = shutdown.finish.clone().cancelled_owned();
        tokio::select! {
            () = greenroom_api::serve(self.listener, self.router, &self.options, finish) => {}
            () = shutdown.now.cancelled() => {}
        }
        Ok(())
    }
}
