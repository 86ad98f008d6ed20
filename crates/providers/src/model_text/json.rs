//! Reads a reply that is to be one JSON object.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Longest reply that is read, bytes.
const MAX_REPLY_BYTES: usize = 64 * 1024;

/// Reads a reply. The error says what is wrong without a word of the reply.
///
/// The only repair: what stands around the outermost braces is left out (fences, a polite sentence).
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    if text.len() > MAX_REPLY_BYTES {
        return Err("It is too long.".to_owned());
    }
    let object = text.find('{').zip(text.rfind('}')).filter(|(from, to)| from < to);
    let Some((from, to)) = object else {
        return Err("There is no JSON object in it.".to_owned());
    };
    serde_json::from_str(&text[from..=to]).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        match error.classify() {
            Category::Data => format!("A field is missing or of the wrong type ({place})."),
            Category::Eof => "The JSON object is not complete.".to_owned(),
            _ => format!("It is not valid JSON ({place})."),
        }
    })
}
