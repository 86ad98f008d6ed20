//! What a person chooses before an interview begins.

use crate::rubric::RubricRef;
use serde::{Deserialize, Serialize};

/// How hard the questions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Difficulty {
    /// First job, or new to the field.
    Beginner,
    /// Some years in the field.
    Intermediate,
    /// Senior and above.
    Advanced,
}

/// Kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum InterviewType {
    /// What did you do when …
    Behavioral,
    /// Knowledge of the trade.
    Technical,
    /// A larger problem, structured aloud.
    Case,
    /// What would you do if …
    Situational,
}

/// How the interviewer speaks and how long it digs. It never changes what counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Personality {
    /// Warm and encouraging.
    Supportive,
    /// Even and courteous.
    #[default]
    Professional,
    /// Sceptical; digs deeper.
    Challenging,
    /// Short, without small talk.
    Direct,
}

impl Personality {
    /// Follow-ups to one question at most.
    pub fn patience(self) -> u32 {
        match self {
            Self::Challenging => 2,
            Self::Supportive | Self::Professional | Self::Direct => 1,
        }
    }
}

/// How answers are given. Both are judged alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Channel {
    /// Typed.
    #[default]
    Text,
    /// Spoken.
    Voice,
}

/// The settings of one interview, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The job's title, when it is known.
    pub position: Option<String>,
    /// Level of the questions.
    pub difficulty: Difficulty,
    /// Kinds of question, at least one, without repeats.
    pub types: Vec<InterviewType>,
    /// Length in minutes, 3..=120.
    pub duration_minutes: u32,
    /// The interviewer's manner.
    pub personality: Personality,
    /// Number of questions without follow-ups, 1..=40; `None` lets the time decide.
    pub question_count: Option<u32>,
    /// ISO 639-1 code of the interview's language.
    pub language: String,
    /// By which rubric answers are judged.
    pub rubric: RubricRef,
    /// Typed or spoken.
    pub channel: Channel,
}

/// Why settings were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No kind of question was chosen.
    #[error("Choose at least one kind of question.")]
    NoTypes,
    /// The length is outside 3..=120 minutes.
    #[error("Choose a duration of 3 to 120 minutes.")]
    Duration,
    /// The number of questions is outside 1..=40.
    #[error("Choose 1 to 40 questions.")]
    QuestionCount,
}

impl Settings {
    /// Shortest interview, minutes.
    pub const MIN_MINUTES: u32 = 3;
    /// Longest interview, minutes.
    pub const MAX_MINUTES: u32 = 120;
    /// Most questions without follow-ups.
    pub const MAX_QUESTIONS: u32 = 40;

    /// Checks ranges and removes repeated types.
    pub fn checked(mut self) -> Result<Self, SettingsError> {
        let mut seen = Vec::new();
        self.types.retain(|t| {
            !seen.contains(t) && {
                seen.push(*t);
                true
            }
        });
        if self.types.is_empty() {
            return Err(SettingsError::NoTypes);
        }
        if !(Self::MIN_MINUTES..=Self::MAX_MINUTES).contains(&self.duration_minutes) {
            return Err(SettingsError::Duration);
        }
        if self.question_count.is_some_and(|n| !(1..=Self::MAX_QUESTIONS).contains(&n)) {
            return Err(SettingsError::QuestionCount);
        }
        Ok(self)
    }

    /// Length in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        u64::from(self.duration_minutes) * 60_000
    }
}
