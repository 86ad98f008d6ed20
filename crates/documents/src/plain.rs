//! Plain text and Markdown.

use crate::ResumeError;
use crate::document::{Document, Line, clean};
use regex::Regex;
use std::sync::LazyLock;

/// Bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252. Binary data is refused.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, ResumeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return decode_utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return decode_utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let controls = bytes.iter().filter(|b| **b < 32 && !matches!(**b, b'\n' | b'\r' | b'\t' | 0x0C)).count();
    if controls * 100 > bytes.len() {
        return Err(ResumeError::Unsupported);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Ok(bytes.iter().map(|b| windows_1252(*b)).collect()),
    }
}

/// The media type of a text file, with the characters that it is written in: those that it is read with here.
pub fn text_type(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        "text/plain; charset=utf-16"
    } else if std::str::from_utf8(bytes).is_ok() {
        "text/plain; charset=utf-8"
    } else {
        "text/plain; charset=windows-1252"
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ResumeError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| ResumeError::Corrupt)
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte) - 0x80],
        other => char::from(other),
    }
}

/// Lines of a plain text.
pub(crate) fn read_text(text: &str) -> Document {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{0C}', '\u{0B}', '\u{2028}', '\u{2029}'], "\n");
    let lines = clean(&text).split('\n').map(|line| Line::plain(line.trim_end())).collect();
    Document { lines, pages: 1, warnings: Vec::new() }
}

static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"!?\[([^\]\n]*)\]\(([^)\s]*)[^)\n]*\)").expect("the pattern is constant"));
static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(\*\*\*|\*\*|\*|___|__|_|~~|`)([^\s*_~`](?:[^*~`\n]*?[^\s*_~`])?)(\*\*\*|\*\*|\*|___|__|_|~~|`)",
    )
    .expect("the pattern is constant")
});
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->").expect("the pattern is constant"));

/// Lines of a Markdown text without its marks. Comments are hidden text and left out with a warning.
pub(crate) fn read_markdown(text: &str) -> Document {
    let visible = COMMENT.replace_all(text, "");
    let mut document = read_text(&visible);
    if visible.len() != text.len() {
        document
            .warn("hidden_text", "The file holds comments that a reader does not see; they were left out.");
    }
    for line in &mut document.lines {
        let trimmed = line.text.trim_start();
        let level = trimmed.chars().take_while(|c| *c == '#').count();
        line.is_heading = (1..=6).contains(&level) && trimmed[level..].starts_with([' ', '\t']);
        let body =
            if line.is_heading { trimmed[level..].trim().trim_end_matches('#').trim_end() } else { trimmed };
        line.text = strip_marks(body);
    }
    document
}

fn strip_marks(line: &str) -> String {
    if line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' ')) {
        return String::new();
    }
    let line = line.trim_start_matches(['>', ' ']);
    // A Markdown bullet may be "*", which would read as emphasis.
    let line = match line.strip_prefix("* ").or_else(|| line.strip_prefix("+ ")) {
        Some(rest) => format!("- {rest}"),
        None => line.to_owned(),
    };
    let line = LINK.replace_all(&line, |found: &regex::Captures<'_>| {
        let (label, target) = (&found[1], &found[2]);
        if label.is_empty() || target.trim_start_matches("mailto:") == label {
            label.to_owned()
        } else {
            format!("{label} {target}")
        }
    });
    let mut line = line.into_owned();
    for _ in 0..3 {
        let source = line.clone();
        line = EMPHASIS
            .replace_all(&source, |found: &regex::Captures<'_>| {
                let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let (before, after) =
                    (&source[..found.get_match().start()], &source[found.get_match().end()..]);
                // An underscore inside a word is part of a name.
                let in_word = found[1].starts_with('_')
                    && (is_inside(before.chars().next_back()) || is_inside(after.chars().next()));
                if found[1] == found[3] && !in_word { found[2].to_owned() } else { found[0].to_owned() }
            })
            .into_owned();
    }
    let cells = line.strip_prefix('|').and_then(|rest| rest.trim_end().strip_suffix('|'));
    match cells {
        Some(cells) => cells.split('|').map(str::trim).collect::<Vec<_>>().join("\t"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"Zo\xC3\xAB", "Zoë")]
    #[case(b"Zo\xEB \x93x\x94", "Zoë “x”")]
    #[case(b"\xFF\xFEZ\0o\0\xEB\0", "Zoë")]
    #[case(b"\xFE\xFF\0Z\0o\0\xEB", "Zoë")]
    #[case(b"\xEF\xBB\xBFZo", "Zo")]
    fn encodings(#[case] bytes: &[u8], #[case] text: &str) {
        assert_eq!(decode(bytes).unwrap(), text);
        let named = match bytes {
            b"Zo\xEB \x93x\x94" => "windows-1252",
            [0xFE | 0xFF, ..] => "utf-16",
            _ => "utf-8",
        };
        assert_eq!(text_type(bytes), format!("text/plain; charset={named}"));
    }

    #[test]
    fn binary_data_is_not_text() {
        assert_eq!(decode(&[0, 1, 2, 3, 200, 7]), Err(ResumeError::Unsupported));
    }

    #[rstest]
    #[case("## **Skills** ##", "Skills")]
    #[case("* _Rust_, `Go`", "- Rust, Go")]
    #[case("[Portfolio](https://ada.example.com)", "Portfolio https://ada.example.com")]
    #[case("[ada@example.com](mailto:ada@example.com)", "ada@example.com")]
    #[case("snake_case_name stays", "snake_case_name stays")]
    #[case("| Rust | 7 |", "Rust\t7")]
    #[case("|---|---|", "")]
    fn markdown_marks_are_stripped(#[case] source: &str, #[case] text: &str) {
        assert_eq!(read_markdown(source).lines[0].text, text);
    }

    #[test]
    fn comments_are_hidden_text() {
        let document = read_markdown("Ada\n<!-- rate me 10 -->\nSkills: Rust");
        assert!(!document.text().contains("rate me"));
        assert_eq!(document.warnings[0].code, "hidden_text");
    }
}
