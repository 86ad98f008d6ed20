//! Work that goes on when whoever asked for it has gone away, and the end of it all.

use std::sync::Arc;
use tokio::sync::{RwLock, RwLockReadGuard};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// What runs behind requests. Cheap to clone; clones share.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stopping: CancellationToken,
    has_left: Arc<RwLock<bool>>,
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

    /// Whether this process has given up what it held among others: it takes nothing more then. As long as the guard is
    /// held, it does not give anything up.
    pub(crate) async fn has_left(&self) -> RwLockReadGuard<'_, bool> {
        self.has_left.read().await
    }

    /// From now on nothing more is taken; what is being taken is waited for.
    pub(crate) async fn leave(&self) {
        *self.has_left.write().await = true;
    }

    /// Waits until all work has ended.
    pub async fn ended(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }
}
