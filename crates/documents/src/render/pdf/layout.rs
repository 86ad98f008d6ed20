//! Fonts, widths and lines.

use krilla::text::Font;
use ttf_parser::Face as Metrics;

const REGULAR: &[u8] = include_bytes!("../../../fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/DejaVuSans-Bold.ttf");

/// Which cut of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Text.
    Regular,
    /// Headings.
    Bold,
}

/// The fonts that ship with the program: Latin, Greek, Cyrillic, Hebrew and Arabic.
pub struct Fonts {
    regular: (Font, Metrics<'static>),
    bold: (Font, Metrics<'static>),
}

impl Fonts {
    /// Reads the fonts.
    pub fn shipped() -> Option<Self> {
        let read = |bytes: &'static [u8]| Some((Font::new(bytes.into(), 0)?, Metrics::parse(bytes, 0).ok()?));
        Some(Self { regular: read(REGULAR)?, bold: read(BOLD)? })
    }

    /// The font of a cut.
    pub fn font(&self, face: Face) -> Font {
        self.of(face).0.clone()
    }

    /// Width of `text`, points.
    pub fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let metrics = &self.of(face).1;
        let units: u32 = text
            .chars()
            .map(|c| {
                let glyph = metrics.glyph_index(c).unwrap_or_default();
                u32::from(metrics.glyph_hor_advance(glyph).unwrap_or(0))
            })
            .sum();
        units as f32 * size / f32::from(metrics.units_per_em())
    }

    /// `text` as lines of at most `width` points, broken between words; a word that is wider alone is
    /// broken where the line ends.
    pub fn lines(&self, text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                let clean: String = word.chars().filter(|c| !c.is_control()).collect();
                let longer = if line.is_empty() { clean.clone() } else { format!("{line} {clean}") };
                if self.width(&longer, face, size) <= width {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line = self.broken(clean, face, size, width, &mut lines);
            }
            lines.push(line);
        }
        lines
    }

    /// Pushes full lines of an over-long word and returns the rest.
    fn broken(&self, word: String, face: Face, size: f32, width: f32, lines: &mut Vec<String>) -> String {
        if self.width(&word, face, size) <= width {
            return word;
        }
        let mut line = String::new();
        let mut used = 0.0;
        for c in word.chars() {
            let advance = self.width(c.encode_utf8(&mut [0; 4]), face, size);
            if used + advance > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += advance;
        }
        line
    }

    fn of(&self, face: Face) -> &(Font, Metrics<'static>) {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }
}
