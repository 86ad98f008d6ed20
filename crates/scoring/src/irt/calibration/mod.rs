//! Parameters of questions from stored answers: marginal maximum likelihood with weak priors.
//!
//! Bock & Aitkin (1981), "Marginal maximum likelihood estimation of item parameters: application of an EM
//! algorithm", Psychometrika 46(4), with priors on the parameters (Mislevy 1986, "Bayes modal estimation in
//! item response models", Psychometrika 51(2)). Few answers leave a question near what its author said; many
//! overrule it. Standard errors are those of the observed information.

mod acceleration;
mod em;
mod linear;
mod maximise;
mod standard_errors;

use super::estimate::Prior;
use super::model::ItemParameters;
use serde::Serialize;
use std::ops::ControlFlow;

pub use em::calibrate;

/// What is believed of an item before its answers are looked at, and where the search begins.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemPrior {
    /// Likely parameters.
    pub parameters: ItemParameters,
    /// Standard deviation of each threshold around it, above 0.
    pub threshold_sd: f64,
    /// Standard deviation of the logarithm of the discrimination, above 0.
    pub log_discrimination_sd: f64,
}

impl ItemPrior {
    /// What an author's level is worth: the level may be wrong by one (standard deviation 1), the
    /// discrimination by half (.4 on the logarithm).
    pub fn of_author(parameters: ItemParameters) -> Self {
        Self { parameters, threshold_sd: 1.0, log_discrimination_sd: 0.4 }
    }
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Place of the item.
    pub item: u32,
    /// Category, 0 the worst.
    pub category: u8,
}

/// The answers of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// What was expected of the person; the standard normal for people who are not told apart.
    pub prior: Prior,
    /// What was answered; items that were not asked are not there.
    pub answers: Vec<Answer>,
}

/// How to calibrate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Learn from the items together how discriminations spread, instead of keeping to each item's prior
    /// (empirical Bayes). For a bank of which nothing is known.
    pub learn_priors: bool,
    /// Most rounds; default 500.
    pub most_rounds: u32,
    /// The search ends when no parameter moved more than this; default .0005.
    pub tolerance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { learn_priors: false, most_rounds: 500, tolerance: 5e-4 }
    }
}

/// How far the search is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Rounds done.
    pub round: u32,
    /// Largest change of a parameter in the last one.
    pub change: f64,
    /// Share of the way to the tolerance, 0..=1, on a logarithmic scale.
    pub share: f64,
}

/// An item's parameters as its answers have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalibratedItem {
    /// The estimates.
    pub parameters: ItemParameters,
    /// Standard error of the discrimination.
    pub discrimination_error: f64,
    /// Standard error of each threshold.
    pub threshold_errors: Vec<f64>,
    /// Standard error of the mean of the thresholds, [`ItemParameters::difficulty`].
    pub difficulty_error: f64,
    /// Answers that they stand on.
    pub answers: u32,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// One for each item, in their order.
    pub items: Vec<CalibratedItem>,
    /// Rounds it took.
    pub rounds: u32,
    /// Whether the tolerance was reached.
    pub converged: bool,
    /// Logarithm of the marginal likelihood of all answers.
    pub log_likelihood: f64,
}

/// Why there is no calibration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalibrationError {
    /// No item or no answer at all.
    #[error("there are no answers")]
    NoAnswers,
    /// An answer names an item or a category that is not there.
    #[error("an answer names an item or a category that is not there")]
    UnknownCategory,
    /// The same person answered an item twice.
    #[error("a person answered the same item twice")]
    AnsweredTwice,
    /// A prior's standard deviation is not above 0.
    #[error("the standard deviation of a prior must be above 0")]
    BadPrior,
    /// The observer said so.
    #[error("cancelled")]
    Cancelled,
}

/// Told after each round; breaking off cancels.
pub type Observer<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;
