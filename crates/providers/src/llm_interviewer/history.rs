//! What was said so far: earlier answers as short notes of a fixed size, the last two exchanges in full.

use super::person::Person;
use crate::bank::Bank;
use greenroom_domain::interview::{Asked, Response, State};
use greenroom_scoring::text::{Sentence, Text};
use serde::Serialize;

/// Exchanges that are shown in full.
const IN_FULL: usize = 2;
/// Characters of an answer that is shown in full; of a longer one the middle is left out.
const ANSWER_CHARS: usize = 4_000;
/// Characters of all notes together.
const NOTES_CHARS: usize = 1_500;
/// Characters of one note: of the newest at first, then ever shorter ones, the oldest first.
const NOTE_CHARS: [usize; 4] = [200, 130, 80, 50];
/// Passages of an answer in its note.
const PASSAGES: usize = 2;

/// What a turn shows of the interview so far.
#[derive(Debug, Default)]
pub(super) struct History {
    /// A line for each earlier answer, oldest first.
    pub notes: Vec<String>,
    /// Earlier answers without a note, because there are too many.
    pub left_out: usize,
    /// The last exchanges.
    pub exchanges: Vec<Exchange>,
}

/// A question with its answer.
#[derive(Debug, Serialize)]
pub(super) struct Exchange {
    /// Number of the answer, from 1.
    number: usize,
    question: String,
    answer: String,
}

/// Questions with their answers, in order. Answers are numbered by their place here, from 1.
pub(super) fn answered(state: &State) -> Vec<(&Asked, &Response)> {
    state.asked.iter().filter_map(|asked| Some((&**asked, asked.responses.first()?))).collect()
}

impl History {
    /// What a turn shows of `state`, without `person`.
    pub fn new(state: &State, person: &Person<'_>, bank: &Bank) -> Self {
        let answered = answered(state);
        let (earlier, last) = answered.split_at(answered.len().saturating_sub(IN_FULL));
        let notes = earlier
            .iter()
            .enumerate()
            .map(|(index, (asked, response))| note(index + 1, bank, asked, response, person))
            .collect();
        let (notes, left_out) = within_budget(notes);
        let exchanges = last.iter().enumerate().map(|(index, (asked, response))| Exchange {
            number: earlier.len() + index + 1,
            question: person.without(&asked.question.content),
            answer: without_middle(&person.without(&response.content)),
        });
        Self { notes, left_out, exchanges: exchanges.collect() }
    }

    /// All words of others in it.
    pub fn texts(&self) -> Vec<&str> {
        let exchanges = self.exchanges.iter().flat_map(|e| [e.question.as_str(), e.answer.as_str()]);
        self.notes.iter().map(String::as_str).chain(exchanges).collect()
    }
}

/// A note: what was asked about, and what the answer says of it in its own words.
fn note(number: usize, bank: &Bank, asked: &Asked, response: &Response, person: &Person<'_>) -> String {
    let quotes: Vec<String> = match judged(response) {
        judged if judged.is_empty() => telling(&response.content),
        judged => judged,
    };
    let passages: Vec<String> = quotes
        .iter()
        .take(PASSAGES)
        .map(|quote| person.without(quote).split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|passage| !passage.is_empty())
        .collect();
    let said = if passages.is_empty() { "(nothing to note)".to_owned() } else { passages.join(" | ") };
    format!("{number}. {}: {said}", bank.label(&asked.question.competency))
}

/// The passages that say a key point, as the judge found them.
fn judged(response: &Response) -> Vec<String> {
    let points = response.evaluation.iter().flat_map(|evaluation| &evaluation.judgement.key_points);
    let mut quotes: Vec<String> = Vec::new();
    for quote in points.filter_map(|point| point.quote.as_ref()) {
        if !quotes.contains(&quote.text) {
            quotes.push(quote.text.clone());
        }
    }
    quotes
}

/// The sentences with figures or told in the first person, else the first ones.
fn telling(answer: &str) -> Vec<String> {
    let text = Text::new(answer);
    let weight = |sentence: &Sentence| {
        let figure = answer[sentence.at.clone()].chars().any(char::is_numeric);
        let own =
            text.words_of(sentence).iter().any(|word| matches!(word.lower.as_str(), "i" | "my" | "i've"));
        2 * usize::from(figure) + usize::from(own)
    };
    let mut best: Vec<&Sentence> = text.sentences.iter().collect();
    best.sort_by_key(|sentence| std::cmp::Reverse(weight(sentence)));
    best.truncate(PASSAGES);
    best.sort_by_key(|sentence| sentence.at.start);
    best.into_iter().map(|sentence| answer[sentence.at.clone()].to_owned()).collect()
}

/// Shortens notes until all of them fit, the oldest first; then drops the oldest, and says how many.
fn within_budget(notes: Vec<String>) -> (Vec<String>, usize) {
    let mut kept: Vec<String> = notes.iter().map(|note| cut(note, NOTE_CHARS[0])).collect();
    let mut size: usize = kept.iter().map(|note| note.chars().count()).sum();
    for most in NOTE_CHARS {
        for note in &mut kept {
            if size > NOTES_CHARS {
                let shorter = cut(note, most);
                size -= note.chars().count() - shorter.chars().count();
                *note = shorter;
            }
        }
    }
    let mut left_out = 0;
    while size > NOTES_CHARS && left_out < kept.len() {
        size -= kept[left_out].chars().count();
        left_out += 1;
    }
    (kept.split_off(left_out), left_out)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.trim_end_matches('…').chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// `text`, of at most [`ANSWER_CHARS`]: of a longer one the middle is left out, and that is said.
pub(super) fn without_middle(text: &str) -> String {
    let length = text.chars().count();
    if length <= ANSWER_CHARS {
        return text.trim().to_owned();
    }
    let half = ANSWER_CHARS / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(length - half).collect();
    format!("{}\n[… {} characters are left out here …]\n{}", head.trim(), length - 2 * half, tail.trim())
}
