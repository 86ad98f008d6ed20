//! The plan: which questions, in which order, and why each of them.

use super::phase::Phase;
use super::settings::{Difficulty, InterviewType};
use crate::ability::EarlierAnswer;
use crate::bank::KeyPoint;
use crate::evaluation::Quote;
use crate::resume::Seniority;
use crate::shared_text::SharedText;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the interviewer intends to ask.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Questions in the order of asking.
    pub items: Vec<PlanItem>,
    /// What the interview should find out, heaviest first; weights sum to 1.
    pub competencies: Vec<PlannedCompetency>,
    /// Questions of the same phases and competencies, of all levels, that may take the place of planned ones as the
    /// answers show how able the candidate is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserve: Vec<PlanItem>,
    /// What the resume says of the candidate: with the level, what may be expected before the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seniority: Option<Seniority>,
    /// What the same person's earlier practice interviews showed, as far as it still counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierAnswer>,
}

impl Plan {
    /// Lets the question `by`, of the plan or of its reserve, change places with the planned question `key`.
    pub fn exchange(&mut self, key: &str, by: &str) {
        let Some(place) = self.items.iter().position(|item| item.key == key) else { return };
        if let Some(other) = self.items.iter().position(|item| item.key == by) {
            self.items.swap(place, other);
        } else if let Some(spare) = self.reserve.iter_mut().find(|item| item.key == by) {
            std::mem::swap(&mut self.items[place], spare);
        }
    }
}

/// A question that the interviewer intends to ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanItem {
    /// Key of the question, unique in a plan: the bank's, unless it has a wording of its own.
    #[serde(alias = "bank_id")]
    pub key: SharedText,
    /// When it is asked.
    pub phase: Phase,
    /// Its kind.
    pub kind: InterviewType,
    /// What it measures.
    pub competency: SharedText,
    /// Its level.
    pub difficulty: Difficulty,
    /// Time that it needs, in minutes.
    pub minutes: u32,
    /// The lines of the job, resume or profile that caused it.
    pub grounding: Arc<[Grounding]>,
    /// The words, when the interviewer wrote or translated the question; else the bank has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Box<Wording>>,
}

/// A question in words of the interviewer's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// The question.
    pub content: String,
    /// The bank's key, when this is a question of the bank in another language: its key points stay.
    pub bank_id: Option<String>,
    /// What a full answer says; empty for a question of the bank.
    pub key_points: Vec<KeyPoint>,
}

/// What an introduction told of the candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reading {
    /// The role that they have or want.
    pub role: String,
    /// Their seniority, when it can be told: `junior`, `mid`, `senior` or `lead`.
    pub seniority: Option<String>,
    /// The words that tell it.
    pub quote: Quote,
}

/// A line that caused a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Grounding {
    /// Where the line stands.
    pub source: GroundingSource,
    /// The line, word for word.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub text: SharedText,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum GroundingSource {
    /// The job description.
    Job,
    /// The resume.
    Resume,
    /// The profile.
    Profile,
    /// An earlier answer.
    Answer,
    /// Earlier interviews.
    Memory,
}

/// A competency that the interview should find out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedCompetency {
    /// Key in the taxonomy.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// Share of the interview's attention, 0..=1.
    pub weight: f64,
}
