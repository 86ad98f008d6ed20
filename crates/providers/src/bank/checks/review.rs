//! Whether somebody who did not write the questions has read them all.

use super::{Fault, error};
use greenroom_domain::bank::{BankRole, Review};

pub(super) fn faults(role: &BankRole) -> Option<Fault> {
    let Some(review) = &role.review else {
        let message = "says no day of review: let somebody else read every question and write [review] with on = \"2026-05-04\" and read = the number read";
        return Some(error("review", message));
    };
    of(review, role.questions.len())
}

/// What is wrong with the record of a review of `count` questions.
pub(super) fn of(review: &Review, count: usize) -> Option<Fault> {
    if !is_day(&review.on) {
        return Some(error("review", format!("“{}” is no day of review: write 2026-05-04", review.on)));
    }
    (review.read < count).then(|| {
        let message = format!("the review read {} of {count} questions: read the rest", review.read);
        error("review", message)
    })
}

/// Whether `text` is a day of the calendar, `2026-05-04`.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        let part = parts.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u32>().ok()
    };
    let (year, month, day) = (part(4), part(2), part(2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2026-05-04", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for none in [
            "",
            "last week",
            "2026-5-4",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-04-31",
            "2026-05-04-1",
            "2026-00-10",
            "２０26-05-04",
        ] {
            assert!(!is_day(none), "{none}");
        }
    }
}
