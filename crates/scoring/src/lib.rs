//! The built-in scorer: answer, question, key points, reference -> features -> small model -> score
//! with an explanation that names key points and quotes. Pure; the same input gives the same output.
//!
//! The seam: [`features`] measures, [`model`] weighs, [`criteria`] and [`feedback`] put into words.
//! Another source of features can join without touching the others.
#![deny(missing_docs)]

pub mod assess;
pub mod common;
pub mod compare;
pub mod contradiction;
pub mod criteria;
pub mod embedding;
pub mod evidence;
pub mod features;
pub mod feedback;
pub mod follow_up;
pub mod irt;
pub mod judge;
pub mod key_points;
pub mod ladder;
pub mod languages;
pub mod mark;
mod memory;
pub mod model;
pub mod rubrics;
pub mod score;
pub mod screening;
pub mod substance;
pub mod text;
pub mod wanted;

use greenroom_domain::bank::KeyPoint;
use greenroom_domain::interview::InterviewType;

/// Whether the table of meanings knows a language (ISO 639-1); others are compared by letters.
pub fn knows_meaning(language: &str) -> bool {
    language == "en"
}

/// The name of the answer's language when it is clearly not the interview's (ISO 639-1).
pub fn other_language(interview: &str, answer: &str) -> Option<&'static str> {
    assess::other_language(interview, &text::Text::of(answer, interview))
}

/// Whether the built-in scorer can judge the answers to a question with this reference and these key points: in English,
/// and in languages with rules of their own when that is what those are written in.
pub fn reads(language: &str, reference: Option<&str>, key_points: &[KeyPoint]) -> bool {
    let target = key_points.iter().map(|point| point.says.as_str()).chain(reference);
    let target = target.collect::<Vec<_>>().join("\n");
    let has_rules = languages::Language::of(language).is_some();
    language == "en" || has_rules && assess::is_written_in(language, &target)
}

/// Characters of an answer that are analysed; what comes after is kept but not judged.
pub const ANALYSED_CHARS: usize = 20_000;

/// An answer with what it is judged against.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The question.
    pub question: &'a str,
    /// The answer, as given.
    pub answer: &'a str,
    /// An answer that would get full marks.
    pub reference: Option<&'a str>,
    /// What a full answer says; empty when nobody wrote it down.
    pub key_points: &'a [KeyPoint],
    /// The kind of question, when it is known.
    pub kind: Option<InterviewType>,
    /// ISO 639-1 code of the interview's language.
    pub language: &'a str,
}
