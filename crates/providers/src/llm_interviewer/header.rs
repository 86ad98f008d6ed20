//! The line of JSON with which a reply begins.

use serde::Deserialize;
use serde_json::error::Category;

/// Longest header, bytes.
const MAX_BYTES: usize = 6_000;

/// What the model says it does. Nothing in it is believed before it is looked up.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    #[serde(rename = "move")]
    pub choice: Choice,
    pub quote: Option<String>,
    pub asked: Option<Vec<AskedClaim>>,
    pub conduct: Option<String>,
    pub contrast: Option<ContrastClaim>,
}

/// Its move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Choice {
    FollowUp,
    Next,
}

/// A question of the candidate, and the line that answers it.
#[derive(Debug, Deserialize)]
pub(super) struct AskedClaim {
    pub quote: String,
    pub line: Option<String>,
}

/// Words of two answers.
#[derive(Debug, Deserialize)]
pub(super) struct ContrastClaim {
    pub answer: usize,
    pub earlier: String,
    pub now: String,
}

/// Reads the header at the beginning of `text`, and where it ends, bytes; `None` while more is to come. Fences and
/// blank lines before it are skipped. The error says what is wrong without a word of the reply.
pub(super) fn read(text: &str) -> Result<Option<(Header, usize)>, &'static str> {
    let mut at = text.len() - text.trim_start().len();
    while text[at..].starts_with('`') {
        let Some(line) = text[at..].find('\n') else { return more(text) };
        at += line + 1;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    match text[at..].chars().next() {
        None => return more(text),
        Some('{') => {}
        Some(_) => return Err("the reply does not begin with a line of JSON"),
    }
    let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Header>();
    match values.next() {
        Some(Ok(header)) => Ok(Some((header, at + values.byte_offset()))),
        Some(Err(error)) if error.classify() == Category::Eof => more(text),
        None => more(text),
        Some(Err(_)) => Err("the line of JSON is not of the form described"),
    }
}

fn more(text: &str) -> Result<Option<(Header, usize)>, &'static str> {
    if text.len() > MAX_BYTES { Err("the line of JSON is too long") } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str =
        r#"{"move":"next","quote":null,"about":null,"asked":[],"conduct":null,"contrast":null}"#;

    #[test]
    fn it_is_read_as_soon_as_it_is_there() {
        for before in ["", "\n\n ", "```json\n", "```\n\n"] {
            let text = format!("{before}{NEXT}\nGood.");
            let end = before.len() + NEXT.len();
            for cut in 0..end {
                assert!(matches!(read(&text[..cut]), Ok(None)), "{:?}", &text[..cut]);
            }
            let (header, at) = read(&text).unwrap().unwrap();
            assert_eq!((header.choice, &text[at..]), (Choice::Next, "\nGood."));
        }
    }

    #[test]
    fn what_may_be_missing_may_be_missing() {
        assert!(read(r#"{"move": "follow_up", "surprise": 1}"#).unwrap().is_some());
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["Sure! {", r#"{"move":"end"}"#, r#"{"quote":"x"}"#, "[1]", r#"{"move":"next",}"#] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&format!("{{\"quote\":\"{}", "x".repeat(MAX_BYTES))).is_err());
    }
}
