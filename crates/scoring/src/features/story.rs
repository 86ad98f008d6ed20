//! The parts of a story (situation, task, action, result) or of an argument (claim, reason, example).

use crate::text::{LISTS, Sentence, Text, Word};
use greenroom_domain::interview::InterviewType;

/// Which parts an answer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Where and when.
    pub situation: bool,
    /// What had to be done.
    pub task: bool,
    /// What the person did.
    pub action: bool,
    /// What came of it.
    pub result: bool,
    /// Why.
    pub reason: bool,
    /// A case in point.
    pub example: bool,
    /// Words that order the thoughts.
    pub ordered: bool,
    /// A figure.
    pub figure: bool,
    /// Says "I" about what was done, not only "we".
    pub own: bool,
}

/// Finds the parts in `text`.
pub fn story(text: &Text<'_>) -> Story {
    let says =
        |word: &str| text.spoken().any(|w| w.lower == word || w.lower.split('\'').next() == Some(word));
    Story {
        situation: text.has(&LISTS.situation),
        task: text.has(&LISTS.task),
        action: text.has(&LISTS.action) || acts(text),
        result: text.has(&LISTS.result),
        reason: text.has(&LISTS.reason),
        example: text.has(&LISTS.example),
        ordered: text.count(&LISTS.order) >= 2,
        figure: text.words.iter().any(|w| w.lower.chars().any(char::is_numeric)) || text.has(&NUMBER_WORDS),
        own: says("i") || says("my"),
    }
}

/// Whether "I" is followed by a past form that tells of a deed, with an adverb between them at most.
fn acts(text: &Text<'_>) -> bool {
    tells_of_deed(text.spoken())
}

/// Whether a sentence tells what the person did.
pub fn is_deed(text: &Text<'_>, sentence: &Sentence) -> bool {
    tells_of_deed(text.words_of(sentence).iter().filter(|word| !word.filler))
}

fn tells_of_deed<'a>(words: impl Iterator<Item = &'a Word>) -> bool {
    let words: Vec<&str> = words.map(|word| word.lower.as_str()).collect();
    let is_adverb =
        |word: &str| word.ends_with("ly") || ["also", "then", "just", "never", "always"].contains(&word);
    let is_deed = |word: &str| {
        let listed = |list: &[String]| list.iter().any(|known| known == word);
        listed(&LISTS.deeds) || (word.len() > 4 && word.ends_with("ed") && !listed(&LISTS.no_deeds))
    };
    words.iter().enumerate().filter(|(_, word)| **word == "i").any(|(at, _)| {
        let mut after = words[at + 1..].iter().skip_while(|word| is_adverb(word));
        after.next().is_some_and(|word| is_deed(word))
    })
}

impl Story {
    /// Share of the parts that a question of this kind wants, 0..=1.
    pub fn share(&self, kind: Option<InterviewType>) -> f64 {
        let parts: &[bool] = match kind {
            Some(InterviewType::Behavioral) => &[self.situation, self.task, self.action, self.result],
            Some(InterviewType::Case | InterviewType::Situational) => {
                &[self.ordered, self.reason, self.action || self.ordered, self.result || self.example]
            }
            Some(InterviewType::Technical) | None => {
                &[self.reason, self.example || self.figure, self.ordered || self.reason]
            }
        };
        parts.iter().filter(|part| **part).count() as f64 / parts.len() as f64
    }
}

static NUMBER_WORDS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
    [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "twice", "hundred",
        "thousand",
    ]
    .map(str::to_owned)
    .to_vec()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_did_is_found_in_any_past_form() {
        for told in [
            "I noticed that the sheet was wrong.",
            "I sat with her for twenty minutes.",
            "I quickly told the nurse in charge.",
        ] {
            assert!(story(&Text::new(told)).action, "{told}");
        }
        for told in
            ["I needed more time.", "It was noticed by the nurse.", "I need a bed.", "She said that I would."]
        {
            assert!(!story(&Text::new(told)).action, "{told}");
        }
    }
}
