//! Spans of time as people write them in resumes.

use crate::lexicon::{fold, words};
use regex::Regex;
use std::sync::LazyLock;

/// A span of time in a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    /// `YYYY-MM` or `YYYY`.
    pub(super) start: Option<String>,
    /// `YYYY-MM` or `YYYY`; `None` when it goes on.
    pub(super) end: Option<String>,
    /// True for a range or "since", false for a single date.
    pub(super) is_range: bool,
    /// True when it goes on.
    pub(super) is_present: bool,
    /// Bytes of the line that it takes, brackets and labels included.
    pub(super) range: std::ops::Range<usize>,
}

struct Patterns {
    point: Regex,
    separator: Regex,
    present: Regex,
    since: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let alternatives = |list: &mut Vec<String>| {
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        list.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    let months = alternatives(&mut words().months.values().flatten().cloned().collect());
    let until = alternatives(&mut words().until.clone());
    let present = alternatives(&mut words().present.clone());
    let since = alternatives(&mut words().since.clone());
    let year = r"(?:19[5-9]|20[0-4])\d";
    let point = format!(
        r"(?ix)
        (?:\b(?P<name>{months})\b\.?,?\s*(?:\d{{1,2}},\s*|of\s+|de\s+|del\s+)?(?:(?P<name_year>{year})\b|['’](?P<short>\d{{2}})\b))
        | \b\d{{1,2}}[./](?P<day_month>0?[1-9]|1[0-2])[./](?P<day_year>{year})\b
        | \b(?P<month_first>0?[1-9]|1[0-2])\s?[./-]\s?(?P<month_first_year>{year})\b
        | \b(?P<iso_year>{year})[-./](?P<iso_month>0[1-9]|1[0-2])(?:[-./]\d{{1,2}})?\b
        | (?P<han_year>{year})\s*年(?:\s*(?P<han_month>0?[1-9]|1[0-2])\s*月)?
        | (?:\b(?:spring|summer|fall|autumn|winter)\s+)?\b(?P<year>{year})\b"
    );
    let regex =
        |pattern: &str| Regex::new(pattern).expect("the pattern is built from embedded data, as tests show");
    Patterns {
        point: regex(&point),
        separator: regex(&format!(
            r"(?i)^\s*(?:-|–|—|−|~|～|→|->|-->|/|(?:{until})(?:\s+(?:now|date)\b)?)\s*$"
        )),
        present: regex(&format!(
            r"(?i)^\s*(?:(?:-|–|—|−|~|～|→|->|/|\b(?:{until})\b|至|到)\s*)?(?:the\s+)?(?P<word>{present})(?:\b|$|[\s).,。])"
        )),
        since: regex(&format!(r"(?i)(?:^|[\s(,|])(?P<word>{since})\s*$")),
    }
});

/// All spans and single dates of a line, left to right.
pub(super) fn spans(line: &str) -> Vec<Span> {
    let points: Vec<(std::ops::Range<usize>, String)> = PATTERNS
        .point
        .captures_iter(line)
        .filter_map(|found| Some((found.get(0)?.range(), value(&found)?)))
        .filter(|(range, _)| !is_inside_number(line, range))
        .collect();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < points.len() {
        let (range, start) = points[at].clone();
        let next =
            points.get(at + 1).filter(|(next, _)| PATTERNS.separator.is_match(&line[range.end..next.start]));
        if let Some((next_range, end)) = next {
            let is_order_kept = start[..4] <= end[..4];
            if is_order_kept {
                spans.push(span(
                    line,
                    range.start..next_range.end,
                    Some(start),
                    Some(end.clone()),
                    true,
                    false,
                ));
                at += 2;
                continue;
            }
        }
        let rest = &line[range.end..];
        if let Some(found) = PATTERNS.present.captures(rest).and_then(|c| c.name("word")) {
            spans.push(span(line, range.start..range.end + found.end(), Some(start), None, true, true));
        } else if let Some(found) = PATTERNS.since.captures(&line[..range.start]).and_then(|c| c.name("word"))
        {
            spans.push(span(line, found.start()..range.end, Some(start), None, true, true));
        } else {
            spans.push(span(line, range, Some(start.clone()), Some(start), false, false));
        }
        at += 1;
    }
    spans
}

/// The text around a span, without the brackets and marks that held it.
pub(super) fn around<'l>(line: &'l str, span: &Span) -> (&'l str, &'l str) {
    let trim = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | ')'
                    | '['
                    | ']'
                    | ','
                    | ';'
                    | ':'
                    | '|'
                    | '-'
                    | '–'
                    | '—'
                    | '·'
                    | '•'
                    | '，'
                    | '。'
                    | '（'
                    | '）'
            )
    };
    let before = line[..span.range.start].trim_end_matches(trim).trim();
    // A bracket that opened before the date may hold a place too: "(Berlin, 2019)".
    let after = line[span.range.end..].trim_start_matches(trim).trim();
    (before, after)
}

