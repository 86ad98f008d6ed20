//! The words of a reply: what of them may be shown while they are written, and what is left of them in the end.

use super::language;
use crate::model_text::{plain, sentence};
use crate::phrases::{PROTECTED, VERDICTS};
use greenroom_scoring::text::Text;
use std::collections::HashSet;

/// Characters that are shown at one turn.
const MAX_CHARS: usize = 600;
/// Sentences of a reaction; of a farewell one more.
const SENTENCES: usize = 2;
/// Share of words that two questions may have in common.
const ALIKE: f64 = 0.7;

/// What the words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A sentence, then a question.
    FollowUp,
    /// A sentence; with `translate`, then the planned question translated.
    Next { translate: bool },
    /// A sentence; what follows is not shown, because code did not allow the question.
    Refused,
    /// Last words.
    Farewell,
}

/// What the words are held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits<'a> {
    /// What they are for.
    pub part: Part,
    /// Questions that were asked, and the planned one.
    pub asked: &'a [&'a str],
    /// The random words of the messages.
    pub nonces: &'a [String],
    /// The interview's language, ISO 639-1.
    pub language: &'a str,
}

/// What is left of the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub reaction: Option<String>,
    pub question: Option<String>,
    pub translated: Option<String>,
    pub farewell: Option<String>,
}

impl Said {
    /// As it is shown.
    pub fn shown(&self) -> String {
        let parts = [&self.reaction, &self.question, &self.translated, &self.farewell];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

impl Limits<'_> {
    /// What may be shown of `words`, the beginning of a reply; an error as soon as nothing of it can be used.
    pub fn so_far(&self, words: &str) -> Result<String, &'static str> {
        let said = self.cut(words, false).shown();
        // The last word may be half of another one, and the end is none yet.
        let shown = said.trim_end_matches(is_part_of_a_word).trim_end();
        self.check(&format!("{shown} …"))?;
        if shown.chars().count() > MAX_CHARS { Err(TOO_LONG) } else { Ok(shown.to_owned()) }
    }

    /// What is left of `words`, a whole reply.
    pub fn whole(&self, words: &str) -> Result<Said, &'static str> {
        let said = self.cut(words, true);
        let shown = said.shown();
        self.check(&shown)?;
        if shown.chars().count() > MAX_CHARS {
            return Err(TOO_LONG);
        }
        let own = Said { translated: None, ..said.clone() };
        if language::is_other(self.language, &own.shown()) {
            return Err("the words are in another language than the interview");
        }
        if self.part == Part::Farewell {
            return said.farewell.is_some().then_some(said).ok_or("there is no farewell");
        }
        if said.reaction.is_none() {
            return Err("there is no sentence that reacts to the answer");
        }
        if self.part == Part::FollowUp {
            let question = said.question.as_deref().ok_or("there is no follow-up question")?;
            if !is_question(question) {
                return Err("the follow-up does not end with a question mark");
            }
            if self.repeats(question) {
                return Err("the follow-up repeats a question");
            }
        }
        if said.translated.as_deref().is_some_and(|text| self.repeats(text)) {
            return Err("the translation repeats a question");
        }
        Ok(said)
    }

    fn repeats(&self, question: &str) -> bool {
        self.asked.iter().any(|asked| are_alike(asked, question))
    }

    fn cut(&self, words: &str, complete: bool) -> Said {
        let lines: Vec<String> = lines(words);
        let Some(first) = lines.first() else { return Said::default() };
        let ended = complete || lines.len() > 1;
        match self.part {
            Part::Farewell => {
                let all = lines.join(" ");
                Said { farewell: statements(&all, complete, true, SENTENCES + 1), ..Said::default() }
            }
            Part::Refused => Said { reaction: statements(first, ended, false, SENTENCES), ..Said::default() },
            Part::Next { translate } => Said {
                reaction: statements(first, ended, true, SENTENCES),
                translated: lines.get(1).filter(|_| translate).cloned(),
                ..Said::default()
            },
            Part::FollowUp if lines.len() == 1 && complete => {
                let parts = sentence::sentences(first);
                let question = parts.last().map(|at| first[at.clone()].trim().to_owned());
                let before = parts.last().map_or("", |at| &first[..at.start]);
                Said { reaction: statements(before, true, true, SENTENCES), question, ..Said::default() }
            }
            Part::FollowUp => Said {
                reaction: statements(first, ended, true, SENTENCES),
                question: lines.get(1).cloned(),
                ..Said::default()
            },
        }
    }

    fn check(&self, shown: &str) -> Result<(), &'static str> {
        if self.nonces.iter().any(|nonce| shown.contains(nonce.as_str())) {
            return Err("the words hold the random word of a message");
        }
        if shown.lines().any(plain::has_markup) {
            return Err("the words hold markup");
        }
        if plain::has_link(shown) {
            return Err("the words hold a link");
        }
        if PROTECTED.are_in(shown) {
            return Err("the words ask about a protected matter");
        }
        if VERDICTS.are_in(shown) { Err("the words name a mark or a verdict") } else { Ok(()) }
    }
}

const TOO_LONG: &str = "the words are too long";

/// Lines with words, without fences and emphasis.
fn lines(words: &str) -> Vec<String> {
    let plain = words.replace("**", "").replace('`', "");
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| line.chars().any(char::is_alphanumeric)).collect()
}

