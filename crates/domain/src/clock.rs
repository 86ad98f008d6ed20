//! Time. The domain never asks for it: it is told.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment in UTC, cut to microseconds so that SQLite and PostgreSQL return what was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// `moment` without its nanoseconds.
    pub fn new(moment: DateTime<Utc>) -> Self {
        Self(moment.trunc_subsecs(6))
    }

    /// The moment as a `chrono` value.
    pub fn as_datetime(self) -> DateTime<Utc> {
        self.0
    }

    /// Milliseconds from `earlier` to `self`; 0 when the clock was set back in between.
    pub fn ms_since(self, earlier: Self) -> u64 {
        (self.0 - earlier.0).num_milliseconds().try_into().unwrap_or(0)
    }

    /// Whole days since 1970-01-01, UTC.
    pub fn day(self) -> i64 {
        self.0.timestamp().div_euclid(86_400)
    }

    /// The moment `ms` milliseconds later.
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0 + chrono::Duration::milliseconds(ms))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339, UTC, with a `Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

/// Where the time comes from. Injected, so that tests can set it.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Milliseconds since some moment before this process began, by a clock that nobody sets and that also runs while the
    /// machine sleeps. A clock that knows of none says what [`Clock::now`] does.
    fn steady_ms(&self) -> u64 {
        u64::try_from(self.now().0.timestamp_millis()).unwrap_or_default()
    }
}
