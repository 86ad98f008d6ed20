//! Text -> tokens of the table's vocabulary: BERT's uncased WordPiece.
//!
//! Gives the ids of the reference implementation (Hugging Face `tokenizers`: `BertNormalizer`, `BertPreTokenizer`,
//! `WordPiece`), see `tests/embedding.rs`. Text that looks like a special token ("[SEP]") is text.

use super::table::{self, Hash, Row};
use std::ops::Range;
use unicode_categories::UnicodeCategories;
use unicode_normalization::char::decompose_canonical;

/// A longer word is unknown, characters after clean-up.
const LONGEST_WORD: usize = 100;

/// A token with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The row of the table.
    pub row: Row,
    /// Place of the whole word or punctuation mark that the token belongs to, bytes of the text.
    pub at: Range<usize>,
}

/// The tokens of a text, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut splitter = Splitter::new(text.len());
    for (at, c) in text.char_indices() {
        if c.is_ascii() { splitter.ascii(at, c) } else { splitter.other(at, c) }
    }
    splitter.end_word();
    splitter.tokens
}

/// Collects a word, clean and in lower case, until something ends it.
struct Splitter {
    word: String,
    at: Range<usize>,
    tokens: Vec<Token>,
}

impl Splitter {
    fn new(bytes: usize) -> Self {
        Self { word: String::new(), at: 0..0, tokens: Vec::with_capacity(bytes / 4) }
    }

    fn ascii(&mut self, at: usize, c: char) {
        match c {
            'a'..='z' | '0'..='9' => self.letter(at, 1, c),
            'A'..='Z' => self.letter(at, 1, c.to_ascii_lowercase()),
            ' ' | '\t' | '\n' | '\r' => self.end_word(),
            _ if c.is_ascii_control() => {}
            _ => self.alone(at, 1, c),
        }
    }

    fn other(&mut self, at: usize, c: char) {
        if c == char::REPLACEMENT_CHARACTER || c.is_other() {
            return;
        }
        if c.is_whitespace() {
            return self.end_word();
        }
        let ideograph = is_ideograph(c);
        if ideograph {
            self.end_word();
        }
        decompose_canonical(c, |part| {
            if !part.is_mark_nonspacing() {
                part.to_lowercase().for_each(|part| self.part(at, c.len_utf8(), part));
            }
        });
        if ideograph {
            self.end_word();
        }
    }

    fn part(&mut self, at: usize, bytes: usize, c: char) {
        if c.is_whitespace() {
            self.end_word();
        } else if c.is_ascii_punctuation() || c.is_punctuation() {
            self.alone(at, bytes, c);
        } else {
            self.letter(at, bytes, c);
        }
    }

    fn letter(&mut self, at: usize, bytes: usize, c: char) {
        if self.word.is_empty() {
            self.at.start = at;
        }
        self.at.end = at + bytes;
        self.word.push(c);
    }

    fn alone(&mut self, at: usize, bytes: usize, c: char) {
        self.end_word();
        self.letter(at, bytes, c);
        self.end_word();
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            push_pieces(&self.word, &self.at, &mut self.tokens);
            self.word.clear();
        }
    }
}

/// Adds the longest token that begins the word, then the longest that begins the rest, and so on; one unknown token
/// when that does not lead to the end.
fn push_pieces(word: &str, at: &Range<usize>, tokens: &mut Vec<Token>) {
    let before = tokens.len();
    let mut rest = word.as_bytes();
    let short = word.len() <= LONGEST_WORD || word.chars().count() <= LONGEST_WORD;
    while short && !rest.is_empty() {
        let Some((row, length)) = longest_piece(rest, tokens.len() > before) else { break };
        tokens.push(Token { row, at: at.clone() });
        rest = &rest[length..];
    }
    if !rest.is_empty() {
        tokens.truncate(before);
        tokens.push(Token { row: Row::UNKNOWN, at: at.clone() });
    }
}

/// The longest token that `rest` begins with, and its length in bytes. Ends inside a character match no token, since
/// tokens are UTF-8.
fn longest_piece(rest: &[u8], continues: bool) -> Option<(Row, usize)> {
    let mut hashes = [Hash::new(continues); table::LONGEST + 1];
    let longest = rest.len().min(table::LONGEST);
    for length in 0..longest {
        hashes[length + 1] = hashes[length].with(rest[length]);
    }
    (1..=longest)
        .rev()
        .find_map(|length| Some((table::find(&rest[..length], continues, hashes[length])?, length)))
}

/// A character that is a word of its own: the blocks that BERT calls Chinese.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x2a6df | 0x2a700..=0x2b73f
        | 0x2b740..=0x2b81f | 0x2b920..=0x2ceaf | 0x2f800..=0x2fa1f)
}