/// The first sentences of `line` that ask nothing, `most` of them. The last one counts only when it is `complete`;
/// with `streamed` the first one counts from its first word.
fn statements(line: &str, complete: bool, streamed: bool, most: usize) -> Option<String> {
    let mut end = 0;
    let all = sentence::sentences(line);
    for (index, at) in all.iter().enumerate().take(most) {
        let is_open = index + 1 == all.len() && !complete;
        let text = &line[at.clone()];
        if asks(text) || is_open && !(streamed && index == 0) {
            break;
        }
        end = at.end;
    }
    Some(line[..end].trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Words of scripts without spaces are shown letter by letter.
fn is_part_of_a_word(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_whitespace() && !matches!(c, '.' | '!' | '?' | ',' | ';' | '"')
}

fn asks(text: &str) -> bool {
    text.contains(['?', '？', '؟']) || text.trim_end().ends_with("か。")
}

/// Whether `text` ends as a question does.
pub(super) fn is_question(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '“', '»', '」', ')']);
    text.ends_with(['?', '？', '؟']) || text.ends_with("か。")
}

/// Whether two questions have most of their words in common.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (Text::new(one), Text::new(other));
    let [one, other] =
        [&one, &other].map(|text| text.words.iter().map(|word| word.lower.as_str()).collect::<HashSet<_>>());
    let common = one.intersection(&other).count();
    common > 0 && common as f64 >= ALIKE * one.union(&other).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCES: &[String] = &[];

    fn limits(part: Part) -> Limits<'static> {
        Limits { part, asked: &["How did you find the slow query?"], nonces: NONCES, language: "en" }
    }

    fn whole(part: Part, words: &str) -> Result<String, &'static str> {
        limits(part).whole(words).map(|said| said.shown())
    }

    #[test]
    fn a_follow_up_has_a_sentence_and_a_question() {
        let part = Part::FollowUp;
        assert_eq!(
            whole(part, "\nYou moved it.\nHow long did it take?\n```").unwrap(),
            "You moved it.\nHow long did it take?"
        );
        assert_eq!(
            whole(part, "You moved it. How long did it take?").unwrap(),
            "You moved it.\nHow long did it take?"
        );
        for words in [
            "How long did it take?",
            "You moved it.",
            "You moved it.\nTell me more.",
            "You found it.\nHow did you find that slow query?",
            "",
        ] {
            assert!(whole(part, words).is_err(), "{words}");
        }
    }

    #[test]
    fn only_a_reaction_is_left_of_what_was_not_allowed() {
        for words in ["You moved it. And why?", "You moved it.\nAnd why?", "You moved it. And why? I see."] {
            assert_eq!(whole(Part::Refused, words).unwrap(), "You moved it.");
            assert_eq!(whole(Part::Next { translate: false }, words).unwrap(), "You moved it.");
        }
        assert!(whole(Part::Refused, "And why?").is_err());
    }

    #[test]
    fn no_word_of_a_question_is_shown_that_is_not_allowed() {
        let words = "You moved it in 3.5 days. And why did you? Tell me.\nWhy?";
        let cuts = words.char_indices().map(|(at, _)| at);
        for cut in cuts {
            let shown = limits(Part::Refused).so_far(&words[..cut]).unwrap();
            assert!(shown.is_empty() || "You moved it in 3.5 days.".starts_with(&shown), "{shown}");
        }
    }

    #[test]
    fn a_translation_is_a_line_of_its_own() {
        let words = "Drei Tage also.\nWie haben Sie das gemerkt?";
        let german = Limits { language: "de", ..limits(Part::Next { translate: true }) };
        let said = german.whole(words).unwrap();
        assert_eq!(said.translated.as_deref(), Some("Wie haben Sie das gemerkt?"));
        assert_eq!(whole(Part::Next { translate: false }, words).unwrap(), "Drei Tage also.");
        let again = Limits { asked: &["Wie haben Sie das gemerkt?"], ..german };
        assert!(again.whole(words).is_err(), "the question before, in place of the planned one");
    }

    #[test]
    fn a_farewell_asks_nothing() {
        assert_eq!(
            whole(Part::Farewell, "Thank you for the harbour.\nGoodbye.").unwrap(),
            "Thank you for the harbour. Goodbye."
        );
        assert_eq!(whole(Part::Farewell, "Thank you. Anything else?").unwrap(), "Thank you.");
        assert!(whole(Part::Farewell, "Anything else?").is_err());
    }

    #[test]
    fn what_is_not_for_a_screen_is_refused_while_it_is_written() {
        let nonces = ["abcdef0123456789".to_owned()];
        let limits = Limits { nonces: &nonces, ..limits(Part::Next { translate: false }) };
        for words in [
            "See www.example.com for it.",
            "So <b>three</b> days.",
            "- Three days.",
            "The word abcdef0123456789 is secret.",
            "You passed. Well.",
        ] {
            assert!(limits.whole(words).is_err(), "{words}");
            assert!(limits.so_far(&format!("{words} And")).is_err(), "{words}");
        }
        assert!(limits.so_far(&"long words ".repeat(60)).is_err());
        assert_eq!(limits.whole("So **three** `days`.").unwrap().shown(), "So three days.");
    }

    #[test]
    fn questions_are_known_by_their_end() {
        for text in ["Why?", "为什么？", "لماذا؟", "なぜですか。", "Why “now?”"] {
            assert!(is_question(text), "{text}");
        }
        assert!(!is_question("Why? Tell me.") && !is_question("Tell me."));
    }
}
