//! What was read in a resume. What was not found is `None` or empty, never invented.

use crate::job::SkillKind;
use serde::{Deserialize, Serialize};

/// A resume as it was read, or as its owner corrected it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Resume {
    /// All visible text in reading order, lines separated by `\n`. Hidden text is not in it.
    pub text: String,
    /// Pages of the document; 1 for plain text.
    pub pages: u32,
    /// The person's name as written.
    pub name: Option<String>,
    /// E-mail address as written.
    pub email: Option<String>,
    /// Telephone number as written.
    pub phone: Option<String>,
    /// Web addresses as written.
    pub links: Vec<String>,
    /// City, region or country as written.
    pub location: Option<String>,
    /// The line that says what the person is ("Senior data engineer").
    pub headline: Option<String>,
    /// Skills as written, in order, without repeats.
    pub skills: Vec<String>,
    /// Work experience in the order of the document.
    pub experience: Vec<Experience>,
    /// Education in the order of the document.
    pub education: Vec<Education>,
    /// Certificates as written.
    pub certifications: Vec<String>,
    /// Languages the person speaks, as written.
    pub languages: Vec<String>,
    /// Level by years of experience and titles; `None` when the document does not show it.
    pub seniority: Option<Seniority>,
    /// Those of the skills that the taxonomy knows, by its names. Read from `skills`; ignored when it is sent.
    pub known_skills: Vec<KnownSkill>,
    /// What the dates of the positions add up to; `None` without dates. Read from `experience` on the day of
    /// reading or correcting; ignored when it is sent.
    pub timeline: Option<Timeline>,
    /// Doubts about the reading that its owner should look at.
    pub warnings: Vec<Warning>,
}

/// One position held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Experience {
    /// Job title as written.
    pub title: Option<String>,
    /// Employer as written.
    pub organization: Option<String>,
    /// First month, `YYYY-MM`, or `YYYY` when the month is not given.
    pub start: Option<String>,
    /// Last month; `None` when it is not given or the position is the present one.
    pub end: Option<String>,
    /// What was done, a line each, as written.
    pub highlights: Vec<String>,
}

/// One course of study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Education {
    /// Degree or course as written.
    pub degree: Option<String>,
    /// School as written.
    pub organization: Option<String>,
    /// First year or month.
    pub start: Option<String>,
    /// Last year or month.
    pub end: Option<String>,
}

/// A skill that the taxonomy knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KnownSkill {
    /// As the resume writes it ("k8s").
    pub written: String,
    /// The name that stands for all spellings ("Kubernetes").
    pub name: String,
    /// What kind of skill it is.
    pub kind: SkillKind,
}

/// What the dates of positions add up to. Facts to ask about or to leave alone; nothing is judged by them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// Months in which at least one position was held; positions at the same time count once.
    pub months: u32,
    /// Times of more than six months between positions, oldest first.
    pub gaps: Vec<Gap>,
    /// Positions held at the same time for two months or more.
    pub overlaps: Vec<Overlap>,
}

/// A time between positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Gap {
    /// Its first month, `YYYY-MM`.
    pub from: String,
    /// Its last month, `YYYY-MM`.
    pub to: String,
    /// How many months these are.
    pub months: u32,
}

/// Two positions held at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Overlap {
    /// Place of one position in `experience`, from 0.
    pub a: u32,
    /// Place of the other position in `experience`, from 0.
    pub b: u32,
    /// The first month in which both were held, `YYYY-MM`.
    pub from: String,
    /// The last month in which both were held, `YYYY-MM`.
    pub to: String,
}

/// Level of experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Seniority {
    /// Up to about two years, trainees and graduates.
    Junior,
    /// Two to six years.
    Mid,
    /// Six years and more, or "senior" by title.
    Senior,
    /// Leads people or a field.
    Lead,
}

/// Something about a document that its owner should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Warning {
    /// Stable name, for example `two_columns`.
    pub code: String,
    /// What was seen and what to do, in a sentence.
    pub message: String,
}

impl Warning {
    /// A warning from its parts.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

/// A resume as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResumeRecord {
    /// This resume.
    pub id: crate::ids::ResumeId,
    /// Whose it is.
    pub user_id: crate::ids::UserId,
    /// Name of the uploaded file; `None` for pasted text.
    pub file_name: Option<String>,
    /// What was read, or what its owner corrected.
    pub resume: Resume,
    /// When it was uploaded.
    pub created_at: crate::clock::Timestamp,
    /// When it was last corrected.
    pub updated_at: crate::clock::Timestamp,
}
