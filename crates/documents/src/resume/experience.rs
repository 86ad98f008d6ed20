//! Positions held: a line with a span of time, and the lines around it.

use super::dates::{self, Span};
use super::entries::{bullet, items};
use super::header::is_place;
use super::sections::Outline;
use super::titles::{pieces, title_and_organization};
use crate::document::Line;
use crate::headings::Section;
use crate::lexicon::words;
use greenroom_domain::resume::Experience;
use regex::Regex;
use std::sync::LazyLock;

/// A header line longer than this is a sentence.
const MAX_HEADER_CHARS: usize = 110;

static AT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:at|bei|chez|presso|bij|en)\s(\p{Lu}[\p{L}\p{N}&.'-]*(?:\s(?:\p{Lu}[\p{L}\p{N}&.'-]*|&|of|and|und|de))*)").expect("the pattern is constant")
});

/// A line that begins an entry: its place and the span in it.
struct Anchor {
    line: usize,
    span: Span,
}

/// Lines that head one entry, and where its body begins and ends.
struct Entry<'l> {
    header: Vec<String>,
    span: Span,
    body: &'l [Line],
}

/// All positions, in the order of the document.
pub(super) fn read(outline: &Outline) -> Vec<Experience> {
    if outline.has(Section::Experience) {
        let blocks = outline.blocks.iter().filter(|block| block.section == Section::Experience);
        return blocks.flat_map(|block| read_block(&block.lines)).collect();
    }
    // Without a heading, only lines that name a job and a span of time are taken.
    let known = outline.blocks.iter().filter(|b| b.section == Section::Summary).flat_map(|b| &b.lines);
    let lines: Vec<Line> = outline.header.iter().chain(known).cloned().collect();
    entries(&lines, |line, span| span.is_range && words().titles.is_in(line))
        .into_iter()
        .map(experience)
        .filter(|entry| entry.organization.is_some())
        .collect()
}

fn read_block(lines: &[Line]) -> Vec<Experience> {
    let ranges = entries(lines, |_, span| span.is_range);
    let found = if ranges.is_empty() {
        entries(lines, |line, _| line.chars().count() <= MAX_HEADER_CHARS)
    } else {
        ranges
    };
    if found.is_empty() { undated(lines) } else { found.into_iter().map(experience).collect() }
}

/// Entries by the lines whose span is accepted.
fn entries(lines: &[Line], accept: impl Fn(&str, &Span) -> bool) -> Vec<Entry<'_>> {
    let anchors: Vec<Anchor> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| {
            bullet(&line.text).is_none_or(|rest| {
                dates::spans(rest).iter().any(|s| s.is_range) && rest.chars().count() <= MAX_HEADER_CHARS
            })
        })
        .filter_map(|(at, line)| {
            let span = dates::spans(&line.text).into_iter().find(|span| accept(&line.text, span))?;
            is_header_line(&line.text, &span).then_some(Anchor { line: at, span })
        })
        .collect();
    let mut heads: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for (index, anchor) in anchors.iter().enumerate() {
        let floor = heads.last().map_or(0, |(_, end, _)| *end);
        let ceiling = anchors.get(index + 1).map_or(lines.len(), |next| next.line);
        heads.push(header(lines, anchor, floor, ceiling));
    }
    let ends: Vec<usize> = heads.iter().skip(1).map(|(start, _, _)| *start).chain([lines.len()]).collect();
    heads
        .into_iter()
        .zip(anchors)
        .zip(ends)
        .map(|(((_, body, header), anchor), end)| Entry {
            header,
            span: anchor.span,
            body: &lines[body.min(end)..end],
        })
        .collect()
}

/// A date within a sentence does not begin an entry.
fn is_header_line(text: &str, span: &Span) -> bool {
    let (before, after) = dates::around(text, span);
    before.chars().count() <= MAX_HEADER_CHARS
        && !(before.ends_with(" in") || before.ends_with(" from") && after.ends_with('.'))
}

