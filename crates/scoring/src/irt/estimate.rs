//! Ability from answers: expected a posteriori on a fixed grid.
//!
//! Bock & Mislevy (1982), "Adaptive EAP estimation of ability in a microcomputer environment", Applied
//! Psychological Measurement 6(4). The standard error is the standard deviation of the posterior.

use super::bank::ItemBank;
use super::quadrature::{self, REACH, Row, STEP};
use greenroom_domain::ability::Ability;

/// What is expected of somebody before the first answer: a normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    mean: f64,
    sd: f64,
}

impl Prior {
    /// `mean` is kept within 3 of 0 and `sd` within .2 to 2, so that answers can always say otherwise.
    /// What is not a number counts as the standard normal's.
    pub fn new(mean: f64, sd: f64) -> Self {
        let mean = if mean.is_nan() { 0.0 } else { mean.clamp(-3.0, 3.0) };
        let sd = if sd.is_nan() { 1.0 } else { sd.clamp(0.2, 2.0) };
        Self { mean, sd }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    pub fn sd(&self) -> f64 {
        self.sd
    }
}

impl Default for Prior {
    /// Standard normal.
    fn default() -> Self {
        Self { mean: 0.0, sd: 1.0 }
    }
}

/// What is thought possible after some answers.
#[derive(Clone, Debug)]
pub struct Posterior {
    weights: Row,
    theta: f64,
    standard_error: f64,
    answers: u32,
}

impl Posterior {
    /// Before the first answer.
    pub fn new(prior: Prior) -> Self {
        Self::of(quadrature::normal(prior.mean, prior.sd), 0)
    }

    /// A distribution on the grid that sums to 1.
    pub(super) fn of(weights: Row, answers: u32) -> Self {
        let (theta, standard_error) = quadrature::moments(&weights);
        Self { weights, theta, standard_error, answers }
    }

    /// Takes in an answer in full.
    ///
    /// # Panics
    /// When the bank has no such item.
    pub fn observe(&mut self, bank: &ItemBank, item: usize, category: usize) {
        let likelihood = bank.likelihood(item, category);
        let mut weights = self.weights;
        weights.iter_mut().zip(likelihood).for_each(|(weight, likelihood)| *weight *= likelihood);
        self.take(weights);
    }

    /// Takes in an answer with a weight from 0 (says nothing) to 1 (in full): the likelihood to that power, as
    /// for a judge who is that sure (a power likelihood: Ibrahim & Chen 2000, Statistical Science 15(1)).
    /// Weights outside 0..=1 are brought into it; what is not a number counts as 0.
    pub fn observe_weighted(&mut self, bank: &ItemBank, item: usize, category: usize, weight: f64) {
        let mut weights = self.weights;
        temper(&mut weights, bank.likelihood(item, category), weight);
        self.take(weights);
    }

    /// An answer that nobody could have given leaves the estimate and is only counted.
    fn take(&mut self, mut weights: Row) {
        self.answers += 1;
        if quadrature::normalise(&mut weights) {
            *self = Self::of(weights, self.answers);
        }
    }

    /// The estimate.
    pub fn ability(&self) -> Ability {
        Ability { theta: self.theta, standard_error: self.standard_error, answers: self.answers }
    }

    /// Weight of every point of the grid; they sum to 1.
    pub fn weights(&self) -> &Row {
        &self.weights
    }

    /// Probability that the ability is above `theta`, 0..=1: how surely somebody is past a level.
    pub fn probability_above(&self, theta: f64) -> f64 {
        let place = (theta + REACH) / STEP;
        let share = |index: usize| (index as f64 + 0.5 - place).clamp(0.0, 1.0);
        self.weights.iter().enumerate().map(|(index, weight)| weight * share(index)).sum()
    }
}

/// Multiplies `weights` by `likelihood` to the power of `weight`.
pub(super) fn temper(weights: &mut Row, likelihood: &Row, weight: f64) {
    let weight = if weight.is_nan() { 0.0 } else { weight.clamp(0.0, 1.0) };
    for (value, likelihood) in weights.iter_mut().zip(likelihood) {
        *value *= likelihood.max(f64::MIN_POSITIVE).powf(weight);
    }
}
