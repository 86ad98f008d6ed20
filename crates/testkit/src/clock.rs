//! Time and ids that tests control.

use greenroom_domain::clock::{Clock, Timestamp};
use greenroom_domain::ids::IdSource;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

/// A clock that stands still until it is moved.
#[derive(Debug, Default)]
pub struct ManualClock {
    ms: AtomicI64,
    /// By how much somebody has set the clock.
    set: AtomicI64,
}

impl ManualClock {
    /// Moves the clock by `ms`; back when negative.
    pub fn advance(&self, ms: i64) {
        self.ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sets the clock ahead by `ms` while no time passes; back when negative.
    pub fn set_ahead(&self, ms: i64) {
        self.set.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    /// The moment since the first second of 2026.
    fn now(&self) -> Timestamp {
        let base = "2026-01-01T00:00:00Z".parse().expect("the moment is valid");
        let ms = self.ms.load(Ordering::SeqCst) + self.set.load(Ordering::SeqCst);
        Timestamp::new(base).plus_ms(ms)
    }

    fn steady_ms(&self) -> u64 {
        u64::try_from(self.ms.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// Ids in sequence, the same in every run.
#[derive(Debug, Default)]
pub struct SequentialIds {
    next: AtomicU64,
}

impl IdSource for SequentialIds {
    fn next(&self) -> Uuid {
        let count = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        Uuid::from_u64_pair(0x01a0_0000_0000_7000 | (count & 0xfff), 0x8000_0000_0000_0000 | count)
    }
}
