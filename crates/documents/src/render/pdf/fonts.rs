//! Fonts: those that ship with the program, and the system's for scripts that they lack.

use fontdb::{Database, FaceInfo, Style};
use krilla::text::Font;
use std::collections::BTreeSet;
use ttf_parser::Face as Metrics;
use unicode_bidi::BidiInfo;

const REGULAR: &[u8] = include_bytes!("../../../fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/DejaVuSans-Bold.ttf");
/// Fonts of the system that one document takes, at most.
const MAX_OTHERS: usize = 4;
/// Fonts of the system that are looked into, at most.
const MAX_LOOKED_AT: usize = 400;

/// Which cut of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Text.
    Regular,
    /// Headings.
    Bold,
}

/// A piece of text that one font draws in one direction.
pub struct Run<'t> {
    pub font: Font,
    pub text: &'t str,
    pub is_right_to_left: bool,
    /// Points.
    pub width: f32,
}

/// The shipped fonts (Latin, Greek, Cyrillic, Hebrew, Arabic), and some of the system's.
pub struct Fonts {
    regular: (Font, Metrics<'static>),
    bold: (Font, Metrics<'static>),
    others: Vec<Other>,
}

/// A font of the system, for the characters that the shipped ones lack.
struct Other {
    font: Font,
    data: Vec<u8>,
    index: u32,
    has: BTreeSet<char>,
}

impl Fonts {
    /// Fonts for `text`. The system is asked only when the shipped ones lack something.
    pub fn covering<'d>(text: &str, system: impl FnOnce() -> &'d Database) -> Option<Self> {
        let read = |bytes: &'static [u8]| Some((Font::new(bytes.into(), 0)?, Metrics::parse(bytes, 0).ok()?));
        let mut fonts = Self { regular: read(REGULAR)?, bold: read(BOLD)?, others: Vec::new() };
        let missing: BTreeSet<char> =
            text.chars().filter(|c| !c.is_control() && fonts.regular.1.glyph_index(*c).is_none()).collect();
        if !missing.is_empty() {
            fonts.others = others(system(), missing);
        }
        Some(fonts)
    }

    /// Width of `text`, points.
    pub fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        self.runs(text, face, size).iter().map(|run| run.width).sum()
    }

    /// One line of text in pieces that one font each can draw, from left to right as they are seen.
    pub fn runs<'t>(&self, text: &'t str, face: Face, size: f32) -> Vec<Run<'t>> {
        // No script below this is written from right to left.
        if text.chars().all(|c| c < '\u{590}') {
            return self.pieces(text, face, size, false);
        }
        let bidi = BidiInfo::new(text, None);
        let mut runs = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for range in ranges {
                let is_right_to_left = levels[range.start].is_rtl();
                let mut pieces = self.pieces(&text[range], face, size, is_right_to_left);
                if is_right_to_left {
                    pieces.reverse();
                }
                runs.append(&mut pieces);
            }
        }
        runs
    }

    /// Text of one direction in pieces that one font each can draw, in the order of reading.
    fn pieces<'t>(&self, text: &'t str, face: Face, size: f32, is_right_to_left: bool) -> Vec<Run<'t>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut drawn_by = None;
        for (at, c) in text.char_indices() {
            // Spaces stay with what they follow.
            let by = if at > from && c.is_whitespace() { drawn_by } else { self.other_for(c) };
            if by != drawn_by && at > from {
                pieces.push(self.run(&text[from..at], drawn_by, face, size, is_right_to_left));
                from = at;
            }
            drawn_by = by;
        }
        if from < text.len() {
            pieces.push(self.run(&text[from..], drawn_by, face, size, is_right_to_left));
        }
        pieces
    }

    fn other_for(&self, c: char) -> Option<usize> {
        self.others.iter().position(|other| other.has.contains(&c))
    }

    fn run<'t>(
        &self,
        text: &'t str,
        other: Option<usize>,
        face: Face,
        size: f32,
        is_right_to_left: bool,
    ) -> Run<'t> {
        if let Some(other) = other.and_then(|index| self.others.get(index)) {
            return Run { font: other.font.clone(), text, is_right_to_left, width: other.width(text, size) };
        }
        let (font, metrics) = match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        };
        let advance = |c: char| metrics.glyph_hor_advance(metrics.glyph_index(c).unwrap_or_default());
        let units: u32 = text.chars().map(|c| u32::from(advance(c).unwrap_or(0))).sum();
        let width = units as f32 * size / f32::from(metrics.units_per_em());
        Run { font: font.clone(), text, is_right_to_left, width }
    }
}

