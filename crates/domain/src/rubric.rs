//! Rubrics: what is judged, how much it counts, and what each level sounds like.

use crate::evaluation::{CriterionResult, Overall};
use crate::shared_text::SharedText;
use serde::{Deserialize, Serialize};

/// A versioned rubric. A session is judged by the version that it began with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rubric {
    /// Stable key, for example `practice_core`.
    pub id: String,
    /// Version, from 1.
    pub version: u32,
    /// Name for people.
    pub label: String,
    /// Criteria in the order they are shown.
    pub criteria: Vec<Criterion>,
}

/// One criterion of a rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Criterion {
    /// Stable key, unique in the rubric.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// Share of the total; the weights of a rubric sum to 1.
    pub weight: f64,
    /// What it is about, one sentence.
    pub description: String,
    /// What levels 1, 3, 5, 7 and 9 sound like.
    pub levels: Vec<Level>,
    /// False when it must not be used in hiring.
    pub hiring: bool,
}

/// What one level of a criterion sounds like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Level {
    /// 1, 3, 5, 7 or 9.
    pub score: u8,
    /// What an answer of this level does.
    pub description: String,
}

/// Names a rubric and its version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RubricRef {
    /// The rubric's key.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub id: SharedText,
    /// The rubric's version.
    pub version: u32,
}

/// A total is shown only when at least this share of the rubric's weight was assessed.
pub const MIN_COVERAGE: f64 = 0.5;

/// Why a rubric cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RubricError {
    /// The weights do not sum to 1.
    #[error("the weights of rubric {id} sum to {sum}, not to 1")]
    Weights {
        /// The rubric.
        id: String,
        /// What they sum to.
        sum: f64,
    },
    /// Two criteria have the same key.
    #[error("criterion {key} of rubric {id} appears twice")]
    DuplicateCriterion {
        /// The rubric.
        id: String,
        /// The repeated key.
        key: String,
    },
    /// A criterion does not describe the five levels 1, 3, 5, 7 and 9.
    #[error("criterion {key} of rubric {id} must describe the levels 1, 3, 5, 7 and 9")]
    Levels {
        /// The rubric.
        id: String,
        /// The criterion.
        key: String,
    },
}

impl Rubric {
    /// This rubric's name and version.
    pub fn reference(&self) -> RubricRef {
        RubricRef { id: self.id.as_str().into(), version: self.version }
    }

    /// Checks weights, keys and levels.
    pub fn validate(&self) -> Result<(), RubricError> {
        let sum: f64 = self.criteria.iter().map(|c| c.weight).sum();
        if (sum - 1.0).abs() > 1e-6 {
            return Err(RubricError::Weights { id: self.id.clone(), sum });
        }
        for (index, criterion) in self.criteria.iter().enumerate() {
            if self.criteria[..index].iter().any(|c| c.key == criterion.key) {
                return Err(RubricError::DuplicateCriterion {
                    id: self.id.clone(),
                    key: criterion.key.clone(),
                });
            }
            if criterion.levels.iter().map(|l| l.score).ne([1, 3, 5, 7, 9]) {
                return Err(RubricError::Levels { id: self.id.clone(), key: criterion.key.clone() });
            }
        }
        Ok(())
    }
}

/// The total of one answer: the weighted mean of what was assessed, with its coverage.
///
/// The score is rounded to one decimal and withheld under [`MIN_COVERAGE`]. No model ever supplies it.
pub fn overall(criteria: &[CriterionResult]) -> Overall {
    let all: f64 = criteria.iter().map(|c| c.weight).sum();
    let assessed: f64 = criteria.iter().filter(|c| c.score().is_some()).map(|c| c.weight).sum();
    if all <= 0.0 || assessed <= 0.0 {
        return Overall { score: None, coverage: 0.0 };
    }
    let points: f64 = criteria.iter().filter_map(|c| c.score().map(|s| s * c.weight)).sum();
    let coverage = assessed / all;
    let score = (coverage >= MIN_COVERAGE).then(|| round1(points / assessed));
    Overall { score, coverage: (coverage * 1000.0).round() / 1000.0 }
}

/// Rounds to one decimal.
pub fn round1(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
