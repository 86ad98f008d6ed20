//! How long to wait after attempts that failed. Waits grow slowly and never become a lock for good.

use crate::clock::Timestamp;

/// The first wait, ms.
const FIRST_WAIT_MS: i64 = 10_000;
/// The longest wait, ms: whoever fails on purpose keeps nobody out for longer.
const LONGEST_WAIT_MS: i64 = 900_000;
/// A count is kept in thousandths, so that it can sink a little at a time.
const ONE: i64 = 1_000;
const HOUR_MS: i64 = 3_600_000;

/// How attempts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptRule {
    /// Failures that cost no wait.
    pub free: i64,
    /// By how many the count sinks in an hour.
    pub sinks_per_hour: i64,
}

/// Attempts so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptCount {
    /// How many, in thousandths.
    pub thousandths: i64,
    /// When it was counted last.
    pub at: Timestamp,
    /// Until when to wait.
    pub wait_until: Timestamp,
}

impl AttemptCount {
    /// No attempt yet.
    pub fn none(now: Timestamp) -> Self {
        Self { thousandths: 0, at: now, wait_until: now }
    }

    /// Until when to wait at `now`; `None` when one may try. A clock that was set back makes nobody wait for longer
    /// than the longest wait.
    pub fn waits(&self, now: Timestamp) -> Option<Timestamp> {
        let left = self.wait_until.ms_since(now);
        (left > 0 && left <= LONGEST_WAIT_MS.unsigned_abs()).then_some(self.wait_until)
    }

    /// The count with one more attempt. It counts as failed until it is taken back.
    pub fn counted(&self, rule: AttemptRule, now: Timestamp) -> Self {
        let elapsed = i64::try_from(now.ms_since(self.at)).unwrap_or(i64::MAX).min(1_000 * HOUR_MS);
        let sunk = elapsed.saturating_mul(rule.sinks_per_hour * ONE) / HOUR_MS;
        let thousandths = (self.thousandths - sunk).max(0) + ONE;
        let beyond = (thousandths + ONE - 1) / ONE - rule.free;
        let wait = if beyond < 0 { 0 } else { LONGEST_WAIT_MS.min(FIRST_WAIT_MS << beyond.min(16)) };
        Self { thousandths, at: now, wait_until: now.plus_ms(wait) }
    }

    /// The count without its last attempt, which went well.
    pub fn taken_back(&self, now: Timestamp) -> Self {
        Self { thousandths: (self.thousandths - ONE).max(0), wait_until: now, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: AttemptRule = AttemptRule { free: 5, sinks_per_hour: 1 };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::new("2026-01-05T09:00:00Z".parse().expect("a moment")).plus_ms(seconds * 1000)
    }

    /// The waits, in seconds, of somebody who fails again as soon as they may.
    fn waits(times: usize) -> Vec<u64> {
        let (mut now, mut count) = (at(0), AttemptCount::none(at(0)));
        let mut waits = Vec::new();
        for _ in 0..times {
            count = count.counted(RULE, now);
            waits.push(count.wait_until.ms_since(now) / 1000);
            now = count.wait_until;
        }
        waits
    }

    #[test]
    fn waits_grow_slowly_and_end_at_a_quarter_of_an_hour() {
        assert_eq!(waits(14), [0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
        // Who goes on for a day has had about a hundred guesses.
        let day: u64 = waits(106).iter().sum();
        assert!(day > 86_400, "{day} seconds");
    }

    #[test]
    fn who_comes_back_later_starts_lower() {
        let mut count = AttemptCount::none(at(0));
        for _ in 0..8 {
            count = count.counted(RULE, at(0));
        }
        assert_eq!(count.waits(at(79)), Some(at(80)));
        assert_eq!(count.waits(at(80)), None);
        let later = count.counted(RULE, at(4 * 3600));
        assert_eq!(later.wait_until, at(4 * 3600 + 10), "eight less four and one more");
    }

    #[test]
    fn a_clock_that_jumps_locks_nobody_out() {
        let mut count = AttemptCount::none(at(86_400));
        for _ in 0..20 {
            count = count.counted(RULE, at(86_400));
        }
        assert_eq!(count.waits(at(0)), None, "a day ahead, and back");
    }

    #[test]
    fn an_attempt_that_goes_well_does_not_count() {
        let before = AttemptCount::none(at(0)).counted(RULE, at(0));
        assert_eq!(before.counted(RULE, at(0)).taken_back(at(0)).thousandths, before.thousandths);
    }
}
