//! Whether questions and references are as easy to read as the trade allows: the grade after Flesch and Kincaid.

use super::{Fault, warning};
use crate::bank::Bank;
use greenroom_domain::bank::{BankQuestion, BankRole};
use greenroom_scoring::text::Text;
use std::collections::HashSet;

/// Years of school that it may take to read a question.
pub const QUESTION_GRADE: f64 = 12.0;
/// Years of school that it may take to read a reference, which is to be spoken.
pub const REFERENCE_GRADE: f64 = 11.0;
/// Syllables that a word of the trade counts, at most: who knows the trade reads it at a glance.
const TRADE_SYLLABLES: usize = 2;

/// Stems of the words of a trade.
pub(super) struct TradeWords(HashSet<String>);

impl TradeWords {
    /// Those of a role: its titles, and the names of its competencies.
    pub fn of(bank: &Bank, role: &BankRole) -> Self {
        let names = role.competencies.iter().map(|key| bank.label(key));
        let titles = role.aliases.iter().map(String::as_str).chain([role.title.as_str()]);
        let mut words = Self(HashSet::new());
        names.chain(titles).for_each(|text| words.add(text));
        // A word that a role's key points keep coming back to is a word of the trade.
        let points = || role.questions.iter().flat_map(|q| &q.key_points);
        points().for_each(|point| words.add(&point.point));
        role.questions.iter().flat_map(|q| &q.tags).for_each(|tag| words.add(tag));
        words
    }

    fn add(&mut self, text: &str) {
        self.0.extend(Text::new(text).words.iter().map(|word| word.stem.clone()));
    }
}

pub(super) fn faults(words: &TradeWords, question: &BankQuestion) -> Vec<Fault> {
    let texts =
        [("question", &question.text, QUESTION_GRADE), ("reference", &question.reference, REFERENCE_GRADE)];
    let hard = texts.into_iter().filter_map(|(what, text, bound)| {
        let grade = graded(text, &words.0);
        (grade > bound).then(|| {
            let message = format!(
                "the {what} reads like grade {grade:.1}, above {bound}: shorter sentences, shorter words"
            );
            warning("reading_level", message)
        })
    });
    hard.collect()
}

/// Years of school that it takes to read `text`, after Flesch and Kincaid (1975).
pub fn grade(text: &str) -> f64 {
    graded(text, &HashSet::new())
}

fn graded(text: &str, trade: &HashSet<String>) -> f64 {
    let text = Text::new(text);
    let (words, sentences) = (text.words.len(), text.sentences.len());
    if words == 0 || sentences == 0 {
        return 0.0;
    }
    let syllables: usize = text
        .words
        .iter()
        .map(|word| match trade.contains(&word.stem) {
            true => syllables(&word.lower).min(TRADE_SYLLABLES),
            false => syllables(&word.lower),
        })
        .sum();
    0.39 * words as f64 / sentences as f64 + 11.8 * syllables as f64 / words as f64 - 15.59
}

/// Groups of vowels, without a silent e at the end: near the dictionary's count for English.
fn syllables(word: &str) -> usize {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || word.ends_with("es")
            && !["ses", "zes", "xes", "ces", "ges", "shes", "ches", "ies"]
                .iter()
                .any(|end| word.ends_with(end))
        || word.ends_with("ed") && !["ted", "ded"].iter().any(|end| word.ends_with(end));
    if silent && count > 1 { count - 1 } else { count.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_near_the_dictionary() {
        for (word, count) in [
            ("cat", 1),
            ("table", 2),
            ("make", 1),
            ("makes", 1),
            ("wanted", 2),
            ("asked", 1),
            ("prices", 2),
            ("boxes", 2),
            ("invoice", 2),
            ("responsibility", 6),
            ("beautiful", 3),
            ("the", 1),
            ("7", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn long_sentences_of_long_words_are_graded_higher() {
        let plain = "The pump stops at night. What do you check first?";
        let heavy = "Considering the organisational ramifications of intermittent operational discontinuities, \
            which investigative methodologies would you prioritise in establishing accountability?";
        assert!(grade(plain) < 5.0, "{}", grade(plain));
        assert!(grade(heavy) > 20.0, "{}", grade(heavy));
        let trade = HashSet::from(["discontinu".to_owned(), "methodolog".to_owned()]);
        assert!(graded(heavy, &trade) < grade(heavy));
        assert_eq!(grade(""), 0.0);
    }
}
