//! A job description as clauses: the pieces of text that ask for something, and in which part they stand.

use super::words::{Part, has_phrase, job_words, part_of};
use crate::document::Line;
use crate::lexicon::fold;

/// A longer line is quoted by clause, a shorter one whole.
const MAX_QUOTE_CHARS: usize = 160;

/// A piece of text and what it is part of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clause {
    /// The text, as written, without its bullet.
    pub(super) text: String,
    pub(super) part: Part,
    /// The line that it stands in, from 0; blank lines count.
    pub(super) line: usize,
    /// True when the part was named in the same line: "Essential: …".
    pub(super) is_inline: bool,
}

impl Clause {
    /// False when the text calls what stands at `range` an advantage only.
    pub(super) fn is_required(&self, range: &std::ops::Range<usize>) -> bool {
        let has = |text: &str, cues: &[String]| {
            let folded = fold(text);
            cues.iter().any(|cue| has_phrase(&folded, cue))
        };
        let cues = &job_words().cues;
        // "English needed, another language is a bonus": between its commas a skill may be told apart.
        let from = self.text[..range.start].rfind(',').map_or(0, |at| at + 1);
        let end = self.text[range.end..].find(',').map_or(self.text.len(), |at| range.end + at);
        self.part != Part::Optional
            && (!has(&self.text, &cues.optional) || has(&self.text[from..end], &cues.required))
    }
}

/// Divides a job description into clauses.
pub(super) fn clauses(lines: &[Line]) -> Vec<Clause> {
    let mut part = Part::Open;
    let mut after_heading = false;
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let text = without_bullet(&line.text);
        if text.is_empty() {
            continue;
        }
        if let Some(named) = heading(text) {
            part = named;
            after_heading = true;
            continue;
        }
        let (own, rest, is_inline) = match inline_heading(text) {
            Some((named, rest)) => (named, rest, true),
            None => (part, text, false),
        };
        // A line that names its own part ends the list before it.
        if is_inline {
            part = Part::Open;
        }
        let is_bullet = text.len() != line.text.trim().len();
        // Prose behind a list and a blank line belongs to no list.
        let is_prose_after_list = !is_bullet
            && !is_inline
            && !after_heading
            && number > 0
            && lines[number - 1].is_blank()
            && part != Part::Other;
        if is_prose_after_list {
            part = Part::Open;
        }
        let own = if is_prose_after_list { Part::Open } else { own };
        after_heading = false;
        all.extend(split(rest).into_iter().map(|piece| Clause {
            text: piece.to_owned(),
            part: own,
            line: number,
            is_inline,
        }));
    }
    all
}

fn without_bullet(text: &str) -> &str {
    text.trim()
        .trim_start_matches([
            '•', '◦', '▪', '●', '‣', '·', '*', '-', '–', '✓', '✔', '►', '➢', '\u{F0B7}', ' ',
        ])
        .trim()
}

/// A line that only names a part.
fn heading(text: &str) -> Option<Part> {
    if text.chars().count() > 60 { None } else { part_of(text) }
}

fn inline_heading(text: &str) -> Option<(Part, &str)> {
    let at = text.find([':', '：'])?;
    let width = text[at..].chars().next().map_or(1, char::len_utf8);
    let rest = text[at + width..].trim();
    let part = part_of(&text[..at])?;
    (!rest.is_empty()).then_some((part, rest))
}

/// Clauses end at semicolons and full stops; a short line with one sentence stays whole.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        let next = chars.get(index + 1).map(|(_, c)| *c);
        let ends_sentence = matches!(c, '.' | '!' | '?')
            && next.is_none_or(char::is_whitespace)
            && !is_abbreviation(&text[from..*at]);
        if matches!(c, ';' | '；' | '。') || ends_sentence {
            pieces.push(&text[from..*at]);
            from = at + c.len_utf8();
        }
    }
    pieces.push(&text[from..]);
    pieces.into_iter().map(str::trim).filter(|piece| piece.chars().any(char::is_alphanumeric)).collect()
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    word.chars().count() == 1
        || ["e.g", "i.e", "z.b", "etc", "bzw", "incl", "inkl", "min", "approx", "ca", "vs", "d.h", "u.a"]
            .contains(&word.to_lowercase().as_str())
}

/// A quotation of a clause around a place in it, at most as long as people read.
pub(super) fn quote(text: &str, range: &std::ops::Range<usize>) -> String {
    if text.chars().count() <= MAX_QUOTE_CHARS {
        return text.to_owned();
    }
    let is_joint = [',', '·', '|', '\t'];
    let from = text[..range.start]
        .rfind(is_joint)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(is_joint).map_or(text.len(), |at| range.end + at);
    text[from..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, Part)> {
        let lines: Vec<Line> = text.lines().map(Line::plain).collect();
        clauses(&lines).into_iter().map(|c| (c.text, c.part)).collect()
    }

    #[test]
    fn lists_and_inline_headings_are_told_apart() {
        let all = of(
            "What you bring\n- Rust\n- Go\n\nNice to have: GraphQL, e.g. Apollo; Storybook.\nWe sponsor visas.",
        );
        let expected = [
            ("Rust", Part::Required),
            ("Go", Part::Required),
            ("GraphQL, e.g. Apollo", Part::Optional),
            ("Storybook", Part::Optional),
            ("We sponsor visas", Part::Open),
        ];
        assert_eq!(all, expected.map(|(text, part)| (text.to_owned(), part)));
    }
}
