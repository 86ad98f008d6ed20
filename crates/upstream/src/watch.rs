//! Asks, in the background, whether a service that is left alone is back. Callers never wait for it.

use crate::circuit::Circuit;
use crate::kind::Kind;
use async_trait::async_trait;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// Longest sleep before the circuit is looked at again.
const STEP: Duration = Duration::from_secs(10);

/// A member of a line that can be asked whether it is back.
#[async_trait]
pub trait Probed: Send + Sync + 'static {
    /// Its circuit.
    fn circuit(&self) -> &Arc<Circuit>;

    /// Asks for as little as may be asked for.
    async fn is_back(&self) -> Result<(), Kind>;
}

/// Sees to it that `member` is asked, while its circuit is open, whenever it has been left alone for long
/// enough. At most one task does so for a circuit. It ends when the circuit is closed or nobody holds the line any
/// more. `patience` is the time for an answer.
pub fn watch<P: Probed>(member: &Arc<P>, patience: Duration) {
    if let Some(watch) = Watch::begin(member.circuit()) {
        tokio::spawn(run(watch, Arc::downgrade(member), patience));
    }
}

async fn run<P: Probed>(mut watch: Watch, member: Weak<P>, patience: Duration) {
    while let Some(until) = watch.due() {
        if member.strong_count() == 0 {
            return;
        }
        let now = Instant::now();
        if until > now {
            // In steps: meanwhile a call may close it, or open it anew for a shorter time.
            sleep_until(until.min(now + STEP)).await;
            continue;
        }
        let Some(member) = member.upgrade() else { return };
        let asked = timeout(patience, member.is_back()).await.unwrap_or(Err(Kind::TimedOut));
        member.circuit().probed(asked, Instant::now());
    }
}

/// The one who watches a circuit.
#[derive(Debug)]
pub(crate) struct Watch {
    circuit: Arc<Circuit>,
    is_over: bool,
}

impl Watch {
    /// `None` while the circuit is closed or somebody watches it.
    pub(crate) fn begin(circuit: &Arc<Circuit>) -> Option<Self> {
        let is_begun = circuit.begin_watch();
        is_begun.then(|| Self { circuit: Arc::clone(circuit), is_over: false })
    }

    /// When it is to be asked; `None` once the circuit is closed, which ends the watch.
    pub(crate) fn due(&mut self) -> Option<Instant> {
        let due = self.circuit.due_or_end_watch();
        self.is_over = due.is_none();
        due
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.is_over {
            self.circuit.end_watch();
        }
    }
}
