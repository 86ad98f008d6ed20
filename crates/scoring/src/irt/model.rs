//! The graded response model, and the two-parameter logistic model as its case of two categories.
//!
//! Samejima (1969), "Estimation of latent ability using a response pattern of graded scores", Psychometrika
//! Monograph 17. Information: Baker & Kim (2004), "Item Response Theory", 2nd edition, chapters 2 and 8.

use serde::Serialize;

/// Most categories that one item may have.
pub const MOST_CATEGORIES: usize = 20;
/// Largest discrimination that is believed. Real items have .3 to 3.
pub const MOST_DISCRIMINATION: f64 = 20.0;
/// Thresholds farther out than this say nothing about anybody.
pub const MOST_DIFFICULTY: f64 = 20.0;

/// What is known of a question: how sharply it tells people apart, and where.
///
/// With `m` thresholds there are `m + 1` categories, 0 the worst. Somebody of ability `theta` gets category
/// `k` or a better one with probability `1 / (1 + exp(-a (theta - b_k)))`. One threshold is the 2PL model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemParameters {
    discrimination: f64,
    thresholds: Vec<f64>,
}

/// Why parameters cannot be those of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadItem {
    /// Not a number, not above 0 or beyond [`MOST_DISCRIMINATION`].
    #[error("the discrimination a must be above 0 and at most 20")]
    Discrimination,
    /// No threshold, or more than [`MOST_CATEGORIES`] allow.
    #[error("an item needs 1 to 19 thresholds")]
    Categories,
    /// Not a number or beyond [`MOST_DIFFICULTY`].
    #[error("the difficulty b must be between -20 and 20")]
    Difficulty,
    /// A threshold that is not above the one before it.
    #[error("the thresholds of an item must rise")]
    Order,
}

impl ItemParameters {
    /// A graded item: discrimination `a` above 0, rising thresholds `b_1 < b_2 < ...`.
    pub fn graded(discrimination: f64, thresholds: Vec<f64>) -> Result<Self, BadItem> {
        if !(discrimination > 0.0 && discrimination <= MOST_DISCRIMINATION) {
            return Err(BadItem::Discrimination);
        }
        if thresholds.is_empty() || thresholds.len() >= MOST_CATEGORIES {
            return Err(BadItem::Categories);
        }
        if !thresholds.iter().all(|b| b.abs() <= MOST_DIFFICULTY) {
            return Err(BadItem::Difficulty);
        }
        if thresholds.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(BadItem::Order);
        }
        Ok(Self { discrimination, thresholds })
    }

    /// An item that is right or wrong: discrimination `a` above 0, difficulty `b`.
    pub fn two_parameter(discrimination: f64, difficulty: f64) -> Result<Self, BadItem> {
        Self::graded(discrimination, vec![difficulty])
    }

    /// How sharply it tells people apart, above 0.
    pub fn discrimination(&self) -> f64 {
        self.discrimination
    }

    /// Abilities at which the next better category becomes as likely as not, rising.
    pub fn thresholds(&self) -> &[f64] {
        &self.thresholds
    }

    /// The middle of the thresholds: the difficulty of the whole item.
    pub fn difficulty(&self) -> f64 {
        self.thresholds.iter().sum::<f64>() / self.thresholds.len() as f64
    }

    /// Number of categories, at least 2.
    pub fn categories(&self) -> usize {
        self.thresholds.len() + 1
    }

    /// Probability of `category` at ability `theta`; 0 for a category that the item does not have.
    pub fn probability(&self, category: usize, theta: f64) -> f64 {
        if category >= self.categories() {
            return 0.0;
        }
        // A difference of two logistics loses its digits in the upper tail: there it is taken the other way round.
        let upper = self.above(category, theta);
        let lower = self.above(category + 1, theta);
        if lower > 0.5 {
            self.below(category + 1, theta) - self.below(category, theta)
        } else {
            upper - lower
        }
    }

    /// Fisher information at ability `theta`, at least 0: 1 divided by the variance that one answer allows.
    /// Of a 2PL item at `theta = b` it is a quarter of the squared discrimination.
    pub fn information(&self, theta: f64) -> f64 {
        (0..self.categories())
            .map(|category| {
                let slope = self.slope(category, theta) - self.slope(category + 1, theta);
                let probability = self.probability(category, theta);
                if probability > f64::MIN_POSITIVE { slope * slope / probability } else { 0.0 }
            })
            .sum()
    }

    /// Probability of `category` or a better one.
    fn above(&self, category: usize, theta: f64) -> f64 {
        self.distance(category, theta).map_or(if category == 0 { 1.0 } else { 0.0 }, logistic)
    }

    fn below(&self, category: usize, theta: f64) -> f64 {
        self.distance(category, theta).map_or(if category == 0 { 0.0 } else { 1.0 }, |z| logistic(-z))
    }

    /// Derivative of [`Self::above`] by theta.
    fn slope(&self, category: usize, theta: f64) -> f64 {
        self.distance(category, theta).map_or(0.0, |z| self.discrimination * logistic(z) * logistic(-z))
    }

    fn distance(&self, category: usize, theta: f64) -> Option<f64> {
        let threshold = self.thresholds.get(category.checked_sub(1)?)?;
        Some(self.discrimination * (theta - threshold))
    }
}

/// `1 / (1 + exp(-z))`.
pub fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}
