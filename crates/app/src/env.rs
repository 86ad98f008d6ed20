//! The real clock and the real source of ids: the only places that ask the system for either.

use greenroom_domain::clock::{Clock, Timestamp};
use greenroom_domain::ids::IdSource;
use std::sync::LazyLock;
use std::time::Instant;
use uuid::Uuid;

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::new(chrono::Utc::now())
    }

    fn steady_ms(&self) -> u64 {
        since_boot_ms().unwrap_or_else(|| u64::try_from(STARTED.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

/// How long the machine is up, sleep included, which [`Instant`] leaves out; `None` where it does not say so.
fn since_boot_ms() -> Option<u64> {
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let seconds: f64 = uptime.split(' ').next()?.parse().ok()?;
    Some((seconds * 1000.0) as u64)
}

/// Random, time-ordered ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
