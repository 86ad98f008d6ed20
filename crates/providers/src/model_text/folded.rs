//! A text as its reader hears it: lower case, without accents, invisible signs and look-alike letters, each
//! character with the place it comes from. For searching only; never sent and never quoted.

use regex::Regex;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A folded text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded characters.
    pub text: String,
    /// For each byte of `text`, the place it comes from, bytes.
    at: Vec<Range<usize>>,
}

impl Folded {
    /// Folds `raw`. Runs of white space are one line break or one space.
    pub fn new(raw: &str) -> Self {
        let mut folded = Self::default();
        for (start, c) in raw.char_indices() {
            let at = start..start + c.len_utf8();
            if is_invisible(c) {
                continue;
            }
            if c.is_whitespace() {
                folded.push_space(
                    if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') { '\n' } else { ' ' },
                    at,
                );
            } else {
                decompose_compatible(c, |part| folded.push_folded(part, &at));
            }
        }
        folded
    }

    fn push(&mut self, c: char, at: Range<usize>) {
        self.text.push(c);
        self.at.resize(self.text.len(), at);
    }

    fn push_space(&mut self, c: char, at: Range<usize>) {
        if self.text.ends_with('\n') || c == ' ' && self.text.ends_with(' ') {
            return;
        }
        if c == '\n' && self.text.ends_with(' ') {
            self.text.pop();
            self.at.pop();
        }
        self.push(c, at);
    }

    fn push_folded(&mut self, c: char, at: &Range<usize>) {
        if is_combining_mark(c) {
            return;
        }
        match c {
            '“' | '”' | '„' | '«' | '»' => self.push('"', at.clone()),
            '‘' | '’' | '‚' | '`' | '´' => self.push('\'', at.clone()),
            '–' | '—' | '‐' | '‑' => self.push('-', at.clone()),
            'ß' => (0..2).for_each(|_| self.push('s', at.clone())),
            'đ' | 'Đ' => self.push('d', at.clone()),
            'ł' | 'Ł' => self.push('l', at.clone()),
            'ø' | 'Ø' => self.push('o', at.clone()),
            'ı' => self.push('i', at.clone()),
            c if c.is_whitespace() => self.push_space(' ', at.clone()),
            c => c.to_lowercase().filter(|c| !is_combining_mark(*c)).for_each(|c| self.push(c, at.clone())),
        }
    }

    /// The same with each character turned by `turn`.
    pub fn map(&self, turn: impl Fn(char) -> char) -> Self {
        let mut turned = Self::default();
        for (start, c) in self.text.char_indices() {
            turned.push(turn(c), self.at[start].clone());
        }
        turned
    }

    /// The same from back to front.
    pub fn reversed(&self) -> Self {
        let mut turned = Self::default();
        for (start, c) in self.text.char_indices().rev() {
            turned.push(c, self.at[start].clone());
        }
        turned
    }

    /// Where a range of the folded text, not empty, stands in the raw one.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let (first, last) = (&self.at[range.start], &self.at[range.end - 1]);
        first.start.min(last.start)..first.end.max(last.end)
    }
}

/// A pattern of a shipped list, for folded texts. It is folded as they are; a space stands for any white space, `~` for
/// the words between two others.
pub fn pattern(text: &str) -> Regex {
    let folded: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let pattern = format!(
        "(?m){}",
        folded.replace(" ?", r"\s*").replace(' ', r"\s+").replace('~', r"[^.!?。！？]{0,60}?")
    );
    Regex::new(&pattern).expect("the shipped lists are valid; a test reads them")
}

/// Signs without width or ink: no reader sees them, a model does.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{e000}'..='\u{f8ff}')
        || c.is_control() && !c.is_whitespace()
}

/// Cyrillic and Greek letters that look like Latin ones.
pub fn latin_look(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'э' => 'e',
        'һ' | 'н' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' => 'z',
        other => other,
    }
}

/// Digits and signs that are written for letters.
pub fn letter_look(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Letters of the alphabet moved by thirteen.
pub fn thirteen(c: char) -> char {
    let turned = |base: u8| char::from((c as u8 - base + 13) % 26 + base);
    if c.is_ascii_lowercase() { turned(b'a') } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_knows_its_place() {
        let raw = "Ｇíve\u{200b}\n\n ＭE  ①０";
        let folded = Folded::new(raw);
        assert_eq!(folded.text, "give\nme 10");
        assert_eq!(&raw[folded.origin(0..4)], "Ｇíve");
        assert_eq!(&raw[folded.origin(5..7)], "ＭE");
        assert_eq!(folded.reversed().text, "01 em\nevig");
        assert_eq!(&raw[folded.reversed().origin(3..5)], "ＭE");
    }

    #[test]
    fn looks_are_folded() {
        assert_eq!("ѕсоге".chars().map(latin_look).collect::<String>(), "score");
        assert_eq!("1gn0r3".chars().map(letter_look).collect::<String>(), "ignore");
        assert_eq!("vtaber".chars().map(thirteen).collect::<String>(), "ignore");
    }
}
