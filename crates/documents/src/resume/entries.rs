//! Lists in a section: bullets, wrapped lines and separators.

use crate::document::Line;

/// Marks that begin an item of a list.
const BULLETS: &[char] = &[
    '•', '・', '◦', '▪', '●', '○', '■', '□', '‣', '∙', '·', '➢', '➤', '►', '✓', '✔', '❖', '\u{F0B7}',
    '\u{F0A7}', '»', '›',
];

/// A line of at least this many characters that ends without a stop goes on in the next.
const WRAP_CHARS: usize = 60;

/// The text of a line behind its bullet, when it has one.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix(BULLETS) {
        return Some(rest.trim());
    }
    ["- ", "* ", "– ", "— ", "o ", "> "].iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim)
}

/// Without a bullet, if there is one.
pub(super) fn without_bullet(text: &str) -> &str {
    bullet(text).unwrap_or(text.trim())
}

/// The items of a section, one a line or bullet; wrapped lines are joined.
pub(super) fn items<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut has_bullets = false;
    let mut after_blank = true;
    let mut had_room = false;
    for line in lines {
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let text = line.text.trim();
        let marked = bullet(text);
        has_bullets |= marked.is_some();
        let is_open = |item: &String| {
            !item.ends_with(['.', '!', '?', ':', ';', '。', '।'])
                && (has_bullets || !had_room && item.chars().count() >= WRAP_CHARS)
        };
        let continues = !after_blank
            && marked.is_none()
            && (text.starts_with(|c: char| c.is_lowercase() || c == '(')
                || items.last().is_some_and(is_open));
        match items.last_mut() {
            Some(last) if continues => {
                last.push(' ');
                last.push_str(text);
            }
            _ => items.push(marked.unwrap_or(text).to_owned()),
        }
        after_blank = false;
        had_room = line.has_room;
    }
    items.retain(|item| item.chars().any(char::is_alphanumeric));
    items
}

/// Splits at any of the characters, but not inside brackets.
pub(super) fn split_outside_brackets(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 && is_separator(c) => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// True when a separator stands at `at` between two digits, as in "3,5" or "1,200".
pub(super) fn is_between_digits(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().nth(1);
    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_bullets_are_one_item() {
        let lines: Vec<Line> =
            ["• AWS Solutions Architect,", "Associate (2023)", "", "• CKA"].map(Line::plain).into();
        assert_eq!(items(lines.iter()), ["AWS Solutions Architect, Associate (2023)", "CKA"]);
    }

    #[test]
    fn a_long_line_that_ended_by_intent_is_an_item_of_its_own() {
        let first = "Cut search time on Friday evenings from 4 s to 90 ms with one index";
        let mut lines: Vec<Line> = [first, "Look after two junior engineers"].map(Line::plain).into();
        assert_eq!(items(lines.iter()).len(), 1, "it may have been wrapped");
        lines[0].has_room = true;
        assert_eq!(items(lines.iter()), [first, "Look after two junior engineers"]);
    }

    #[test]
    fn brackets_hold_together() {
        assert_eq!(split_outside_brackets("a (b, c), d", |c| c == ','), ["a (b, c)", " d"]);
    }
}
