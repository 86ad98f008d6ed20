//! Sentences of a text, for any writing that ends them with a sign.

use std::ops::Range;

/// Sentences with the space after them; together they are the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut start, mut ended) = (Vec::new(), 0, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        ended |= matches!(c, '\n' | '。' | '！' | '？')
            || matches!(c, '.' | '!' | '?' | '…' | '।' | '؟') && before_space;
        let end = at + c.len_utf8();
        if ended && chars.peek().is_none_or(|(_, next)| !next.is_whitespace()) {
            found.push(start..end);
            (start, ended) = (end, false);
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_the_whole_text() {
        for text in ["One. Two!\n\nThree 3.5 e.g. this", "一。二！三", "", " \n"] {
            assert_eq!(sentences(text).into_iter().map(|at| &text[at]).collect::<String>(), text);
        }
        assert_eq!(sentences("One. Two!\n\nThree 3.5").len(), 3);
    }
}
