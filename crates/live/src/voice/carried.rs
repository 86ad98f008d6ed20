//! Whether words that were said carry a question. A model that finds its own words may ask something else, or hold a
//! speech; that shows in the words that a question cannot be asked without.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// Words that do not show what a question is about.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("../../data/common_words.toml"))
        .expect("the shipped words are valid; a test reads them");
    lists.into_values().flatten().collect()
});

/// Share of the question's words that must be there, percent. A question that is put in other words keeps its subject.
const SHARE: usize = 40;
/// Letters of a word that must agree: its ending changes with the sentence.
const STEM: usize = 5;
/// Letters below which a word says little by itself.
const SHORT: usize = 4;
/// How much longer than the question the words may be: a clause about the answer, and what leads in.
const LONGER: usize = 3;
/// Letters that are added to that.
const ADDED: usize = 240;

/// Whether `said` carries `question`: enough of the words that it is about, and not much more.
pub(super) fn carries(question: &str, said: &str) -> bool {
    let length = |text: &str| text.chars().count();
    if length(said) > LONGER * length(question) + ADDED {
        return false;
    }
    let (wanted, there) = (words(question), words(said));
    let found = wanted.iter().filter(|word| there.contains(*word)).count();
    found * 100 >= wanted.len() * SHARE
}

/// Words that say something, by their beginnings; where words are not written apart, pairs of letters.
fn words(text: &str) -> HashSet<String> {
    let lower = text.to_lowercase();
    let all = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let all: Vec<&str> = all.collect();
    let unspaced = all.iter().filter(|word| word.chars().any(is_unspaced)).flat_map(|word| {
        let letters: Vec<char> = word.chars().collect();
        letters.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>()
    });
    let is_long = |word: &&&str| {
        word.chars().count() >= SHORT && !word.chars().any(is_unspaced) && !COMMON.contains(**word)
    };
    let long = all.iter().filter(is_long).map(|word| word.chars().take(STEM).collect::<String>());
    let found: HashSet<String> = unspaced.chain(long).collect();
    // "Why did he go?" has nothing but short words.
    if found.is_empty() { all.into_iter().map(str::to_owned).collect() } else { found }
}

/// Chinese, Japanese and Korean letters say more than one of ours.
fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str =
        "Tell me about a time when you disagreed with a decision of your team. What did you do?";

    #[test]
    fn a_question_in_other_words_is_carried() {
        for (question, said) in [
            (
                QUESTION,
                "A harbour, I see. Tell me about a time you disagreed with your team's decision: what did you do?",
            ),
            (
                QUESTION,
                "When did you last disagree with a decision your team had taken, and what did you do then?",
            ),
            ("Why?", "I see. Why?"),
            (
                "How would you find a slow query?",
                "Good. If a query is slow, how do you find out which one it is?",
            ),
            (
                "Wie haben Sie die langsamen Abfragen gefunden?",
                "Verstehe. Und wie haben Sie gefunden, welche Abfrage langsam war?",
            ),
            ("你最自豪的项目是什么？", "好的。那么，你最自豪的项目是哪一个？"),
            ("Quel projet vous rend le plus fier ?", "D'accord. De quel projet êtes-vous le plus fier ?"),
        ] {
            assert!(carries(question, said), "{said}");
        }
    }

    #[test]
    fn another_question_or_a_speech_is_not() {
        let speech =
            format!("{QUESTION} {}", "And by the way, let me tell you what I think of it. ".repeat(12));
        for (question, said) in [
            (QUESTION, "Tell me about a time when you were happy with your boss. What did he do?"),
            (QUESTION, "Interesting. Which city do you come from, and do you like it there?"),
            (QUESTION, "You did very well, and you will surely be hired."),
            (QUESTION, ""),
            (QUESTION, speech.as_str()),
            ("How would you find a slow query?", "Thanks. Where do you see yourself in five years?"),
            ("Wie haben Sie die langsamen Abfragen gefunden?", "Haben Sie eigentlich Kinder?"),
            ("你最自豪的项目是什么？", "好的。请问您结婚了吗？"),
        ] {
            assert!(!carries(question, said), "{said}");
        }
    }
}