/// The header lines around an anchor: first line, first line of the body, and the texts.
fn header(lines: &[Line], anchor: &Anchor, floor: usize, ceiling: usize) -> (usize, usize, Vec<String>) {
    let (before, after) = dates::around(&lines[anchor.line].text, &anchor.span);
    let before = bullet(before).unwrap_or(before);
    let mut texts: Vec<String> = [before].into_iter().filter(|t| !t.is_empty()).map(str::to_owned).collect();
    // Behind the date stands a place or employer, or already what was done.
    let is_sentence = after.ends_with(['.', '。', '।']) || after.chars().count() > 70;
    if !after.is_empty() && !is_sentence {
        texts.push(after.to_owned());
    }
    let mut start = anchor.line;
    let mut body = if is_sentence { anchor.line } else { anchor.line + 1 };
    let rest = texts.join("\t");
    // A place beside the date says neither title nor employer.
    let known = if is_place(&rest) { 0 } else { pieces(&rest).len() };
    let mut missing = 2_usize.saturating_sub(known);
    let fits = |at: usize| is_header_text(&lines[at]);
    if known == 1 && is_beside_title_and_employer(lines, anchor.line, floor, &rest) {
        missing = 2;
    }
    while missing > 0 && start > floor && fits(start - 1) {
        start -= 1;
        let text = lines[start].text.trim();
        missing = missing.saturating_sub(pieces(text).len().max(1));
        texts.insert(0, text.to_owned());
    }
    while missing > 0 && !is_sentence && body < ceiling && fits(body) && body <= anchor.line + 2 {
        let text = lines[body].text.trim();
        missing = missing.saturating_sub(1);
        texts.push(text.to_owned());
        body += 1;
    }
    (start, body, texts)
}

/// True when the date's line holds only a place beside it: title and employer stand in the two lines above.
fn is_beside_title_and_employer(lines: &[Line], at: usize, floor: usize, beside: &str) -> bool {
    let lists = words();
    let Some(first) = at.checked_sub(2).filter(|first| *first >= floor) else { return false };
    let pair = [&lines[first], &lines[first + 1]];
    let begins = first == floor || {
        let before = &lines[first - 1];
        before.is_blank()
            || bullet(&before.text).is_some()
            || before.text.trim_end().ends_with(['.', '。', '।'])
    };
    begins
        && !lists.titles.is_in(beside)
        && !lists.organizations.is_in(beside)
        && pair.iter().all(|line| is_header_text(line) && dates::spans(&line.text).is_empty())
        && pair.iter().any(|line| lists.titles.is_in(&line.text))
}

