//! Whether words of the model are in the interview's language.

use greenroom_scoring::other_language;
use greenroom_scoring::text::{LISTS, Text};

/// Share of English small words from which a text reads as English.
const SMALL_WORDS: f64 = 0.35;
/// Words below which nothing can be told.
const MIN_WORDS: usize = 5;

/// Whether `text` is clearly not in `language` (ISO 639-1).
pub(super) fn is_other(language: &str, text: &str) -> bool {
    other_language(language, text).is_some() || language != "en" && is_english(text)
}

fn is_english(text: &str) -> bool {
    let text = Text::new(text);
    let small = text.words.iter().filter(|word| LISTS.stop.contains(&word.lower)).count();
    text.words.len() >= MIN_WORDS && small as f64 >= SMALL_WORDS * text.words.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_others() {
        let english = "How did you know that it was the index, and what did you do about it?";
        assert!(is_other("de", english) && is_other("nl", english) && !is_other("en", english));
        for (language, text) in [
            ("de", "Was war in der Nacht anders, und wie haben Sie das in den Logs gesehen?"),
            ("nl", "Wat was er in die nacht anders, en hoe was dat te zien in de logs?"),
            ("sv", "Vad var det som var annorlunda i loggen, och hur såg du det?"),
            ("fr", "Comment avez-vous vu dans le plan que c’était l’index ?"),
            ("es", "¿Cómo supo usted que era el índice y no la red?"),
            ("ja", "なぜ PostgreSQL の index を選んだのですか。"),
        ] {
            assert!(!is_other(language, text), "{text}");
        }
        assert!(is_other(
            "en",
            "Was war in der Nacht anders, und wie haben Sie das in den Logs gesehen? Und was haben Sie dann getan, damit es nicht wieder passiert?"
        ));
    }
}