impl Other {
    /// Shaped, because scripts such as Devanagari join letters.
    fn width(&self, text: &str, size: f32) -> f32 {
        let Some(face) = rustybuzz::Face::from_slice(&self.data, self.index) else { return 0.0 };
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&face, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        units as f32 * size / face.units_per_em() as f32
    }
}

/// Fonts of the system that have as many of the missing characters as can be had.
fn others(system: &Database, mut missing: BTreeSet<char>) -> Vec<Other> {
    let mut faces: Vec<&FaceInfo> = system.faces().collect();
    // Upright and of usual weight first; a font file can be of any kind.
    faces.sort_by_key(|face| (face.style != Style::Normal, face.weight.0.abs_diff(400), face.monospaced));
    let mut others = Vec::new();
    for face in faces.into_iter().take(MAX_LOOKED_AT) {
        if missing.is_empty() || others.len() == MAX_OTHERS {
            break;
        }
        let Some(other) =
            system.with_face_data(face.id, |data, index| other(data, index, &missing)).flatten()
        else {
            continue;
        };
        missing.retain(|c| !other.has.contains(c));
        others.push(other);
    }
    others
}

fn other(data: &[u8], index: u32, missing: &BTreeSet<char>) -> Option<Other> {
    let metrics = Metrics::parse(data, index).ok()?;
    let has: BTreeSet<char> = missing.iter().copied().filter(|c| metrics.glyph_index(*c).is_some()).collect();
    if has.is_empty() {
        return None;
    }
    let data = data.to_vec();
    Some(Other { font: Font::new(data.clone().into(), index)?, data, index, has })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system() -> Database {
        let mut system = Database::new();
        system.load_font_data(include_bytes!("../../../tests/fixtures/fonts/han.otf").to_vec());
        system.load_font_data(include_bytes!("../../../tests/fixtures/fonts/devanagari.ttf").to_vec());
        system
    }

    fn pieces(text: &str) -> Vec<String> {
        let system = system();
        let fonts = Fonts::covering(text, || &system).expect("fonts");
        fonts.runs(text, Face::Regular, 10.0).iter().map(|run| run.text.to_owned()).collect()
    }

    #[test]
    fn each_script_is_drawn_by_a_font_that_has_it() {
        assert_eq!(pieces("Łódź, Αθήνα"), ["Łódź, Αθήνα"]);
        assert_eq!(pieces("Li Ming 李明, 数据科学家"), ["Li Ming ", "李明", ", ", "数据科学家"]);
        assert_eq!(pieces("नमस्ते क्षत्रिय 李明 ok"), ["नमस्ते क्षत्रिय ", "李明 ", "ok"]);
    }

    #[test]
    fn directions_are_kept_apart() {
        assert_eq!(pieces("See עברית, then"), ["See ", "עברית", ", then"]);
        assert_eq!(pieces("עברית and Rust"), ["and Rust", "עברית "]);
    }

    #[test]
    fn joined_letters_are_narrower_than_one_by_one() {
        let system = system();
        let text = "क्षत्रिय";
        let fonts = Fonts::covering(text, || &system).expect("fonts");
        let apart: f32 =
            text.chars().map(|c| fonts.width(c.encode_utf8(&mut [0; 4]), Face::Regular, 10.0)).sum();
        assert!(fonts.width(text, Face::Regular, 10.0) < apart);
    }

    #[test]
    fn what_no_font_has_is_still_drawn() {
        let system = Database::new();
        let fonts = Fonts::covering("李明", || &system).expect("fonts");
        assert_eq!(fonts.runs("李明", Face::Bold, 10.0).len(), 1);
    }

    #[test]
    fn the_system_is_asked_only_when_something_is_missing() {
        let fonts = Fonts::covering("Plain “text” – naïve", || panic!("nothing is missing"));
        assert!(fonts.is_some());
    }
}
