//! What is known of somebody's ability, and why a question was chosen to learn more.

mod band;

pub use band::{AbilityBand, Certainty, LEAST_ANSWERS, ability_level};

use crate::ids::SessionId;
use crate::interview::Difficulty;
use serde::{Deserialize, Serialize};

/// An estimate of ability on the scale of item response theory: 0 is the middle of those interviewed at the
/// intermediate level, 1 is one standard deviation above them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ability {
    /// Expected a posteriori estimate, -6..=6. Without answers it is what level and resume let one expect.
    pub theta: f64,
    /// Standard deviation of what is still thought possible, above 0.
    pub standard_error: f64,
    /// Answers that it stands on.
    pub answers: u32,
}

impl Ability {
    /// Lower and upper end of the 95 % interval.
    pub fn interval(&self) -> (f64, f64) {
        let half = 1.96 * self.standard_error;
        (self.theta - half, self.theta + half)
    }
}

/// The ability shown in one competency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CompetencyAbility {
    /// Key of the competency.
    pub competency: String,
    /// How able.
    pub ability: Ability,
    /// Why nothing more is asked about it; `None` while more would help.
    pub stopped: Option<Stopped>,
}

/// Why nothing more is asked about a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Stopped {
    /// The standard error is small enough.
    Precise,
    /// It had as many questions as one interview may ask about it.
    Enough,
    /// No question is left that the constraints allow.
    Spent,
}

/// Why this question was asked now. A record for the log and for those who look at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SelectionReason {
    /// Key of the competency that the question measures.
    pub competency: String,
    /// Why that competency had its turn.
    pub turn: CompetencyTurn,
    /// Ability in it before the question.
    pub before: Ability,
    /// Fisher information that the question is expected to give, above 0; 1 divided by the square of a
    /// standard error.
    pub information: f64,
    /// Standard error that is expected after the answer.
    pub expected_standard_error: f64,
    /// Place among the allowed questions, the one that tells most first, from 1. Above 1 when the draw that
    /// keeps questions from wearing out took another one than the best.
    pub rank: u32,
    /// Questions that the constraints allowed, of all competencies that had their turn together.
    pub allowed: u32,
}

/// Why a competency had its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CompetencyTurn {
    /// Fewer questions than it must have at least.
    Uncovered,
    /// Farthest behind its share of the interview's attention.
    BehindItsShare,
}

/// What answers have taught of a question, in the graded response model. Without it a question has what its
/// author's level stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemEstimate {
    /// How sharply it tells people apart, above 0.
    pub discrimination: f64,
    /// Abilities at which the next better of five categories becomes as likely as not, rising.
    pub thresholds: Vec<f64>,
    /// Answers that it stands on.
    pub answers: u32,
}

/// A scored answer of an earlier interview of the same person, for what is expected of them now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EarlierAnswer {
    /// The interview that it was given in.
    pub interview: SessionId,
    /// Key of the competency that its question measures.
    pub competency: String,
    /// Level of the question.
    pub difficulty: Difficulty,
    /// What answers had taught of the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemEstimate>,
    /// Category of the mark, from 0.
    pub category: u8,
    /// How much it counts beside an answer of now, 0..=1: less, the longer ago it was.
    pub weight: f64,
}

/// Why an interviewer asked this question now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Why {
    /// The level that was aimed at.
    pub level: Difficulty,
    /// How that level came about.
    pub pace: Pace,
    /// What the choice rested on.
    #[serde(flatten)]
    pub selection: SelectionReason,
}

/// How the level of a question came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Pace {
    /// As hard as the question before.
    Steady,
    /// Harder, because of what the answers showed.
    Harder,
    /// Easier, because of what the answers showed.
    Easier,
    /// Easier, or no harder when nothing is easier, after two weak answers in a row.
    Relieved,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_as_wide_as_the_error_says() {
        let ability = Ability { theta: 0.5, standard_error: 0.25, answers: 4 };
        let (low, high) = ability.interval();
        assert!((low - 0.01).abs() < 1e-12 && (high - 0.99).abs() < 1e-12);
    }

    #[test]
    fn reasons_are_read_as_they_are_written() {
        let reason = SelectionReason {
            competency: "databases".to_owned(),
            turn: CompetencyTurn::BehindItsShare,
            before: Ability { theta: 0.0, standard_error: 1.0, answers: 0 },
            information: 0.5,
            expected_standard_error: 0.8,
            rank: 2,
            allowed: 7,
        };
        let text = serde_json::to_string(&reason).unwrap();
        assert!(text.contains(r#""turn":"behind_its_share""#), "{text}");
        assert_eq!(serde_json::from_str::<SelectionReason>(&text).unwrap(), reason);
    }
}
