//! The rules, and how they are said.

use crate::App;
use greenroom_domain::clock::Timestamp;
use greenroom_store::Aged;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How long the reply to a request is kept that may come again, hours.
const REPEATS_HOURS: i64 = 48;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Guests, with everything of theirs.
    Guests,
    /// Rows of one kind.
    Aged(Aged),
    /// The audit log.
    Audit,
}

/// How long one kind of data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name of the kind.
    pub kind: &'static str,
    /// What it is, in words.
    pub what: &'static str,
    /// How long, in words.
    pub words: String,
    /// How long, ms.
    pub kept_ms: i64,
    /// Whether it is of people; the rest is of the operator.
    pub is_personal: bool,
    pub(super) of: Kind,
}

impl Rule {
    /// What is from before this moment is deleted at `now`.
    pub(super) fn before(&self, now: Timestamp) -> Timestamp {
        now.plus_ms(-self.kept_ms)
    }
}

/// The rules of today.
pub fn rules(app: &App) -> Vec<Rule> {
    let options = &app.parts().retention;
    let days = |days: u32| i64::from(days) * DAY_MS;
    let rule = |of: Kind, from: &str, kept_ms: i64| {
        let (kind, what, is_personal) = named(of);
        let words = format!("{} after {from}", duration(kept_ms));
        Rule { kind, what, words, kept_ms, is_personal, of }
    };
    let guest = i64::from(app.parts().accounts.guest_hours) * HOUR_MS;
    vec![
        rule(Kind::Guests, "they began", guest),
        rule(Kind::Aged(Aged::Resumes), "they were brought", days(options.resumes_days)),
        rule(Kind::Aged(Aged::SetUps), "they were made", days(options.set_ups_days)),
        rule(Kind::Aged(Aged::Interviews), "something last happened in them", days(options.interviews_days)),
        rule(Kind::Aged(Aged::Recordings), "they were made", days(options.recordings_days)),
        rule(Kind::Aged(Aged::Judgements), "they were made", days(options.interviews_days)),
        rule(Kind::Aged(Aged::Repeats), "they were given", REPEATS_HOURS * HOUR_MS),
        rule(Kind::Aged(Aged::GivenUp), "it was due", days(options.given_up_days)),
        rule(Kind::Aged(Aged::Costs), "the day", days(options.costs_days)),
        rule(Kind::Aged(Aged::Erasures), "they were erased", days(options.erasures_days)),
        rule(Kind::Audit, "an entry was made", days(options.audit_days)),
    ]
}

fn named(kind: Kind) -> (&'static str, &'static str, bool) {
    match kind {
        Kind::Guests => ("guests", "Guests, with everything of theirs", true),
        Kind::Aged(Aged::Resumes) => ("resumes", "Resumes", true),
        Kind::Aged(Aged::Recordings) => ("recordings", "Recordings of spoken interviews", true),
        Kind::Aged(Aged::SetUps) => ("set_ups", "Set-ups with their job descriptions", true),
        Kind::Aged(Aged::Interviews) => {
            ("interviews", "Interviews with answers, judgements and feedback", true)
        }
        Kind::Aged(Aged::Judgements) => ("judgements", "Judgements outside of interviews", true),
        Kind::Aged(Aged::Repeats) => ("repeats", "Replies to requests that may come again", true),
        Kind::Aged(Aged::GivenUp) => ("given_up", "Background work that was given up", false),
        Kind::Aged(Aged::Costs) => ("costs", "What language models cost, by day", false),
        Kind::Aged(Aged::Erasures) => ("erasures", "Ids of who and what was erased", false),
        Kind::Audit => ("audit", "The audit log", false),
    }
}

/// In words: `2 years`, `400 days`, `24 hours`.
fn duration(ms: i64) -> String {
    let (count, unit) = match (ms / HOUR_MS, ms / DAY_MS) {
        (_, days) if days >= 365 && days % 365 == 0 => (days / 365, "year"),
        (hours, days) if hours > 48 && hours % 24 == 0 => (days, "day"),
        (hours, _) => (hours, "hour"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        for (ms, words) in [
            (HOUR_MS, "1 hour"),
            (24 * HOUR_MS, "24 hours"),
            (48 * HOUR_MS, "48 hours"),
            (30 * DAY_MS, "30 days"),
            (365 * DAY_MS, "1 year"),
            (730 * DAY_MS, "2 years"),
            (400 * DAY_MS, "400 days"),
        ] {
            assert_eq!(duration(ms), words);
        }
    }
}
