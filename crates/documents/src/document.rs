//! A document as lines in reading order, whatever format it came from.

use greenroom_domain::resume::Warning;
use unicode_normalization::UnicodeNormalization;

/// One line of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// The text; cells or columns of one row are separated by tabs.
    pub(crate) text: String,
    /// Font size in points; 0 when the format does not say.
    pub(crate) size: f32,
    /// True when the format marks it as a heading.
    pub(crate) is_heading: bool,
    /// True when the first word of the next line would have fitted on it, so that it ended by intent; false
    /// when it would not, or when the format does not say.
    pub(crate) has_room: bool,
}

impl Line {
    /// A line of which only the text is known.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// True when there is nothing to read in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A document as it was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) lines: Vec<Line>,
    pub(crate) pages: u32,
    pub(crate) warnings: Vec<Warning>,
}

impl Document {
    /// Adds a warning once.
    pub(crate) fn warn(&mut self, code: &str, message: impl Into<String>) {
        if self.warnings.iter().all(|w| w.code != code) {
            self.warnings.push(Warning::new(code, message));
        }
    }

    /// True when no line holds a letter or digit.
    pub(crate) fn is_blank(&self) -> bool {
        !self.lines.iter().any(|line| line.text.chars().any(char::is_alphanumeric))
    }

    /// The lines as one text.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n").trim().to_owned()
    }

    /// Leaves out what goes beyond `max` characters, with a warning.
    pub(crate) fn limit_chars(&mut self, max: usize) {
        let mut left = max;
        for index in 0..self.lines.len() {
            let length = self.lines[index].text.chars().count() + 1;
            if length > left {
                self.lines[index].text = self.lines[index].text.chars().take(left).collect();
                self.lines.truncate(index + 1);
                self.warn(
                    "text_cut",
                    format!("Only the first {max} characters were read; the rest was left out."),
                );
                return;
            }
            left -= length;
        }
    }
}

/// Makes written forms comparable: ligatures and odd spaces resolved, soft hyphens, control and
/// zero-width characters gone. Nothing a reader sees is changed.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}'..='\u{FB06}' => out.push_str(LIGATURES[c as usize - 0xFB00]),
            '\u{00AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => {}
            // Tag characters carry invisible text.
            '\u{E0000}'..='\u{E007F}' => {}
            '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => out.push(' '),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            '\u{2E80}'..='\u{2FD5}' => out.push(ideograph(c)),
            c => out.push(c),
        }
    }
    out
}

/// Printing programs name some ideographs by their radical, which looks the same: `⼯` for `工`.
fn ideograph(radical: char) -> char {
    let simplified = SIMPLIFIED_RADICALS.iter().find(|(from, _)| *from == radical).map(|(_, to)| *to);
    simplified.unwrap_or_else(|| radical.nfkc().next().unwrap_or(radical))
}

/// Radicals that Unicode does not decompose, or decomposes to a form that simplified Chinese does not have.
const SIMPLIFIED_RADICALS: &[(char, char)] = &[
    ('⼾', '户'),
    ('⺁', '厂'),
    ('⺃', '乚'),
    ('⺅', '亻'),
    ('⺉', '刂'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺏', '尢'),
    ('⺕', '彐'),
    ('⺗', '小'),
    ('⺘', '扌'),
    ('⺝', '月'),
    ('⺠', '民'),
    ('⺢', '氺'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺮', '竹'),
    ('⺰', '纟'),
    ('⺶', '羊'),
    ('⺸', '羊'),
    ('⺼', '月'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻐', '钅'),
    ('⻑', '长'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻕', '阜'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_and_invisible_characters_are_resolved() {
        assert_eq!(clean("e\u{FB03}cient\u{00A0}work\u{200B}flow \u{E0041}"), "efficient workflow ");
    }

    #[test]
    fn radicals_become_the_ideographs_that_they_look_like() {
        assert_eq!(clean("2020年7⽉，⻓⻘⼈⺠医院，护⼠"), "2020年7月，长青人民医院，护士");
    }

    #[test]
    fn long_text_is_cut_with_a_warning() {
        let mut document =
            Document { lines: vec![Line::plain("abcdef"), Line::plain("gh")], ..Default::default() };
        document.limit_chars(4);
        assert_eq!(document.text(), "abcd");
        assert_eq!(document.warnings[0].code, "text_cut");
    }
}
