//! How a process ends.

use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long what has begun may take after a stop was asked for.
const GRACE: Duration = Duration::from_secs(20);

/// Tells the roles to end.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// Begin nothing new, finish what has begun.
    pub finish: CancellationToken,
    /// Break off what has begun and give it back.
    pub now: CancellationToken,
}

impl Shutdown {
    /// Follows the signals of the process: the first one asks to finish, the second one, or the end of the time for
    /// it, to end now.
    pub async fn follow_signals(self) -> std::io::Result<()> {
        let mut signals = Signals::new()?;
        tokio::select! {
            () = signals.next() => tracing::info!("stopping: what has begun is finished; a second signal stops at once"),
            () = self.finish.cancelled() => {}
        }
        self.finish.cancel();
        tokio::select! {
            () = signals.next() => tracing::info!("stopping at once"),
            () = tokio::time::sleep(GRACE) => tracing::warn!("stopping at once: what had begun took too long"),
            () = self.now.cancelled() => {}
        }
        self.now.cancel();
        Ok(())
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
