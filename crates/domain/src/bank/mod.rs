//! The question bank's entries: a question and everything needed to judge its answer.

mod calibration;
mod entry;
mod translation;

pub use calibration::QuestionCalibration;
pub use entry::{BankEntry, OwnQuestion};
pub use translation::{
    Misfit, PLACEHOLDERS, TranslatedFollowUp, TranslatedPoint, TranslatedQuestion, Translation,
};

use crate::interview::{Difficulty, InterviewType, Phase};
use crate::shared_text::SharedText;
use serde::{Deserialize, Serialize};

/// A curated question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankQuestion {
    /// Stable key: role, a dot, a slug.
    pub id: String,
    /// Type of question.
    #[serde(rename = "type")]
    pub kind: InterviewType,
    /// Key of the competency it measures.
    pub competency: String,
    /// Level.
    pub difficulty: Difficulty,
    /// Speaking time of a full answer, in minutes.
    pub minutes: u32,
    /// Set for questions that belong to one phase whatever their type.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// Tags, lower case.
    pub tags: Vec<String>,
    /// The question.
    pub text: String,
    /// An answer that would get full marks, first person.
    pub reference: String,
    /// What a weak answer says.
    #[serde(default)]
    pub red_flags: Vec<String>,
    /// What a full answer says.
    pub key_points: Vec<KeyPoint>,
    /// Follow-up questions by the curator.
    #[serde(default)]
    pub follow_ups: Vec<FollowUp>,
    /// What answers of three levels sound like.
    #[serde(default)]
    pub sounds_like: Option<SoundsLike>,
}

/// What answers of three levels sound like: a sentence or two each, as they would be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SoundsLike {
    /// An answer that would get 1 of 10.
    #[serde(rename = "1")]
    pub low: String,
    /// An answer that would get 5 of 10.
    #[serde(rename = "5")]
    pub middle: String,
    /// An answer that would get 9 of 10.
    #[serde(rename = "9")]
    pub high: String,
}

impl BankQuestion {
    /// The phase in which it is asked: its own, or by its type.
    pub fn phase(&self) -> Phase {
        self.phase.unwrap_or(match self.kind {
            InterviewType::Technical => Phase::Technical,
            InterviewType::Behavioral => Phase::Behavioral,
            InterviewType::Case | InterviewType::Situational => Phase::Scenario,
        })
    }
}

/// One thing that a full answer says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KeyPoint {
    /// The point in a few words.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub point: SharedText,
    /// What a good answer says, a sentence.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub says: SharedText,
    /// 1 nice to have, 2 expected, 3 essential.
    pub weight: u32,
}

/// A curator's follow-up question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FollowUp {
    /// Number of the key point that it digs for, from 1; 0 when it suits any answer.
    pub asks_for: usize,
    /// The question.
    pub text: String,
}

/// One competency of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Stable key.
    pub key: String,
    /// `core` for every job, `craft` for a field of work.
    pub kind: CompetencyKind,
    /// Name for people.
    pub label: String,
    /// What it means, a sentence.
    pub description: String,
    /// Words of a job description that point at it; a `*` at the end matches any ending.
    pub cues: Vec<String>,
}

/// Kinds of competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CompetencyKind {
    /// Matters in every job.
    Core,
    /// Belongs to a field of work.
    Craft,
}

/// One role of the bank: its titles, its competencies and its questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankRole {
    /// Stable key; `general` for questions that fit any job.
    pub role: String,
    /// Name for people.
    pub title: String,
    /// Industries it is found in.
    pub industries: Vec<String>,
    /// Job titles that it serves, lower case.
    pub aliases: Vec<String>,
    /// What the second reader did.
    #[serde(default)]
    pub review: Option<Review>,
    /// Craft competencies that matter most, most important first.
    pub competencies: Vec<String>,
    /// Its questions.
    #[serde(rename = "question", default)]
    pub questions: Vec<BankQuestion>,
}

/// The record of a review by somebody who did not write the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Day (`2026-05-04`).
    pub on: String,
    /// Number of questions read.
    pub read: usize,
    /// Keys of the questions that were changed.
    #[serde(default)]
    pub changed: Vec<String>,
    /// What was found, a sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
}
