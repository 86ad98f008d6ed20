//! What the dates of positions add up to: months worked, times between positions, positions at the same time.

use greenroom_domain::resume::{Experience, Gap, Overlap, Timeline};

/// Years outside of these are slips of the pen.
const FIRST_YEAR: i32 = 1930;
/// A position of more months than this is one too.
const MAX_MONTHS: i32 = 12 * 65;
/// Shorter times between positions are not told.
const LONGEST_PAUSE: i32 = 6;
/// A handover of one month is not told.
const SHORTEST_OVERLAP: i32 = 2;
/// Entries of each list beyond this are left out.
const MAX_ENTRIES: usize = 100;

/// A point in time as written.
#[derive(Clone, Copy)]
struct Date {
    year: i32,
    /// 1..=12; `None` when only the year is given.
    month: Option<i32>,
}

/// Months since year 0 in which a position was held, `start..end`.
#[derive(Clone, Copy, Debug)]
struct Held {
    start: i32,
    end: i32,
}

/// How a year without a month is taken.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// From the middle to the middle: the most likely length.
    Likely,
    /// From January to December: what lies outside was surely no time of the position.
    Widest,
    /// From December to January: what lies inside surely was.
    Narrowest,
}

/// The timeline of all positions with dates, on a given day (year, month 1..=12); `None` when there are none.
///
/// Positions that begin after the day, end before they begin, or whose dates are no dates are left out.
pub(crate) fn timeline(experience: &[Experience], today: (i32, u32)) -> Option<Timeline> {
    let now = month_of(today);
    let held = |reading: Reading| -> Vec<(u32, Held)> {
        let numbered = (0_u32..).zip(experience);
        numbered.filter_map(|(index, entry)| Some((index, held(entry, reading, Some(now))?))).collect()
    };
    let likely = held(Reading::Likely);
    if likely.is_empty() {
        return None;
    }
    Some(Timeline {
        months: months(union(likely.into_iter().map(|(_, held)| held).collect())),
        gaps: gaps(&union(held(Reading::Widest).into_iter().map(|(_, held)| held).collect())),
        overlaps: overlaps(&held(Reading::Narrowest)),
    })
}

/// Months in which a position was held, each counted once; open positions count only when the day is known.
pub(super) fn months_held(experience: &[Experience], today: Option<(i32, u32)>) -> u32 {
    let now = today.map(month_of);
    months(union(experience.iter().filter_map(|entry| held(entry, Reading::Likely, now)).collect()))
}

fn month_of((year, month): (i32, u32)) -> i32 {
    #[expect(clippy::cast_possible_wrap, reason = "at most 12")]
    let month = month.clamp(1, 12) as i32;
    year * 12 + month - 1
}

fn held(entry: &Experience, reading: Reading, now: Option<i32>) -> Option<Held> {
    let start = date(entry.start.as_deref()?)?;
    let first = start.first(reading);
    let last = match entry.end.as_deref() {
        Some(end) => {
            let end = date(end)?;
            if (end.year, end.month.unwrap_or(12)) < (start.year, start.month.unwrap_or(1)) {
                return None;
            }
            // Half of a year that is both start and end.
            if reading == Reading::Likely
                && start.month.is_none()
                && end.month.is_none()
                && start.year == end.year
            {
                first + 6
            } else {
                end.after(reading)
            }
        }
        None => now? + 1,
    };
    let last = now.map_or(last, |now| last.min(now + 1));
    (last > first && last - first <= MAX_MONTHS).then_some(Held { start: first, end: last })
}

impl Date {
    fn first(self, reading: Reading) -> i32 {
        let month = self.month.unwrap_or(match reading {
            Reading::Likely => 7,
            Reading::Widest => 1,
            Reading::Narrowest => 12,
        });
        self.year * 12 + month - 1
    }

    /// The month after the last.
    fn after(self, reading: Reading) -> i32 {
        let month = self.month.unwrap_or(match reading {
            Reading::Likely => 6,
            Reading::Widest => 12,
            Reading::Narrowest => 1,
        });
        self.year * 12 + month
    }
}

/// `YYYY-MM` or `YYYY`.
fn date(text: &str) -> Option<Date> {
    let (year, month) = match text.trim().split_once('-') {
        Some((year, month)) => (year, Some(month.parse::<i32>().ok().filter(|m| (1..=12).contains(m))?)),
        None => (text.trim(), None),
    };
    let year = year.parse::<i32>().ok().filter(|year| (FIRST_YEAR..=9999).contains(year))?;
    Some(Date { year, month })
}

/// Times in which any position was held, oldest first, apart from each other.
fn union(mut all: Vec<Held>) -> Vec<Held> {
    all.sort_by_key(|held| (held.start, held.end));
    let mut apart: Vec<Held> = Vec::new();
    for held in all {
        match apart.last_mut() {
            Some(last) if held.start <= last.end => last.end = last.end.max(held.end),
            _ => apart.push(held),
        }
    }
    apart
}

fn months(apart: Vec<Held>) -> u32 {
    apart.iter().map(|held| (held.end - held.start).unsigned_abs()).sum()
}

