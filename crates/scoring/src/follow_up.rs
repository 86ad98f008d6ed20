//! Follow-ups by rule. Each names something just said.

use crate::assess;
use crate::compare::{Said, Terms};
use crate::evidence;
use crate::features::story;
use crate::key_points;
use crate::text::{Forms, LISTS, Sentence, Text, Word};
use crate::wanted::Wanted;
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

/// The follow-up that the answer invites; `None` when it is full, empty, in another language, or says that it is not
/// known.
pub fn probe(answered: &Answered<'_>) -> Option<Probe> {
    let answer = Text::of(answered.answer, answered.language);
    if answer.words.len() < 5 || answer.words.len() <= 14 && assess::says_unknown(&answer) {
        return None;
    }
    if assess::other_language(answered.language, &answer).is_some() {
        return None;
    }
    let new = |text: &str| !answered.already_asked.iter().any(|asked| asked.contains(text));
    let (asks_for, text) = missing_point(answered, &answer, &new)
        .or_else(|| missing_part(answered, &answer).filter(|(_, text)| new(text)))?;
    Some(Probe { said: said(&answer, answered.already_asked)?, text, asks_for })
}

/// The curator's follow-up for the heaviest key point that is missing.
fn missing_point(
    answered: &Answered<'_>,
    answer: &Text<'_>,
    new: &dyn Fn(&str) -> bool,
) -> Option<(usize, String)> {
    let (question, points, language) = (answered.question.into(), answered.key_points, answered.language);
    let wanted = Wanted::new(question, None, points, language, &mut Forms::default());
    let answer = Terms::new(answer.clone(), wanted.english);
    let covered = key_points::coverage(&Said::new(&wanted.question, &answer), &wanted.points, wanted.english);
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

/// What a story or an argument still lacks, in English: its signs and the question are English words.
fn missing_part(answered: &Answered<'_>, answer: &Text<'_>) -> Option<(usize, String)> {
    if answered.language != "en" {
        return None;
    }
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

/// A short passage that was just said, from the sentence with most meaning; none that was named before, if
/// there is another.
fn said(answer: &Text<'_>, already_asked: &[&str]) -> Option<Quote> {
    let weight = |sentence: &Sentence| meaning(answer.words_of(sentence)).min(12);
    let mut sentences: Vec<&Sentence> = answer.sentences.iter().collect();
    sentences.sort_by_key(|sentence| std::cmp::Reverse(weight(sentence)));
    let mut passages = sentences.into_iter().filter_map(|sentence| passage(answer, sentence));
    let best = passages.next()?;
    let is_new = |quote: &Quote| !already_asked.iter().any(|asked| asked.contains(&quote.text));
    if is_new(&best) { Some(best) } else { passages.find(is_new).or(Some(best)) }
}

/// The clause of a sentence with most meaning.
fn passage(answer: &Text<'_>, sentence: &Sentence) -> Option<Quote> {
    let words = answer.words_of(sentence);
    let mut best: Option<&[Word]> = None;
    let mut from = 0;
    for to in 1..=words.len() {
        let ends_here = words
            .get(to)
            .is_none_or(|next| answer.raw[words[to - 1].at.end..next.at.start].contains(CLAUSE_ENDS));
        if ends_here {
            let clause = trimmed(&words[from..to]);
            if meaning(clause) > best.map_or(1, meaning) {
                best = Some(clause);
            }
            from = to;
        }
    }
    let (first, last) = (best?.first()?, best?.last()?);
    Some(evidence::quote(answer, first.at.start..last.at.end))
}

/// Words that carry meaning.
fn meaning(words: &[Word]) -> usize {
    words.iter().filter(|word| !word.stop).count()
}

/// A clause without the words that only lead to it, of at most [`SAID_WORDS`], and not ending in the middle.
fn trimmed(clause: &[Word]) -> &[Word] {
    let leads =
        |word: &Word| [&OPENERS[..], &JOINTS[..]].iter().any(|list| list.contains(&word.lower.as_str()));
    let start = clause.iter().position(|word| !leads(word)).unwrap_or(0);
    let rest = &clause[start..];
    let mut end = rest.len().min(SAID_WORDS);
    if end < rest.len() {
        // Cut short, it ends before a clause that has only begun, if enough is said until there.
        let joint = (3..end).rev().find(|at| JOINTS.contains(&rest[*at].lower.as_str()));
        end = joint.filter(|at| meaning(&rest[..*at]) > 1).unwrap_or(end);
        // Nor does it end on a small word such as "the" or "and".
        while end > 3 && rest[end - 1].stop {
            end -= 1;
        }
    }
    &rest[..end]
}

/// Between clauses.
const CLAUSE_ENDS: [char; 10] = [',', ';', ':', '(', '–', '—', '，', '；', '：', '（'];

/// Words that begin another clause.
const JOINTS: [&str; 14] = [
    "and", "because", "but", "so", "that", "which", "who", "when", "while", "where", "until", "after",
    "before", "since",
];

const OPENERS: [&str; 10] = ["so", "and", "well", "but", "then", "um", "uh", "yes", "no", "ok"];

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Our search took four seconds on Friday evenings. I read the query plan, found a \
        sequential scan, and added an index on route and date.";

    fn answered<'a>(answer: &'a str, already_asked: &'a [&'a str]) -> Answered<'a> {
        Answered {
            question: "Tell me about something slow that you made fast.",
            kind: InterviewType::Behavioral,
            key_points: &[],
            follow_ups: &[],
            answer,
            language: "en",
            already_asked,
        }
    }

    #[test]
    fn a_story_without_an_end_is_asked_for_it() {
        let probe = probe(&answered(ANSWER, &[])).expect("a follow-up");
        assert_eq!(probe.text, "What came of it in the end, and how did you know?");
        assert!(ANSWER.contains(&probe.said.text), "{}", probe.said.text);
    }

    #[test]
    fn another_passage_is_named_the_second_time() {
        let first = probe(&answered(ANSWER, &[])).expect("a follow-up").said.text;
        let asked = format!("You said “{first}”. And then?");
        let already = [asked.as_str()];
        let second = probe(&answered(ANSWER, &already)).expect("a follow-up").said.text;
        assert!(ANSWER.contains(&second) && second != first, "{first} / {second}");
    }

    #[test]
    fn a_long_passage_does_not_end_in_the_middle_of_a_clause() {
        let said = |answer: &str| probe(&answered(answer, &[])).expect("a follow-up").said.text;
        assert_eq!(
            said("Caching the quotes in Redis was needed because checkout was slow for many customers."),
            "Caching the quotes in Redis was needed"
        );
        assert_eq!(
            said("The harbour lost its radar and its radio."),
            "The harbour lost its radar and its radio"
        );
        assert_eq!(
            said(
                "You would learn that I finish things: I moved 40 million rows to PostgreSQL, and the booking stood."
            ),
            "I moved 40 million rows to PostgreSQL"
        );
    }

    #[test]
    fn the_heaviest_missing_point_is_asked_for_once() {
        let point =
            |name: &str, says: &str, weight| KeyPoint { point: name.into(), says: says.into(), weight };
        let points = [
            point("Reads the plan", "I read the query plan and found a sequential scan.", 2),
            point("Tests on a copy", "I rehearsed it on a copy of the customers first.", 1),
            point("Shows the gain", "The search fell to 90 milliseconds.", 3),
        ];
        let ask = |asks_for, text: &str| FollowUp { asks_for, text: text.to_owned() };
        let follow_ups =
            [ask(1, "What was slow?"), ask(2, "How did you try it?"), ask(3, "How fast is it now?")];
        let with = |already_asked: &[&str]| {
            let answered = answered(ANSWER, already_asked);
            probe(&Answered { key_points: &points, follow_ups: &follow_ups, ..answered })
                .expect("a follow-up")
        };
        assert_eq!(with(&[]).text, "How fast is it now?");
        assert_eq!(with(&["How fast is it now?"]).text, "How did you try it?");
    }

    #[test]
    fn what_was_not_understood_is_not_followed_up() {
        let german =
            "Ich habe die Berichte auf Snowflake umgestellt und die Laufzeit auf zwanzig Minuten gesenkt.";
        assert_eq!(probe(&answered(german, &[])), None);
    }

    #[test]
    fn nobody_is_pressed_for_what_they_do_not_know() {
        for answer in ["", "Fine.", "I don't know, I have never done that."] {
            assert_eq!(probe(&answered(answer, &[])), None, "{answer}");
        }
    }
}
