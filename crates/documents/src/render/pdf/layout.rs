//! Text as lines.

use super::fonts::{Face, Fonts};

impl Fonts {
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
}
