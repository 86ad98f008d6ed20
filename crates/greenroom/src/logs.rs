//! What the program writes about itself: readable on a terminal, JSON elsewhere. No personal data.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging to stderr. `RUST_LOG` chooses; `info` by default.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process changes nothing.
    let _ = if std::io::stderr().is_terminal() { logs.try_init() } else { logs.json().try_init() };
}