fn gaps(apart: &[Held]) -> Vec<Gap> {
    let between = apart.windows(2).map(|pair| (pair[0].end, pair[1].start));
    let told = between.filter(|(from, to)| to - from > LONGEST_PAUSE);
    told.map(|(from, to)| Gap {
        from: written(from),
        to: written(to - 1),
        months: (to - from).unsigned_abs(),
    })
    .take(MAX_ENTRIES)
    .collect()
}

fn overlaps(all: &[(u32, Held)]) -> Vec<Overlap> {
    let pairs =
        all.iter().enumerate().flat_map(|(at, one)| all[at + 1..].iter().map(move |other| (one, other)));
    let common = pairs.filter_map(|((a, one), (b, other))| {
        let (from, to) = (one.start.max(other.start), one.end.min(other.end));
        (to - from >= SHORTEST_OVERLAP).then(|| Overlap {
            a: *a,
            b: *b,
            from: written(from),
            to: written(to - 1),
        })
    });
    common.take(MAX_ENTRIES).collect()
}

fn written(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const TODAY: (i32, u32) = (2026, 11);

    fn entries(spans: &[(&str, Option<&str>)]) -> Vec<Experience> {
        let entry = |(start, end): &(&str, Option<&str>)| Experience {
            start: Some((*start).to_owned()),
            end: end.map(str::to_owned),
            ..Experience::default()
        };
        spans.iter().map(entry).collect()
    }

    fn of(spans: &[(&str, Option<&str>)]) -> Option<Timeline> {
        timeline(&entries(spans), TODAY)
    }

    #[rstest]
    #[case(&[("2020-01", Some("2020-12"))], 12)]
    #[case(&[("2020-01", Some("2020-12")), ("2020-07", Some("2021-06"))], 18)]
    #[case(&[("2020-01", Some("2021-12")), ("2020-03", Some("2020-05"))], 24)]
    #[case(&[("2019", Some("2021"))], 24)]
    #[case(&[("2019", Some("2019"))], 6)]
    #[case(&[("2026-10", None)], 2)]
    #[case(&[("2026-01", Some("2031-01"))], 11)]
    fn months_are_counted_once(#[case] spans: &[(&str, Option<&str>)], #[case] months: u32) {
        assert_eq!(of(spans).map(|timeline| timeline.months), Some(months));
    }

    #[rstest]
    #[case::ends_before_it_begins(&[("2021-05", Some("2019-02"))])]
    #[case::begins_in_the_future(&[("2031-05", None)])]
    #[case::no_month(&[("2020-13", Some("2021-14"))])]
    #[case::no_year(&[("0020", Some("9999-99"))])]
    #[case::no_date(&[("soon", None), ("", None)])]
    #[case::a_long_life(&[("1931-01", Some("2020-01"))])]
    #[case::nothing(&[])]
    fn dates_that_cannot_be_are_left_out(#[case] spans: &[(&str, Option<&str>)]) {
        assert_eq!(of(spans), None);
    }

    #[test]
    fn a_bad_date_does_not_spoil_the_others() {
        let timeline = of(&[("2021-05", Some("2019-02")), ("2020-01", Some("2020-03"))]).unwrap();
        assert_eq!((timeline.months, timeline.overlaps.len()), (3, 0));
    }

    #[test]
    fn times_between_positions_are_told_from_seven_months_on() {
        let timeline =
            of(&[("2020-01", None), ("2018-01", Some("2018-12")), ("2016-01", Some("2017-06"))]).unwrap();
        let gap = |from: &str, to: &str, months| Gap { from: from.to_owned(), to: to.to_owned(), months };
        assert_eq!(timeline.gaps, [gap("2019-01", "2019-12", 12)], "six months are not told");
        let timeline = of(&[("2018-02", Some("2018-12")), ("2016-01", Some("2017-06"))]).unwrap();
        assert_eq!(timeline.gaps, [gap("2017-07", "2018-01", 7)]);
    }

    #[test]
    fn a_year_without_a_month_makes_no_gap_or_overlap_that_may_not_be() {
        assert_eq!(of(&[("2016", Some("2018")), ("2019", Some("2021"))]).unwrap().gaps, []);
        assert_eq!(of(&[("2016", Some("2018")), ("2018", Some("2021"))]).unwrap().overlaps, []);
        assert_eq!(of(&[("2016", Some("2017")), ("2019", Some("2021"))]).unwrap().gaps[0].months, 12);
    }

    #[test]
    fn positions_at_the_same_time_are_told_with_their_places() {
        let timeline =
            of(&[("2020-01", None), ("2019-06", Some("2020-04")), ("2019-01", Some("2019-06"))]).unwrap();
        let both = Overlap { a: 0, b: 1, from: "2020-01".to_owned(), to: "2020-04".to_owned() };
        assert_eq!(timeline.overlaps, [both], "one month of handover is not told");
    }

    #[test]
    fn many_entries_end_in_bounded_lists() {
        let all = vec![("2020-01", None); 500];
        assert_eq!(of(&all).unwrap().overlaps.len(), MAX_ENTRIES);
    }
}
