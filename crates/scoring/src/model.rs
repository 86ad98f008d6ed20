//! Features -> share of full marks. Small, and monotone: covering more never scores less.

use crate::features::{Manner, Overlap};
use serde::Deserialize;
use std::sync::LazyLock;

/// What remains of the score of a row of terms.
const SALAD_FACTOR: f64 = 0.3;
/// What a row of terms gets at most.
const SALAD_CAP: f64 = 0.2;

/// Weights, none of them negative but the bias.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    bias: f64,
    recall: f64,
    pairs: f64,
    precision: f64,
    length: f64,
    key_points: f64,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/model.toml"))
        .expect("the shipped weights are valid; a test reads them")
});

/// The share of full marks that a trained grader would give, 0..=1.
///
/// `key_points` is their weighted coverage, when there are any.
pub fn share(overlap: &Overlap, key_points: Option<f64>, manner: &Manner) -> f64 {
    let w = &*WEIGHTS;
    let words = w.bias
        + w.recall * overlap.recall
        + w.pairs * overlap.pairs
        + w.precision * overlap.precision
        + w.length * overlap.length.min(overlap.recall * 2.0)
        + w.key_points * key_points.unwrap_or(overlap.recall);
    // Nothing of what a full answer says: words alone must not earn marks.
    let grounded = words * (overlap.recall / 0.2).min(1.0);
    let blended = key_points.map_or(grounded, |points| 0.25 * grounded + 0.75 * points.powf(0.8));
    let share = blended.clamp(0.0, 1.0);
    if manner.is_keyword_salad() { (share * SALAD_FACTOR).min(SALAD_CAP) } else { share }
}
