//! Work that goes on when whoever asked for it has gone away, and the end of it all.

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// What runs behind requests. Cheap to clone; clones share.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stopping: CancellationToken,
}

impl Tasks {
    /// Does `work` beside whoever asks, and within their span. A stop of the process waits for it.
    pub fn spawn<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        self.tracker.spawn(work.in_current_span())
    }

    /// Cancelled when this process is about to stop: begin nothing that lasts, end what waits for others.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Waits until all work has ended.
    pub async fn ended(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }
}
