//! What answers have taught of a question, as it is stored. Nothing in it leads back to a person.

use crate::ability::ItemEstimate;
use crate::clock::Timestamp;
use crate::interview::Difficulty;
use serde::{Deserialize, Serialize};

/// A question's parameters as its answers have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionCalibration {
    /// The question's key.
    pub question_id: String,
    /// The level that its author gave it.
    pub level: Difficulty,
    /// Its parameters.
    pub estimate: ItemEstimate,
    /// Difficulty that the author's level stands for.
    pub authored: f64,
    /// Difficulty by its answers, on the scale of ability.
    pub difficulty: f64,
    /// Standard error of that difficulty, above 0.
    pub difficulty_error: f64,
    /// Standard error of the discrimination, above 0.
    pub discrimination_error: f64,
    /// Whether it is surely and by a size that matters harder or easier than its author said: a curator should look.
    pub flagged: bool,
    /// Share of the interviews that were looked at in which it was asked, 0..=1.
    pub exposure: f64,
    /// When this was found.
    pub at: Timestamp,
}
