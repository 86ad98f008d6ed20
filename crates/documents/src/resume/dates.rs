//! Spans of time as people write them in resumes.

use crate::document::Line;
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

/// True when a text is a date, a span of time, or half of one that was broken over two lines.
pub(crate) fn is_date(text: &str) -> bool {
    let mut rest = text.to_owned();
    for point in PATTERNS.point.find_iter(text).collect::<Vec<_>>().into_iter().rev() {
        rest.replace_range(point.range(), " ");
    }
    let has_point = rest.len() != text.len() || rest != text;
    let rest = rest.trim().trim_matches(['(', ')', '.', ',']);
    let is_joint = rest.is_empty() || PATTERNS.separator.is_match(rest);
    let is_present = PATTERNS
        .present
        .captures(rest)
        .is_some_and(|found| found.get(0).is_some_and(|all| rest[all.end()..].trim().is_empty()));
    has_point && is_joint || is_present
}

/// Lines, those joined that a narrow column broke inside a span: "2013 –" and "2017".
pub(super) fn with_whole_spans(lines: &[Line]) -> Vec<Line> {
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(last) = whole.last_mut() else {
            whole.push(line.clone());
            continue;
        };
        if ends_open(&last.text) && begins_with_end(&line.text) {
            let joined = format!("{} {}", last.text.trim_end(), line.text.trim_start());
            *last = Line { text: joined, has_room: line.has_room, ..last.clone() };
        } else if let Some((head, rest)) = joined_cells(&last.text, &line.text) {
            last.text = head;
            whole.push(Line { text: rest, ..line.clone() });
        } else {
            whole.push(line.clone());
        }
    }
    whole
}

/// Two rows whose first cells are the halves of one span: the first row with all of it, and the second without.
fn joined_cells(first: &str, second: &str) -> Option<(String, String)> {
    let (start, beside) = first.split_once('\t')?;
    let (end, below) = second.split_once('\t').unwrap_or((second, ""));
    let span = format!("{} {}", start.trim_end(), end.trim_start());
    let is_range = |text: &str| spans(text).first().is_some_and(|span| span.is_range);
    let is_broken = !is_range(start) && is_date(&span) && is_range(&span) && spans(&span).len() == 1;
    is_broken.then(|| (format!("{span}\t{beside}"), below.to_owned()))
}

/// True when a line ends behind a date and a dash or "to".
fn ends_open(line: &str) -> bool {
    let last = PATTERNS.point.find_iter(line).last();
    last.is_some_and(|point| PATTERNS.separator.is_match(&line[point.end()..]))
}

/// True when a line begins with a date or with "present".
fn begins_with_end(line: &str) -> bool {
    let line = line.trim_start();
    PATTERNS.point.find(line).is_some_and(|point| point.start() == 0) || PATTERNS.present.is_match(line)
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

    #[test]
    fn a_span_that_was_broken_is_whole_again() {
        let joined = |text: &str| {
            let lines: Vec<Line> = text.lines().map(Line::plain).collect();
            with_whole_spans(&lines).into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        assert_eq!(joined("BA, Example College, 2013 –\n2017"), ["BA, Example College, 2013 – 2017"]);
        assert_eq!(joined("Cook (März 2019 bis\nheute)"), ["Cook (März 2019 bis heute)"]);
        assert_eq!(joined("2013 –\nCook\n2017"), ["2013 –", "Cook", "2017"]);
        assert_eq!(joined("since 2013\n2017"), ["since 2013", "2017"]);
        let cells = "mars 2019 –\tCuisinière\naujourd’hui\tLe Grand Four, Lyon";
        assert_eq!(joined(cells), ["mars 2019 – aujourd’hui\tCuisinière", "Le Grand Four, Lyon"]);
        let cells = "mars 2015 – août\tServeuse\n2019\tLa Halle, Lyon";
        assert_eq!(joined(cells), ["mars 2015 – août 2019\tServeuse", "La Halle, Lyon"]);
        let rows = "2013\tBSc\n2015\tMSc";
        assert_eq!(joined(rows), ["2013\tBSc", "2015\tMSc"]);
    }

    #[rstest]
    #[case("04/2018 – heute", true)]
    #[case("septembre 2019 –", true)]
    #[case("aujourd’hui", true)]
    #[case("2019", true)]
    #[case("Scrum Master (2021)", false)]
    #[case("Currently at Acme", false)]
    #[case("Rust", false)]
    fn cells_that_are_dates(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_date(text), expected);
    }

    #[rstest]
    #[case("raised 2000% of $2020")]
    #[case("port 8080 and 3.2 million")]
    fn numbers_are_not_dates(#[case] line: &str) {
        assert_eq!(spans(line), []);
    }
}
