//! What a job description asks for, each finding with the phrase it came from.

use crate::resume::{Seniority, Warning};
use serde::{Deserialize, Serialize};

/// A job description as it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobPosting {
    /// Job title as written, without marks such as "(m/w/d)".
    pub position: Option<String>,
    /// Level asked for, when the text shows it.
    pub seniority: Option<Seniority>,
    /// Kind of employment as written ("Full-time", "permanent", "Vollzeit").
    pub employment: Option<String>,
    /// ISO 639-1 code of the text's language, when it is clear.
    pub language: Option<String>,
    /// Skills asked for.
    pub skills: Vec<JobSkill>,
    /// Duties, a line each, as written.
    pub responsibilities: Vec<String>,
    /// Competencies the job calls for, heaviest first; weights sum to 1.
    pub competencies: Vec<JobCompetency>,
    /// Doubts about the reading.
    pub warnings: Vec<Warning>,
}

/// One skill that a job asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobSkill {
    /// The skill, in the words of the text.
    pub name: String,
    /// What kind of skill it is.
    pub kind: SkillKind,
    /// The name that stands for all spellings of the skill ("Kubernetes" for "k8s"); `None` when it is not known.
    #[serde(default)]
    pub known_as: Option<String>,
    /// False when the text calls it an advantage only.
    pub required: bool,
    /// The phrase of the text that asks for it.
    pub evidence: String,
}

/// Kinds of skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum SkillKind {
    /// Knowledge of a field or method.
    Hard,
    /// A way of working with people.
    Soft,
    /// A named product, language or device.
    Tool,
    /// A human language.
    Language,
}

/// A competency of the taxonomy that a job calls for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobCompetency {
    /// Key in the competency taxonomy.
    pub key: String,
    /// Share of the interview's attention, 0..=1.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1))]
    pub weight: f64,
    /// The phrases that call for it.
    pub evidence: Vec<String>,
}
