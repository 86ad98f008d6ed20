//! Whether the clock can be believed by what deletes for good. A clock that is ahead makes everything look old.

use crate::clock::Timestamp;
use std::fmt;

const HOUR_MS: u64 = 3_600_000;
/// Clocks that differ by less are taken for right, ms. Ten minutes: clocks that nobody keeps drift by that in weeks.
const TOLERANCE_MS: u64 = 10 * 60_000;
/// A server that was off for longer may have come back with a wrong clock, ms. Less than the shortest rule that deletes.
const LONGEST_REST_MS: u64 = 20 * HOUR_MS;
/// After so much time of running nobody has set the clock right, so that it is right, ms.
const SETTLED_MS: u64 = 6 * HOUR_MS;

/// What is known of the time beside the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witnesses {
    /// The clock of the database's server; `None` where the database has none of its own.
    pub database: Option<Timestamp>,
    /// The last moment that was believed before this process looked for the first time; `None` when there was none, or this
    /// process has believed one since.
    pub seen: Option<Timestamp>,
    /// The moment that this process believed last, and how long ago that is by a clock that nobody sets, ms.
    pub last: (Timestamp, u64),
    /// How long this process has looked at clocks, by a clock that nobody sets, ms.
    pub running_ms: u64,
}

/// Why a clock is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockDoubt {
    /// It is so far ahead of the database's, ms.
    AheadOfDatabase(u64),
    /// It jumped ahead by so much while the program ran, ms.
    Jumped(u64),
    /// It stands so long after the last moment that was believed, and the program has just begun to run, ms.
    LongRest(u64),
}

/// Whether `now` is doubtful.
pub fn doubt(now: Timestamp, known: &Witnesses) -> Option<ClockDoubt> {
    let ahead = known.database.map_or(0, |database| now.ms_since(database));
    if ahead > TOLERANCE_MS {
        return Some(ClockDoubt::AheadOfDatabase(ahead));
    }
    let (last, steady_ms) = known.last;
    let jumped = now.ms_since(last).saturating_sub(steady_ms);
    if jumped > TOLERANCE_MS {
        return Some(ClockDoubt::Jumped(jumped));
    }
    let rest = known.seen.map_or(0, |seen| now.ms_since(seen));
    (rest > LONGEST_REST_MS && known.running_ms < SETTLED_MS).then_some(ClockDoubt::LongRest(rest))
}

impl fmt::Display for ClockDoubt {
    /// For operators: what was seen, what is held back, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = "nothing old is deleted";
        let believe = "if it is right, run `greenroom retention run --believe-clock`";
        match self {
            Self::AheadOfDatabase(ms) => {
                write!(
                    f,
                    "this machine's clock is {} ahead of the database's; {held} until they agree",
                    Span(*ms)
                )
            }
            Self::Jumped(ms) => {
                write!(f, "the clock jumped ahead by {}; {held} until it is set back; {believe}", Span(*ms))
            }
            Self::LongRest(ms) => {
                let settled = SETTLED_MS / HOUR_MS;
                write!(
                    f,
                    "the clock stands {} after the last time that the program ran; {held} in the first {settled} hours, \
                     so that a wrong clock is noticed before; {believe}",
                    Span(*ms)
                )
            }
        }
    }
}

/// A length of time in words.
struct Span(u64);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 / HOUR_MS {
            0 => write!(f, "{} minutes", self.0 / 60_000),
            hours @ 1..48 => write!(f, "{hours} hours"),
            hours => write!(f, "{} days", hours / 24),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = HOUR_MS as i64;

    fn at(ms: i64) -> Timestamp {
        Timestamp::new("2026-01-01T00:00:00Z".parse().expect("a moment")).plus_ms(ms)
    }

    fn known() -> Witnesses {
        Witnesses { database: None, seen: Some(at(0)), last: (at(0), 0), running_ms: 0 }
    }

    #[test]
    fn a_clock_that_runs_as_time_does_is_believed() {
        let day = Witnesses { last: (at(0), 24 * HOUR_MS), running_ms: 24 * HOUR_MS, ..known() };
        assert_eq!(doubt(at(24 * HOUR), &day), None);
        assert_eq!(doubt(at(-HOUR), &known()), None, "one that was set back makes nothing look old");
        let first = Witnesses { seen: None, last: (at(900 * HOUR), 0), ..known() };
        assert_eq!(doubt(at(900 * HOUR), &first), None, "at the first start nothing is old");
    }

    #[test]
    fn a_clock_that_jumped_while_the_program_ran_is_not() {
        let known = Witnesses { last: (at(0), HOUR_MS), running_ms: 9 * HOUR_MS, ..known() };
        assert_eq!(doubt(at(25 * HOUR), &known), Some(ClockDoubt::Jumped(24 * HOUR_MS)));
        assert_eq!(doubt(at(HOUR + 9 * 60_000), &known), None, "a little is drift");
    }

    #[test]
    fn the_database_is_a_second_clock() {
        let known = Witnesses { database: Some(at(HOUR)), last: (at(25 * HOUR), 0), ..known() };
        assert_eq!(doubt(at(25 * HOUR), &known), Some(ClockDoubt::AheadOfDatabase(24 * HOUR_MS)));
        let behind = Witnesses { last: (at(0), 0), ..known };
        assert_eq!(doubt(at(0), &behind), None);
    }

    #[test]
    fn after_a_long_rest_a_clock_has_to_stand_its_time() {
        let back = Witnesses { last: (at(72 * HOUR), 0), ..known() };
        assert_eq!(doubt(at(72 * HOUR), &back), Some(ClockDoubt::LongRest(72 * HOUR_MS)));
        let settled = Witnesses { running_ms: 6 * HOUR_MS, last: (at(72 * HOUR), 6 * HOUR_MS), ..back };
        assert_eq!(doubt(at(78 * HOUR), &settled), None);
        let night = Witnesses { last: (at(12 * HOUR), 0), ..known() };
        assert_eq!(doubt(at(12 * HOUR), &night), None, "a night is no long rest");
    }

    #[test]
    fn says_what_to_do() {
        let words = ClockDoubt::Jumped(26 * HOUR_MS).to_string();
        assert!(words.contains("26 hours") && words.contains("--believe-clock"), "{words}");
        assert!(ClockDoubt::LongRest(72 * HOUR_MS).to_string().contains("3 days"));
    }
}
