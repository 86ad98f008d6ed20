//! What is measured of an answer, each group in its own file.

mod fluency;
mod letters;
mod manner;
mod meaning;
mod order;
mod overlap;
mod polarity;
mod shape;
mod story;
mod words;

pub use fluency::Neighbours;
pub(crate) use letters::{Runs, RunsOfAnswer, RunsOfPair};
pub use manner::{Manner, is_keyword_salad, manner, small_words};
pub(crate) use order::{Order, OrderOfAnswer};
pub use overlap::{Overlap, covered_share, echo, overlap};
pub use polarity::contradicts;
pub(crate) use polarity::{Denials, Opposed};
pub(crate) use shape::{Asks, figures};
pub use story::{Story, is_deed, story};

use crate::compare::View;

/// Number of features.
pub const COUNT: usize = words::NAMES.len()
    + meaning::NAMES.len()
    + order::NAMES.len()
    + letters::NAMES.len()
    + polarity::NAMES.len()
    + shape::NAMES.len();

/// The names of the features, in the order of [`measure`].
pub fn names() -> Vec<&'static str> {
    [&words::NAMES[..], &meaning::NAMES, &order::NAMES, &letters::NAMES, &polarity::NAMES, &shape::NAMES]
        .concat()
}

/// Measures a part of an answer beside its target.
pub fn measure(view: &View<'_>) -> [f64; COUNT] {
    let mut all = [0.0; COUNT];
    let groups: [&[f64]; 6] = [
        &words::measure(view),
        &meaning::measure(view),
        &order::measure(view),
        &letters::measure(view),
        &polarity::measure(view),
        &shape::measure(view),
    ];
    for (slot, value) in all.iter_mut().zip(groups.into_iter().flatten()) {
        *slot = *value;
    }
    all
}

/// Weighted mean; 0 of nothing.
fn mean(values: impl Iterator<Item = (f32, f32)>) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, weight) in values {
        sum += f64::from(value) * f64::from(weight);
        weights += f64::from(weight);
    }
    if weights > 0.0 { sum / weights } else { 0.0 }
}

fn log(count: usize) -> f64 {
    (count as f64).ln_1p()
}
