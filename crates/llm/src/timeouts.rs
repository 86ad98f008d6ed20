//! How long a model may be silent.

use std::time::Duration;

/// How long a model may be silent. There is no limit on a whole reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From the call until the first token, connecting included. Default: 30 s.
    pub first: Duration,
    /// From one token to the next. A vendor's signs of life (pings, comments) are no tokens. Default: 20 s.
    pub next: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { first: Duration::from_secs(30), next: Duration::from_secs(20) }
    }
}