fn span(
    line: &str,
    range: std::ops::Range<usize>,
    start: Option<String>,
    end: Option<String>,
    is_range: bool,
    is_present: bool,
) -> Span {
    debug_assert!(line.is_char_boundary(range.start) && line.is_char_boundary(range.end));
    Span { start, end, is_range, is_present, range }
}

fn value(found: &regex::Captures<'_>) -> Option<String> {
    let group = |name: &str| found.name(name).map(|m| m.as_str());
    let with_month = |year: &str, month: u32| format!("{year}-{month:02}");
    if let Some(name) = group("name") {
        let name = fold(name);
        let month = *words().months.iter().find(|(_, names)| names.contains(&name))?.0;
        return match (group("name_year"), group("short")) {
            (Some(year), _) => Some(with_month(year, month)),
            (None, Some(short)) => {
                let century = if short < "50" { "20" } else { "19" };
                Some(with_month(&format!("{century}{short}"), month))
            }
            _ => None,
        };
    }
    for (year, month) in [
        ("day_year", "day_month"),
        ("month_first_year", "month_first"),
        ("iso_year", "iso_month"),
        ("han_year", "han_month"),
    ] {
        if let Some(year) = group(year) {
            return Some(match group(month).and_then(|m| m.parse().ok()) {
                Some(month) => with_month(year, month),
                None => year.to_owned(),
            });
        }
    }
    group("year").map(str::to_owned)
}

/// "v2.2019" or "120,2020" hold no year.
fn is_inside_number(line: &str, range: &std::ops::Range<usize>) -> bool {
    let before = line[..range.start].chars().next_back();
    let after = line[range.end..].chars().next();
    before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '+' | '#'))
        || after.is_some_and(|c| matches!(c, '%' | '$' | '€' | '£'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Senior SRE (2020-03 - present)", "2020-03", None)]
    #[case("2016-07 - 2020-02", "2016-07", Some("2020-02"))]
    #[case("Jan 2021 – Present", "2021-01", None)]
    #[case("January 2019 to March 2020", "2019-01", Some("2020-03"))]
    #[case("2019 to 2025", "2019", Some("2025"))]
    #[case("04/2018 – heute", "2018-04", None)]
    #[case("März 2015 bis Dezember 2017", "2015-03", Some("2017-12"))]
    #[case("2020 年至今。用", "2020", None)]
    #[case("2018年3月 - 2020年12月", "2018-03", Some("2020-12"))]
    #[case("seit 2019", "2019", None)]
    #[case("depuis septembre 2017", "2017-09", None)]
    #[case("2019–today", "2019", None)]
    #[case("जनवरी 2019 - वर्तमान", "2019-01", None)]
    #[case("Jun '18 - Aug '20", "2018-06", Some("2020-08"))]
    #[case("01.04.2018 - 31.12.2020", "2018-04", Some("2020-12"))]
    fn ranges(#[case] line: &str, #[case] start: &str, #[case] end: Option<&str>) {
        let found = &spans(line)[0];
        assert!(found.is_range);
        assert_eq!((found.start.as_deref(), found.end.as_deref()), (Some(start), end));
    }

    #[rstest]
    #[case("raised 2000% of $2020")]
    #[case("port 8080 and 3.2 million")]
    fn numbers_are_not_dates(#[case] line: &str) {
        assert_eq!(spans(line), []);
    }
}
