//! The rule: the generic cell rate algorithm (ITU-T I.371). One number is kept for each sender: when all that they
//! have sent would be paid off at the steady rate. Times are microseconds since 1970.

use super::options::Allowance;

const MINUTE: i64 = 60_000_000;

/// An allowance as times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    /// What one request costs, microseconds, at least 1.
    pub cost: i64,
    /// The debt that nobody may exceed, microseconds.
    pub most: i64,
}

impl From<Allowance> for Rate {
    fn from(allowance: Allowance) -> Self {
        let cost = (MINUTE / i64::from(allowance.per_minute.max(1))).max(1);
        Self { cost, most: cost * i64::from(allowance.burst.max(1)) }
    }
}

impl Rate {
    /// When the debt is paid after one more request; else how long to wait, microseconds, at least 1.
    pub fn take(self, paid_at: i64, now: i64) -> Result<i64, i64> {
        // More than anybody can owe: the clock was set back, for which nobody is to blame.
        let owed = if paid_at > now + self.most { 0 } else { (paid_at - now).max(0) };
        let next = now + owed + self.cost;
        let wait = next - self.most - now;
        if wait > 0 { Err(wait) } else { Ok(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { cost: 20_000_000, most: 60_000_000 };

    #[test]
    fn three_a_minute_with_three_at_once() {
        assert_eq!(Rate::from(Allowance { per_minute: 3, burst: 3 }), RATE);
        let mut paid_at = 0;
        for _ in 0..3 {
            paid_at = RATE.take(paid_at, 1_000).expect("within the burst");
        }
        assert_eq!(RATE.take(paid_at, 1_000), Err(20_000_000));
        assert_eq!(RATE.take(paid_at, 6_000_000), Err(14_001_000));
        let later = RATE.take(paid_at, 20_001_000).expect("one was paid off");
        assert!(RATE.take(later, 20_001_000).is_err(), "and no more than one");
        let rested = RATE.take(later, 900_000_000).expect("all were");
        assert_eq!(rested, 920_000_000, "rest is not saved up");
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out() {
        let paid_at = RATE.take(0, 3_600_000_000).expect("the first");
        assert_eq!(RATE.take(paid_at, 0), Ok(20_000_000));
    }
}
