//! Courses of study: lines with a degree, a school or a year.

use super::dates;
use super::entries::{bullet, without_bullet};
use super::sections::Outline;
use crate::document::Line;
use crate::headings::Section;
use crate::lexicon::words;
use greenroom_domain::resume::Education;

/// A longer line is a sentence about the studies.
const MAX_LINE_CHARS: usize = 140;

/// A course without a known word for a degree has at most this many words.
const MAX_COURSE_WORDS: usize = 8;

/// All courses, in the order of the document.
pub(super) fn read(outline: &Outline) -> Vec<Education> {
    let blocks = outline.blocks.iter().filter(|block| block.section == Section::Education);
    blocks.flat_map(|block| read_block(&block.lines)).collect()
}

fn read_block(lines: &[Line]) -> Vec<Education> {
    let mut all: Vec<Education> = Vec::new();
    for line in &with_whole_lines(lines) {
        let text = without_bullet(&line.text);
        if text.is_empty() || text.chars().count() > MAX_LINE_CHARS {
            continue;
        }
        let found = read_line(text);
        let is_empty = found == Education::default();
        match all.last_mut() {
            _ if is_empty => {}
            Some(last) if fits(last, &found) => merge(last, found),
            _ => all.push(found),
        }
    }
    all.retain(|e| e.degree.is_some() || e.organization.is_some());
    all
}

/// Joins a line that a narrow column broke before its date: no word of the next would have fitted on it.
fn with_whole_lines(lines: &[Line]) -> Vec<Line> {
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(last)
                if last.size > 0.0
                    && !last.has_room
                    && !last.is_blank()
                    && !last.text.contains('\t')
                    && bullet(&line.text).is_none()
                    && dates::spans(&last.text).is_empty()
                    && !dates::spans(&line.text).is_empty()
                    && !starts_with_degree(line.text.trim()) =>
            {
                last.text = format!("{} {}", last.text.trim_end(), line.text.trim_start());
                last.has_room = line.has_room;
            }
            _ => whole.push(line.clone()),
        }
    }
    whole
}

fn read_line(text: &str) -> Education {
    let span = dates::spans(text).into_iter().next();
    let rest = match &span {
        Some(span) => {
            let (before, after) = dates::around(text, span);
            format!("{before}\t{after}")
        }
        None => text.to_owned(),
    };
    let lists = words();
    let pieces = pieces(&rest);
    let school = pieces.iter().find(|p| lists.organizations.is_in(p) && !starts_with_degree(p));
    let degree = pieces.iter().find(|p| lists.degrees.is_in(p) && Some(*p) != school);
    // With a degree and no word for a school, what stands behind it is the school.
    let school = school.or_else(|| {
        degree.and_then(|d| {
            pieces.iter().find(|p| *p != d && p.chars().next().is_some_and(|c| !c.is_lowercase()))
        })
    });
    // What stands before a school is what was studied there, also in words that no list holds.
    let degree = degree.or_else(|| {
        let at = pieces.iter().position(|p| Some(p) == school)?;
        pieces[..at].first().filter(|p| p.split_whitespace().count() <= MAX_COURSE_WORDS)
    });
    let (start, end) = match span {
        Some(span) if span.is_range => (span.start, if span.is_present { None } else { span.end }),
        Some(span) => (None, span.end),
        None => (None, None),
    };
    Education { degree: degree.cloned(), organization: school.cloned(), start, end }
}

fn starts_with_degree(piece: &str) -> bool {
    piece.split_whitespace().next().is_some_and(|first| words().degrees.is_in(first))
}

fn pieces(text: &str) -> Vec<String> {
    text.split(['\t', '|', '·', '•', ',', '，', ';'].as_slice())
        .flat_map(|p| {
            p.split(" – ")
                .flat_map(|p| p.split(" — "))
                .flat_map(|p| p.split(" - "))
                .flat_map(|p| p.split(" at "))
        })
        .map(|p| unbracketed(p.trim()).to_owned())
        .filter(|p| p.chars().any(char::is_alphabetic))
        .collect()
}

/// The piece without a bracket that has lost its other half, or that holds all of it.
fn unbracketed(piece: &str) -> &str {
    let is_balanced = piece.matches('(').count() == piece.matches(')').count();
    let holds_all = piece.starts_with('(') && piece.ends_with(')');
    if is_balanced && !holds_all { piece } else { piece.trim_matches(['(', ')']).trim() }
}

/// True when a line adds to the entry before it and repeats nothing.
fn fits(last: &Education, found: &Education) -> bool {
    let both = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some();
    !(both(&last.degree, &found.degree)
        || both(&last.organization, &found.organization)
        || both(&last.end, &found.end)
        || both(&last.start, &found.start))
}

fn merge(last: &mut Education, found: Education) {
    last.degree = last.degree.take().or(found.degree);
    last.organization = last.organization.take().or(found.organization);
    last.start = last.start.take().or(found.start);
    last.end = last.end.take().or(found.end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "Education\nBSc Computer Science, University of Wisconsin-Madison, 2016",
        "BSc Computer Science",
        "University of Wisconsin-Madison",
        Some("2016")
    )]
    #[case("EDUCATION\nMEng, Universidade do Porto, 2017", "MEng", "Universidade do Porto", Some("2017"))]
    #[case("Ausbildung\nM.Sc. Informatik, TU München, 2018", "M.Sc. Informatik", "TU München", Some("2018"))]
    #[case(
        "Education\nTextile Conservation, Lakeside College, 2014",
        "Textile Conservation",
        "Lakeside College",
        Some("2014")
    )]
    #[case("Education\n2019\tPhD, KTH, Stockholm", "PhD", "KTH", Some("2019"))]
    #[case(
        "Education\nBSc Nursing (Adult), University of Leeds, 2019",
        "BSc Nursing (Adult)",
        "University of Leeds",
        Some("2019")
    )]
    #[case(
        "Education\nExample University\t2012 - 2016\nBachelor of Arts in History",
        "Bachelor of Arts in History",
        "Example University",
        Some("2016")
    )]
    fn courses(#[case] text: &str, #[case] degree: &str, #[case] school: &str, #[case] end: Option<&str>) {
        let lines: Vec<Line> = text.lines().map(Line::plain).collect();
        let found = &read(&Outline::of(&lines))[0];
        assert_eq!(found.degree.as_deref(), Some(degree));
        assert_eq!(found.organization.as_deref(), Some(school));
        assert_eq!(found.end.as_deref(), end);
    }

    #[test]
    fn a_line_that_a_narrow_column_broke_is_whole_again() {
        let line = |text: &str, has_room| Line { size: 10.0, has_room, ..Line::plain(text) };
        let lines =
            [line("Certificate in Craft, Liberties", false), line("Training Centre, 2014 – 2018", true)];
        let found = read_block(&lines);
        assert_eq!(found[0].organization.as_deref(), Some("Liberties Training Centre"));
        assert_eq!(found[0].end.as_deref(), Some("2018"));
    }
}
