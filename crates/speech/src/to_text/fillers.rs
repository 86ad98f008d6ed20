//! Fillers, counted in text as it was heard.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static FILLERS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/fillers.toml"))
        .expect("the shipped file is valid; a test reads it")
});

/// How many fillers such as "um" are in `text`. `language` is two letters; of languages that nothing is known of, those
/// of English are counted.
///
/// Only raw text counts: an engine that cleans its text ([`super::SttTraits::keeps_fillers`]) has left them out.
pub fn count_fillers(text: &str, language: &str) -> u32 {
    let Some(fillers) = FILLERS.get(language).or_else(|| FILLERS.get("en")) else { return 0 };
    let is_filler = |word: &&str| {
        let word = once(word);
        fillers.contains(&word)
    };
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    u32::try_from(words.filter(is_filler).count()).unwrap_or(u32::MAX)
}

/// In lower case, with letters that repeat written once.
fn once(word: &str) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::count_fillers;

    #[test]
    fn counts_sounds_that_fill_a_pause_however_long() {
        assert_eq!(count_fillers("Um, so I, uh... ummmm, led it. Uhhh, hmm.", "en"), 5);
        assert_eq!(count_fillers("Ähm, ich habe, äh, das Team geführt.", "de"), 2);
    }

    #[test]
    fn does_not_count_words_that_look_alike() {
        assert_eq!(count_fillers("The umbrella of her human error", "en"), 0);
        assert_eq!(count_fillers("", "en"), 0);
    }
}
