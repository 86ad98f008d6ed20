//! A question in the model's own words, held against the rules.

use super::reply::{PointReply, QuestionReply};
use super::shortlist::{is_near, suits};
use crate::bank::Bank;
use crate::interviewer::Brief;
use crate::llm_interviewer::language;
use crate::llm_interviewer::said::is_question;
use crate::model_text::{plain, sentence};
use crate::phrases::{PROTECTED, VERDICTS};
use greenroom_domain::bank::KeyPoint;

/// Longest question, characters.
const TEXT_CHARS: usize = 400;
/// Sentences of a question: it may tell what it is about first.
const SENTENCES: usize = 4;
/// Longest key point and longest sentence that says it, characters.
const POINT_CHARS: [usize; 2] = [120, 300];

/// The question and its key points, when it keeps the rules.
pub(super) fn checked(
    reply: &QuestionReply,
    bank: &Bank,
    brief: &Brief<'_>,
) -> Result<(String, Vec<KeyPoint>), &'static str> {
    if !suits(reply.kind, reply.phase, brief) {
        return Err("the kind does not belong into this part");
    }
    if !bank.competencies().iter().any(|competency| competency.key == reply.competency) {
        return Err("the competency is not known");
    }
    if !(1..=8).contains(&reply.minutes) {
        return Err("the time is out of bounds");
    }
    if !is_near(reply.difficulty, brief.settings.difficulty) {
        return Err("the level is another one");
    }
    let text = reply.text.as_deref().ok_or("there are no words")?;
    let text = one_question(text, &brief.settings.language)?;
    Ok((text, key_points(&reply.key_points)?))
}

/// `text` as one line, when it is one question in `language`. It may be a request, "Tell me …".
fn one_question(text: &str, language: &str) -> Result<String, &'static str> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(10..=TEXT_CHARS).contains(&text.chars().count()) {
        return Err("the question is too short or too long");
    }
    may_be_shown(&text)?;
    let sentences = sentence::sentences(&text);
    let questions = sentences.iter().filter(|at| is_question(&text[(*at).clone()])).count();
    let ends = is_question(&text) || text.ends_with(['.', '。', '।', '…', '!']);
    let asked_last = questions == 0 || is_question(&text);
    if questions > 1 || !asked_last || !ends || sentences.len() > SENTENCES {
        return Err("it is not one question");
    }
    if language::is_other(language, &text) {
        return Err("the question is in another language");
    }
    Ok(text)
}

/// An error when `text`, a question in words of the model, holds what an interviewer never says.
pub(super) fn may_be_shown(text: &str) -> Result<(), &'static str> {
    if plain::has_markup(text)
        || plain::has_link(text)
        || text.contains(['`', '{', '}'])
        || text.contains("**")
    {
        return Err("the question holds markup or a link");
    }
    if PROTECTED.are_in(text) {
        return Err("the question is about a protected matter");
    }
    if VERDICTS.are_in(text) { Err("the question names a mark or a verdict") } else { Ok(()) }
}

fn key_points(points: &[PointReply]) -> Result<Vec<KeyPoint>, &'static str> {
    if !(2..=5).contains(&points.len()) {
        return Err("there are not two to five key points");
    }
    points
        .iter()
        .map(|reply| {
            let [point, says] = [&reply.point, &reply.says].map(|text| text.trim().to_owned());
            let fits = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
            let is_plain =
                ![&point, &says].iter().any(|text| plain::has_link(text) || plain::has_markup(text));
            let fits = fits(&point, POINT_CHARS[0]) && fits(&says, POINT_CHARS[1]);
            (fits && is_plain && (1..=3).contains(&reply.weight))
                .then_some(KeyPoint { point: point.into(), says: says.into(), weight: reply.weight })
                .ok_or("a key point is not of the form described")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_is_one() {
        for text in [
            "How did you find the scan on the orders table?",
            "You moved 40 million rows in one night. How did you know that none was lost?",
            "Tell me about the night when you moved the rows.",
        ] {
            assert_eq!(one_question(text, "en").as_deref(), Ok(text));
        }
        for text in [
            "Why?",
            "How did you find it? And who helped you?",
            "How did you find it? Tell me everything.",
            "Tell me about the night when you moved",
            "See https://example.org, what is wrong with it?",
            "- What is a sequential scan, in your words?",
            "What is {resume_line} about, in your words?",
            "How old are you, if I may ask that here?",
            "You passed the interview. When can you begin?",
            "Wie haben Sie das in der Nacht gemerkt, und was haben Sie dann mit den Daten gemacht, damit nichts fehlt?",
        ] {
            assert!(one_question(text, "en").is_err(), "{text}");
        }
        assert!(one_question(&format!("Why {}?", "so ".repeat(200)), "en").is_err());
        assert!(one_question("How did you find it, and what did you do about it?", "de").is_err());
        assert!(one_question("Wie haben Sie den Fehler gefunden?", "de").is_ok());
    }
}
