//! The only gate through which quotes leave: they stand in the answer, or they are dropped.

use crate::text::Text;
use greenroom_domain::evaluation::Quote;
use std::ops::Range;

/// Longest quote, characters; a longer passage is cut at a word.
const MAX_QUOTE_CHARS: usize = 240;

/// The quote at a byte range of the text's answer.
pub fn quote(text: &Text<'_>, at: Range<usize>) -> Quote {
    let passage = &text.raw[at.clone()];
    let end = match passage.char_indices().nth(MAX_QUOTE_CHARS) {
        None => at.end,
        Some((cut, _)) => {
            let cut = passage[..cut].rfind(char::is_whitespace).unwrap_or(cut);
            at.start + passage[..cut].trim_end().len()
        }
    };
    Quote::at(&text.raw, at.start, end)
}

/// Finds what somebody says they quote. White space and quote marks may differ, nothing else; the
/// result is the true text with its true place.
pub fn verify(answer: &str, claimed: &str) -> Option<Quote> {
    let wanted: Vec<char> = normalised(claimed).map(|(_, c)| c).collect();
    let (from, to) = (wanted.iter().position(|c| *c != ' ')?, wanted.iter().rposition(|c| *c != ' ')?);
    let wanted = &wanted[from..=to];
    let have: Vec<(usize, char)> = normalised(answer).collect();
    let hit = have.windows(wanted.len()).find(|window| window.iter().map(|(_, c)| c).eq(wanted))?;
    let start = hit.first()?.0;
    let last = hit.last()?.0;
    let end = last + answer[last..].chars().next()?.len_utf8();
    Some(Quote::at(answer, start, end))
}

/// Characters with their byte places; runs of white space are one space, quote marks are plain.
fn normalised(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut space = false;
    text.char_indices().filter_map(move |(at, c)| {
        if c.is_whitespace() {
            return if std::mem::replace(&mut space, true) { None } else { Some((at, ' ')) };
        }
        space = false;
        Some((
            at,
            match c {
                '“' | '”' | '„' | '«' | '»' => '"',
                '‘' | '’' | '‚' => '\'',
                other => other,
            },
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_quote_marks_may_differ() {
        let answer = "We said “ship it” on\n  Friday – and did.";
        let quote = verify(answer, " \"ship it\" on Friday").expect("it stands there");
        assert!(quote.holds(answer));
        assert_eq!(quote.text, "“ship it” on\n  Friday");
    }

    #[test]
    fn other_words_are_not_there() {
        assert_eq!(verify("I led the team.", "I lead the team."), None);
        assert_eq!(verify("I led the team.", "  "), None);
        assert_eq!(verify("", "x"), None);
    }
}
