//! Level by titles, and by years where titles are silent.

use super::timeline::months_held;
use crate::lexicon::words;
use greenroom_domain::resume::{Experience, Seniority};

/// Years from which a person without a telling title counts as senior, and as past the first steps.
const SENIOR_YEARS: f64 = 6.0;
const MID_YEARS: f64 = 2.0;

/// The level that the latest title or the years of work show.
///
/// Without `today` (year and month) a position that goes on has no known length, and only titles and
/// finished positions speak.
pub(super) fn of(
    headline: Option<&str>,
    experience: &[Experience],
    today: Option<(i32, u32)>,
) -> Option<Seniority> {
    let current = experience
        .iter()
        .filter(|e| e.start.is_some())
        .max_by_key(|e| (e.end.is_none(), e.end.clone(), e.start.clone()));
    let titles = [current.and_then(|e| e.title.as_deref()), headline];
    if let Some(level) = titles.into_iter().flatten().find_map(by_title) {
        return Some(level);
    }
    let is_open = |e: &Experience| e.start.is_some() && e.end.is_none();
    let years = f64::from(months_held(experience, today)) / 12.0;
    if years >= SENIOR_YEARS {
        return Some(Seniority::Senior);
    }
    // The years of an open position are unknown: the sum says too little.
    if today.is_none() && experience.iter().any(is_open) {
        return None;
    }
    match years {
        y if y >= MID_YEARS => Some(Seniority::Mid),
        y if y > 0.0 => Some(Seniority::Junior),
        _ => None,
    }
}

/// The level that a title names.
fn by_title(title: &str) -> Option<Seniority> {
    let levels = &words().levels;
    [
        (&levels.lead, Seniority::Lead),
        (&levels.senior, Seniority::Senior),
        (&levels.mid, Seniority::Mid),
        (&levels.junior, Seniority::Junior),
    ]
    .into_iter()
    .find(|(matcher, _)| matcher.is_in(title))
    .map(|(_, level)| level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn entry(title: &str, start: &str, end: Option<&str>) -> Experience {
        Experience {
            title: Some(title.into()),
            start: Some(start.into()),
            end: end.map(Into::into),
            ..Experience::default()
        }
    }

    #[rstest]
    #[case(&[entry("Senior SRE", "2020-03", None)], Some(Seniority::Senior))]
    #[case(&[entry("Lead engineer", "2021", None), entry("Developer", "2017", Some("2020"))], Some(Seniority::Lead))]
    #[case(&[entry("Data Engineer", "2019", Some("2025"))], Some(Seniority::Senior))]
    #[case(&[entry("Nurse", "2021", Some("2024"))], Some(Seniority::Mid))]
    #[case(&[entry("Nurse", "2023-01", Some("2024-01"))], Some(Seniority::Junior))]
    #[case(&[entry("Nurse", "2019-01", Some("2023-12")), entry("Carer", "2019-01", Some("2023-12"))], Some(Seniority::Mid))]
    #[case(&[entry("Werkstudent", "2015", Some("2024"))], Some(Seniority::Junior))]
    #[case(&[entry("Nurse", "2018-04", None)], None)]
    #[case(&[], None)]
    fn levels(#[case] experience: &[Experience], #[case] level: Option<Seniority>) {
        assert_eq!(of(None, experience, None), level);
    }

    #[test]
    fn an_open_position_lasts_until_today() {
        let experience = [entry("Nurse", "2018-04", None)];
        assert_eq!(of(None, &experience, Some((2026, 11))), Some(Seniority::Senior));
    }
}