fn is_header_text(line: &Line) -> bool {
    let text = line.text.trim();
    !text.is_empty()
        && bullet(text).is_none()
        && text.chars().count() <= 80
        && (!text.ends_with(['.', ';', ',', '。', '।']) || ends_with_legal_form(text))
        && text.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// "Acme, Inc." ends with a full stop and is no sentence.
fn ends_with_legal_form(text: &str) -> bool {
    text.chars().count() <= 50
        && text.rsplit(' ').next().is_some_and(|last| words().organizations.is_in(last))
}

fn experience(entry: Entry<'_>) -> Experience {
    let (title, organization) = title_and_organization(&entry.header);
    let mut body: Vec<Line> = entry.body.to_vec();
    if let Some(first) = body.first_mut()
        && dates::spans(&first.text).contains(&entry.span)
    {
        first.text = first.text[entry.span.range.end..]
            .trim_start_matches([')', '.', '。', '।', ' ', ':', ','])
            .to_owned();
    }
    let highlights = items(body.iter());
    let Span { start, end, is_present, .. } = entry.span;
    Experience { title, organization, start, end: if is_present { None } else { end }, highlights }
}

/// Sections without any date still say where the work was.
fn undated(lines: &[Line]) -> Vec<Experience> {
    let highlights = items(lines.iter());
    let organization = highlights
        .iter()
        .find_map(|text| AT.captures(text).map(|found| found[1].trim_end_matches('.').to_owned()));
    match organization {
        Some(organization) => {
            vec![Experience { organization: Some(organization), highlights, ..Experience::default() }]
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(text: &str) -> Vec<Experience> {
        read(&Outline::of(&text.lines().map(Line::plain).collect::<Vec<_>>()))
    }

    #[rstest]
    #[case(
        "Experience\nSenior SRE, Lumen Freight (2020-03 - present)\n• Cut latency.",
        "Senior SRE",
        "Lumen Freight",
        "2020-03",
        None
    )]
    #[case(
        "EXPERIENCE\nBramble Health, Lead front-end engineer, Jan 2021 - present\nLed it.",
        "Lead front-end engineer",
        "Bramble Health",
        "2021-01",
        None
    )]
    #[case(
        "Northwind Retail - Data Engineer - 2019 to 2025\nBuilt jobs",
        "Data Engineer",
        "Northwind Retail",
        "2019",
        Some("2025")
    )]
    #[case(
        "Experience\n2019–2022\tCompiler engineer, Fjord Semiconductors, Stockholm",
        "Compiler engineer",
        "Fjord Semiconductors",
        "2019",
        Some("2022")
    )]
    #[case(
        "Experience\nAcme, Inc.\nSenior Engineer\nJan 2018 - Feb 2020\n- Did things",
        "Senior Engineer",
        "Acme, Inc.",
        "2018-01",
        Some("2020-02")
    )]
    #[case(
        "Experience\nSenior Engineer\tJan 2018 – Feb 2020\nAcme Corp\tBerlin\n• Did things",
        "Senior Engineer",
        "Acme Corp",
        "2018-01",
        Some("2020-02")
    )]
    #[case(
        "Berufserfahrung\nseit 04/2018\tSoftwareentwickler bei Größe & Söhne GmbH",
        "Softwareentwickler",
        "Größe & Söhne GmbH",
        "2018-04",
        None
    )]
    #[case(
        "经历\n数据科学家,海峰研究院,2020 年至今。用 PyTorch 训练模型。",
        "数据科学家",
        "海峰研究院",
        "2020",
        None
    )]
    fn entries_are_read(
        #[case] text: &str,
        #[case] title: &str,
        #[case] organization: &str,
        #[case] start: &str,
        #[case] end: Option<&str>,
    ) {
        let found = &of(text)[0];
        assert_eq!(found.title.as_deref(), Some(title));
        assert_eq!(found.organization.as_deref(), Some(organization));
        assert_eq!((found.start.as_deref(), found.end.as_deref()), (Some(start), end));
    }

    #[rstest]
    #[case(
        "Experience\nBirch & Sons\nStaff Nurse\nMay 2014 – May 2018 · Turku\n- Wrote\n\nNorthlight\nCarer\nMay 2012 – April 2014 · Oulu\n- Cooked"
    )]
    #[case(
        "Experience\nBirch & Sons\nStaff Nurse\nMay 2014 – May 2018 · Turku\nWrote the plans of care.\nNorthlight\nCarer\nMay 2012 – April 2014 · Oulu"
    )]
    fn a_place_beside_the_date_is_no_employer(#[case] text: &str) {
        let all = of(text);
        let heads: Vec<_> = all.iter().map(|e| (e.title.as_deref(), e.organization.as_deref())).collect();
        assert_eq!(heads, [(Some("Staff Nurse"), Some("Birch & Sons")), (Some("Carer"), Some("Northlight"))]);
    }

    #[test]
    fn an_employer_beside_the_date_is_one() {
        let all = of("Experience\n- Cooked\nStaff Nurse\nMay 2014 – May 2018 | Birch & Sons\n- Wrote");
        assert_eq!(all[0].organization.as_deref(), Some("Birch & Sons"));
    }

    #[test]
    fn labels_and_places_are_no_titles() {
        let labelled = of(
            "Experience\nCompany: Example Power Ltd\nDesignation: Electrical Engineer\nDuration: Jan 2017 to Till Date\n* Maintained switchgear",
        );
        assert_eq!(labelled[0].title.as_deref(), Some("Electrical Engineer"));
        assert_eq!(labelled[0].organization.as_deref(), Some("Example Power Ltd"));
        let placed =
            of("Experience\nGlobex Inc. — Marketing Specialist\nMay 2014 – May 2018 | Chicago, IL\n- Wrote");
        assert_eq!(placed[0].title.as_deref(), Some("Marketing Specialist"));
        assert_eq!(placed[0].organization.as_deref(), Some("Globex Inc."));
    }

    #[test]
    fn highlights_belong_to_their_entry() {
        let all = of(
            "Experience\nCook, Blue Door (2019 - 2021)\n• Ran the grill\nfor 90 covers\n• Trained two\n\nWaiter, Corner Café (2017 - 2019)\n• Served",
        );
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].highlights, ["Ran the grill for 90 covers", "Trained two"]);
        assert_eq!(all[1].organization.as_deref(), Some("Corner Café"));
    }

    #[test]
    fn nothing_is_made_of_text_without_dates_or_employers() {
        assert_eq!(of("Experience\nI like cooking and walking."), []);
    }
}
