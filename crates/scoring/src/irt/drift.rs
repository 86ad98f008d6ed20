//! Whether a question has become easier or harder than it was held to be.

use super::calibration::CalibratedItem;
use super::model::ItemParameters;
use serde::Serialize;

/// Chance of a false alarm for each question that has not changed. With many questions some alarms are false.
pub const FALSE_ALARM: f64 = 0.01;
/// The standard normal's distance for it, both ways.
const SIGNIFICANT: f64 = 2.576;
/// Changes smaller than this do not matter to anybody, however surely they are seen: a fifth of the way from one
/// person to another who is a standard deviation better.
pub const MATTERS: f64 = 0.2;

/// How a question's difficulty moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// Difficulty that it was held to have.
    pub before: f64,
    /// Difficulty by its answers.
    pub now: f64,
    /// `now - before`; above 0 when it is harder than thought.
    pub moved: f64,
    /// Standard error of the move, above 0.
    pub standard_error: f64,
    /// Whether a curator should look: sure ([`FALSE_ALARM`]) and large ([`MATTERS`]).
    pub flagged: bool,
}

impl Drift {
    /// From what was believed, with the standard error that it had (0 for an author's level, which is a
    /// statement and not an estimate), to what answers say. The test is Wald's (Lord 1980, "Applications of
    /// item response theory to practical testing problems", chapter 14).
    pub fn of(before: &ItemParameters, error_before: f64, now: &CalibratedItem) -> Self {
        let (then, difficulty) = (before.difficulty(), now.parameters.difficulty());
        let moved = difficulty - then;
        let standard_error = error_before.max(0.0).hypot(now.difficulty_error);
        let flagged = moved.abs() >= MATTERS && moved.abs() > SIGNIFICANT * standard_error;
        Self { before: then, now: difficulty, moved, standard_error, flagged }
    }
}
