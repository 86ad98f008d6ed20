//! Tells the runner in this process that there is work, so that it need not wait for its next look.

use std::sync::Arc;
use tokio::sync::Notify;

/// Wakes the runner. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// There is work.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.0.notified().await;
    }
}
