//! The parameters of one item that fit what is expected of its answers (the M step).

use super::linear::Square;
use crate::irt::model::{MOST_DIFFICULTY, MOST_DISCRIMINATION, logistic};

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

/// Derivatives of the probabilities of one item at one ability.
pub struct Slopes {
    /// Probability of each category, at least a tiny one.
    pub probability: Vec<f64>,
    /// By category, then by parameter: the derivative of the logarithm of the probability.
    pub score: Vec<Vec<f64>>,
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
            let (next, not_next) = z.map_or((0.0, 1.0), |z| (logistic(z), logistic(-z)));
            let difference = if next > 0.5 { not_next - not_above } else { above - next };
            *slot = difference.max(1e-300);
            (above, not_above) = (next, not_next);
        }
    }

    /// Probabilities with their derivatives at `theta`.
    pub fn slopes(&self, theta: f64) -> Slopes {
        let (a, count) = (self.log_a.exp(), self.thresholds.len());
        let mut probability = vec![0.0; count + 1];
        self.probabilities(theta, &mut probability);
        // By threshold: the density there, and the derivative by log a.
        let edges: Vec<(f64, f64)> = self
            .thresholds
            .iter()
            .map(|b| {
                let z = a * (theta - b);
                let density = logistic(z) * logistic(-z);
                (density, z * density)
            })
            .collect();
        let score = (0..=count)
            .map(|category| {
                let share = 1.0 / probability[category];
                let mut row = vec![0.0; count + 1];
                if category > 0 {
                    let (density, by_log_a) = edges[category - 1];
                    row[0] += by_log_a * share;
                    row[category] -= a * density * share;
                }
                if category < count {
                    let (density, by_log_a) = edges[category];
                    row[0] -= by_log_a * share;
                    row[category + 1] += a * density * share;
                }
                row
            })
            .collect();
        Slopes { probability, score }
    }

    /// One step of Fisher scoring towards the maximum; returns the largest move. `expected` holds the expected
    /// number of answers, category after category, each at all `thetas`.
    pub fn step(&mut self, thetas: &[f64], expected: &[f64], pull: &Pull) -> f64 {
        let size = self.size();
        let (mut gradient, mut information) = (vec![0.0; size], Square::zeros(size));
        for (point, theta) in thetas.iter().enumerate() {
            let slopes = self.slopes(*theta);
            let count = |category: usize| expected[category * thetas.len() + point];
            let all: f64 = (0..size).map(count).sum();
            if all < 1e-9 {
                continue;
            }
            for category in 0..size {
                let weight = all * slopes.probability[category];
                let row = &slopes.score[category];
                for i in 0..size {
                    gradient[i] += count(category) * row[i];
                    for j in 0..=i {
                        information.add(i, j, weight * row[i] * row[j]);
                    }
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
        for _ in 0..30 {
            let log_a = self.log_a + share * step[0];
            let thresholds: Vec<f64> =
                self.thresholds.iter().zip(&step[1..]).map(|(b, move_by)| b + share * move_by).collect();
            let in_order = thresholds.windows(2).all(|pair| pair[1] - pair[0] >= LEAST_GAP);
            let in_range = thresholds.iter().all(|b| b.abs() < MOST_DIFFICULTY)
                && (1e-3..MOST_DISCRIMINATION).contains(&log_a.exp());
            if in_order && in_range {
                (self.log_a, self.thresholds) = (log_a, thresholds);
                return share * longest;
            }
            share /= 2.0;
        }
        0.0
    }
}

impl Pull {
    /// Mean and standard deviation of each parameter, in the order of [`Working::values`].
    pub fn all(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        std::iter::once(self.log_a).chain(self.thresholds.iter().copied())
    }
}
