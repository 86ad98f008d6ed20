//! Follow-ups by rule. Each names something just said.

use crate::evidence;
use crate::features::story;
use crate::key_points;
use crate::text::{LISTS, Sentence, Text};
use greenroom_domain::bank::{FollowUp, KeyPoint};
use greenroom_domain::evaluation::Quote;
use greenroom_domain::interview::{InterviewType, Probe};

/// Words of the passage that is named, at most.
const SAID_WORDS: usize = 10;

/// An answer with what may be asked after it.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The question as it was asked.
    pub question: &'a str,
    /// Its kind.
    pub kind: InterviewType,
    /// What a full answer says.
    pub key_points: &'a [KeyPoint],
    /// The curator's follow-ups.
    pub follow_ups: &'a [FollowUp],
    /// The answer.
    pub answer: &'a str,
    /// ISO 639-1 code of the interview's language.
    pub language: &'a str,
    /// Questions asked so far; none is asked twice.
    pub already_asked: &'a [&'a str],
}

/// The follow-up that the answer invites; `None` when it is full, empty, or says that it is not known.
pub fn probe(answered: &Answered<'_>) -> Option<Probe> {
    let answer = Text::new(answered.answer);
    if answer.words.len() < 5 || answer.words.len() <= 14 && answer.has(&LISTS.unknown) {
        return None;
    }
    let new = |text: &str| !answered.already_asked.iter().any(|asked| asked.contains(text));
    let (asks_for, text) = missing_point(answered, &answer, &new)
        .or_else(|| missing_part(answered, &answer).filter(|(_, text)| new(text)))?;
    Some(Probe { said: said(&answer)?, text, asks_for })
}

/// The curator's follow-up for the heaviest key point that is missing.
fn missing_point(
    answered: &Answered<'_>,
    answer: &Text<'_>,
    new: &dyn Fn(&str) -> bool,
) -> Option<(usize, String)> {
    let question = Text::new(answered.question);
    let covered = key_points::coverage(answer, &question, answered.key_points);
    let mut missing: Vec<(usize, u32)> = covered
        .iter()
        .enumerate()
        .filter(|(_, point)| !point.result.covered)
        .map(|(index, point)| (index + 1, point.weight))
        .collect();
    missing.sort_by_key(|(number, weight)| (std::cmp::Reverse(*weight), *number));
    missing.into_iter().find_map(|(number, _)| {
        let curated = answered.follow_ups.iter().find(|f| f.asks_for == number && new(&f.text))?;
        Some((number, curated.text.clone()))
    })
}

/// What a story or an argument still lacks.
fn missing_part(answered: &Answered<'_>, answer: &Text<'_>) -> Option<(usize, String)> {
    let story = story(answer);
    let behavioral = answered.kind == InterviewType::Behavioral;
    let text = if behavioral && !story.result {
        "What came of it in the end, and how did you know?"
    } else if behavioral && !story.own {
        "What was your own part in that?"
    } else if behavioral && !story.figure {
        "Can you put a number on that: how many, how long, how much?"
    } else if answer.count(&LISTS.vague) >= 2 {
        "What exactly do you mean by that?"
    } else if !behavioral && !story.example && !story.figure {
        "Can you give me an example from something you have done?"
    } else {
        return None;
    };
    Some((0, text.to_owned()))
}

/// A short passage that was just said: from the sentence with most meaning, cut at a clause.
fn said(answer: &Text<'_>) -> Option<Quote> {
    let meaning = |sentence: &Sentence| answer.words_of(sentence).iter().filter(|word| !word.stop).count();
    let sentence = answer.sentences.iter().max_by_key(|sentence| meaning(sentence).min(12))?;
    let words = answer.words_of(sentence);
    let start = words.iter().position(|word| !OPENERS.contains(&word.lower.as_str())).unwrap_or(0);
    let mut end = start;
    while end < words.len() && end - start < SAID_WORDS {
        end += 1;
        let next = words.get(end).map_or(sentence.at.end, |word| word.at.start);
        let gap = &answer.raw[words[end - 1].at.end..next];
        if end - start >= 3 && gap.contains([',', ';', ':', '(', '–', '—']) {
            break;
        }
    }
    // Do not end on a small word such as "the" or "and".
    while end > start + 3 && words[end - 1].stop {
        end -= 1;
    }
    let (first, last) = (words.get(start)?, words.get(end.checked_sub(1)?)?);
    Some(evidence::quote(answer, first.at.start..last.at.end))
}

const OPENERS: [&str; 10] = ["so", "and", "well", "but", "then", "um", "uh", "yes", "no", "ok"];
