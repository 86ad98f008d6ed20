//! The parameters of one item that fit what is expected of its answers (the M step).

use super::linear::Square;
use crate::irt::model::{MOST_DIFFICULTY, MOST_DISCRIMINATION};

/// Least probability: a product of eight is still a number.
pub const LEAST: f64 = 1e-36;
/// Least distance between neighbouring thresholds.
const LEAST_GAP: f64 = 1e-3;
/// Largest move of a parameter in one round.
const LONGEST_MOVE: f64 = 1.0;

/// An item as it is searched for: the logarithm of the discrimination, then the thresholds.
#[derive(Clone, Debug)]
pub struct Working {
    pub log_a: f64,
    pub thresholds: Vec<f64>,
    /// How sure the last step was of each parameter: its variance, were abilities known.
    pub variances: Vec<f64>,
}

/// Where priors pull: mean and standard deviation of the logarithm of the discrimination and of thresholds.
#[derive(Clone, Debug)]
pub struct Pull {
    pub log_a: (f64, f64),
    pub thresholds: Vec<(f64, f64)>,
}

/// Derivatives of the probabilities of one item at one ability; kept between points to spare allocations.
#[derive(Default)]
pub struct Slopes {
    /// Probability of each category, at least [`LEAST`].
    pub probability: Vec<f64>,
    /// Category after category, in each by parameter: the derivative of the logarithm of the probability.
    pub score: Vec<f64>,
}

impl Working {
    /// Number of parameters.
    pub fn size(&self) -> usize {
        self.thresholds.len() + 1
    }

    /// Probabilities of all categories at `theta`, into `into`.
    pub fn probabilities(&self, theta: f64, into: &mut [f64]) {
        let a = self.log_a.exp();
        let mut above = 1.0;
        let mut not_above = 0.0;
        for (category, slot) in into.iter_mut().enumerate() {
            let z = self.thresholds.get(category).map(|b| a * (theta - b));
            let (next, not_next) = z.map_or((0.0, 1.0), both);
            let difference = if next > 0.5 { not_next - not_above } else { above - next };
            *slot = difference.max(LEAST);
            (above, not_above) = (next, not_next);
        }
    }

    /// Probabilities with their derivatives at `theta`, into `into`.
    pub fn slopes(&self, theta: f64, into: &mut Slopes) {
        let (a, size) = (self.log_a.exp(), self.size());
        into.probability.resize(size, 0.0);
        self.probabilities(theta, &mut into.probability);
        into.score.clear();
        into.score.resize(size * size, 0.0);
        for (edge, b) in self.thresholds.iter().enumerate() {
            let z = a * (theta - b);
            let (above, below) = both(z);
            let density = above * below;
            // The category below the threshold loses what the one above it gains.
            for (category, sign) in [(edge, -1.0), (edge + 1, 1.0)] {
                let share = sign * density / into.probability[category];
                into.score[category * size] += z * share;
                into.score[category * size + edge + 1] -= a * share;
            }
        }
    }

    /// One step of Fisher scoring towards the maximum; returns the largest move. `expected` holds the expected
    /// number of answers, a row of points for each category.
    pub fn step<const POINTS: usize>(
        &mut self,
        thetas: &[f64; POINTS],
        expected: &[[f64; POINTS]],
        pull: &Pull,
    ) -> f64 {
        let size = self.size();
        let (mut gradient, mut information) = (vec![0.0; size], Square::zeros(size));
        let mut slopes = Slopes::default();
        for (point, theta) in thetas.iter().enumerate() {
            let all: f64 = expected.iter().map(|row| row[point]).sum();
            if all < 1e-9 {
                continue;
            }
            self.slopes(*theta, &mut slopes);
            for (category, row) in slopes.score.chunks_exact(size).enumerate() {
                let (count, weight) = (expected[category][point], all * slopes.probability[category]);
                for (i, score) in row.iter().enumerate() {
                    gradient[i] += count * score;
                    let cells = &mut information.row_mut(i)[..=i];
                    cells.iter_mut().zip(row).for_each(|(cell, other)| *cell += weight * score * other);
                }
            }
        }
        for (place, (value, (mean, sd))) in self.values().into_iter().zip(pull.all()).enumerate() {
            gradient[place] -= (value - mean) / (sd * sd);
            information.add(place, place, 1.0 / (sd * sd));
        }
        let Some(covariances) = information.inverse() else { return 0.0 };
        self.variances = (0..size).map(|place| covariances.at(place, place)).collect();
        let row = |i: usize| (0..size).map(|j| covariances.at(i, j) * gradient[j]).sum();
        self.walk(&(0..size).map(row).collect::<Vec<_>>())
    }

    /// The parameters in their order.
    pub fn values(&self) -> Vec<f64> {
        std::iter::once(self.log_a).chain(self.thresholds.iter().copied()).collect()
    }

    /// Goes as far along `step` as keeps the thresholds in order and the parameters in their range.
    fn walk(&mut self, step: &[f64]) -> f64 {
        let longest = step.iter().fold(0.0_f64, |longest, move_by| longest.max(move_by.abs()));
        if !longest.is_finite() {
            return 0.0;
        }
        let mut share = (LONGEST_MOVE / longest.max(LONGEST_MOVE)).min(1.0);
        let start = self.values();
        for _ in 0..30 {
            let to: Vec<f64> =
                start.iter().zip(step).map(|(value, move_by)| value + share * move_by).collect();
            if self.go(&to) {
                return share * longest;
            }
            share /= 2.0;
        }
        0.0
    }

    /// Goes to these parameters, in the order of [`Self::values`]; stays and says `false` when the thresholds
    /// would not be in order or a parameter out of its range.
    pub fn go(&mut self, to: &[f64]) -> bool {
        let (log_a, thresholds) = (to[0], &to[1..]);
        let in_order = thresholds.windows(2).all(|pair| pair[1] - pair[0] >= LEAST_GAP);
        let in_range = thresholds.iter().all(|b| b.abs() < MOST_DIFFICULTY)
            && (1e-3..MOST_DISCRIMINATION).contains(&log_a.exp());
        if in_order && in_range {
            self.log_a = log_a;
            self.thresholds.copy_from_slice(thresholds);
        }
        in_order && in_range
    }
}

/// The logistic function of `z` and of `-z`, from one exponential.
fn both(z: f64) -> (f64, f64) {
    let small = (-z.abs()).exp();
    let (large, small) = (1.0 / (1.0 + small), small / (1.0 + small));
    if z < 0.0 { (small, large) } else { (large, small) }
}

impl Pull {
    /// Mean and standard deviation of each parameter, in the order of [`Working::values`].
    pub fn all(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        std::iter::once(self.log_a).chain(self.thresholds.iter().copied())
    }
}
