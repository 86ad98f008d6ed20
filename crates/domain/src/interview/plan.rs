//! The plan: which questions, in which order, and why each of them.

use super::phase::Phase;
use super::settings::{Difficulty, InterviewType};
use serde::{Deserialize, Serialize};

/// What the interviewer intends to ask.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Questions in the order of asking.
    pub items: Vec<PlanItem>,
    /// What the interview should find out, heaviest first; weights sum to 1.
    pub competencies: Vec<PlannedCompetency>,
}

/// A question that the interviewer intends to ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanItem {
    /// The bank's key of the question; unique in a plan.
    pub bank_id: String,
    /// When it is asked.
    pub phase: Phase,
    /// Its kind.
    pub kind: InterviewType,
    /// What it measures.
    pub competency: String,
    /// Its level.
    pub difficulty: Difficulty,
    /// Time that it needs, in minutes.
    pub minutes: u32,
    /// The lines of the job, resume or profile that caused it.
    pub grounding: Vec<Grounding>,
}

/// A line that caused a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Grounding {
    /// Where the line stands.
    pub source: GroundingSource,
    /// The line, word for word.
    pub text: String,
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
