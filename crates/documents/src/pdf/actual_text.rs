//! Letters of clusters whose glyphs stand in another order: `ActualText` of marked content.
//!
//! A file may claim any text for any glyph, also one that nobody sees. It is believed only for scripts whose
//! letters are reordered or joined when they are drawn, and only for about as many letters as there are glyphs.

use super::device::Glyph;
use super::hidden::Visibility;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};

/// Spans nested deeper than this are passed over.
const MAX_DEPTH: usize = 64;
/// Letters that one glyph may stand for, at most.
const MAX_LETTERS_A_GLYPH: usize = 4;

/// What is open at the moment.
#[derive(Default)]
pub(super) struct Spans {
    open: Vec<Option<Span>>,
    /// Spans that opened beyond the depth that is kept.
    deeper: usize,
}

/// A cluster of glyphs and the letters that it stands for.
pub(super) struct Span {
    text: String,
    pub(super) first_glyph: usize,
}

impl Spans {
    /// Opens marked content; `glyphs` were drawn before it.
    pub(super) fn begin(&mut self, properties: Option<&Dict<'_>>, glyphs: usize) {
        if self.open.len() >= MAX_DEPTH {
            self.deeper += 1;
            return;
        }
        let text = properties.and_then(|dict| dict.get::<PdfString<'_>>(b"ActualText"));
        let text = text.and_then(|text| decode(text.as_bytes())).filter(|text| is_reordered(text));
        self.open.push(text.map(|text| Span { text, first_glyph: glyphs }));
    }

    /// Closes the innermost marked content; the cluster, when it was one.
    pub(super) fn end(&mut self) -> Option<Span> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        self.open.pop().flatten()
    }

    /// True inside a cluster.
    pub(super) fn is_open(&self) -> bool {
        self.open.last().is_some_and(Option::is_some)
    }
}

impl Span {
    /// The glyphs of the cluster as one with its letters, and how many stay unreadable.
    pub(super) fn apply(self, glyphs: Vec<(Glyph, Visibility)>) -> (Vec<(Glyph, Visibility)>, usize) {
        let is_seen = glyphs.iter().all(|(_, seen)| *seen == Visibility::Visible);
        let is_plausible = self.text.chars().count() <= MAX_LETTERS_A_GLYPH * glyphs.len();
        let (Some(first), true) = (glyphs.first(), is_seen && is_plausible) else {
            let all = glyphs.len();
            let named = |glyph: &Glyph| glyph.text != char::REPLACEMENT_CHARACTER.to_string();
            let kept: Vec<_> = glyphs.into_iter().filter(|(glyph, _)| named(glyph)).collect();
            let unread = all - kept.len();
            return (kept, unread);
        };
        let start = glyphs.iter().map(|(glyph, _)| glyph.x).fold(f64::INFINITY, f64::min);
        let end = glyphs.iter().map(|(glyph, _)| glyph.x + glyph.advance).fold(f64::NEG_INFINITY, f64::max);
        let glyph = Glyph { text: self.text, x: start, advance: end - start, ..first.0.clone() };
        (vec![(glyph, first.1)], 0)
    }
}

/// UTF-16 with its mark, or UTF-8 with its own; other encodings hold no letters of these scripts.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(utf8) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8(utf8.to_vec()).ok();
    }
    let units: Vec<u16> = bytes
        .strip_prefix(b"\xFE\xFF")?
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u16::from_be_bytes(*pair))
        .collect();
    String::from_utf16(&units).ok()
}

/// True for letters of scripts that are drawn in another order or joined: of South and Southeast Asia.
fn is_reordered(text: &str) -> bool {
    let is_letter =
        |c: char| matches!(c, '\u{0900}'..='\u{0EFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}');
    let is_joiner = |c: char| matches!(c, '\u{200C}' | '\u{200D}' | ' ');
    text.chars().any(is_letter) && text.chars().all(|c| is_letter(c) || is_joiner(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, x: f64) -> (Glyph, Visibility) {
        let glyph = Glyph { text: text.to_owned(), x, y: 0.0, advance: 5.0, size: 10.0, angle: 0 };
        (glyph, Visibility::Visible)
    }

    fn span(text: &str) -> Span {
        Span { text: text.to_owned(), first_glyph: 0 }
    }

    #[test]
    fn a_cluster_is_one_glyph_with_its_letters() {
        let (glyphs, unread) = span("हि").apply(vec![glyph("ि", 10.0), glyph("ह", 15.0)]);
        assert_eq!((glyphs[0].0.text.as_str(), glyphs.len(), unread), ("हि", 1, 0));
        assert_eq!((glyphs[0].0.x, glyphs[0].0.advance), (10.0, 10.0));
    }

    #[test]
    fn more_letters_than_the_glyphs_can_show_are_not_believed() {
        let (glyphs, unread) = span("कखगघङचछजझ").apply(vec![glyph("क", 10.0), glyph("\u{FFFD}", 15.0)]);
        assert_eq!((glyphs[0].0.text.as_str(), glyphs.len(), unread), ("क", 1, 1));
    }

    #[test]
    fn hidden_glyphs_keep_what_they_are() {
        let hidden = (glyph("क", 1.0).0, Visibility::Hidden);
        assert_eq!(span("ख").apply(vec![hidden]).0[0].0.text, "क");
    }

    #[test]
    fn only_scripts_that_are_reordered_are_believed() {
        assert!(is_reordered("शिक्षिका"));
        assert!(!is_reordered("hire") && !is_reordered("क hire") && !is_reordered(""));
        assert_eq!(decode(b"\xFE\xFF\x09\x15").as_deref(), Some("क"));
        assert_eq!(decode(b"hire"), None);
    }
}
