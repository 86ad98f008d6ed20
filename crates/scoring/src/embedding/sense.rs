//! What a single word means: its direction, to compare words by, and how much it tells.

use super::tokenizer::Token;
use super::{Row, Sum, sum_of};
use std::sync::Arc;

/// Numbers of a direction that words are compared by: the principal components come in order of what they explain.
pub const LEADING: usize = 128;

/// What a word means and how rare it is.
#[derive(Clone, Debug)]
pub struct Sense {
    /// How much it tells, 0..=1: rare words more.
    pub weight: f32,
    /// What it means; `None` where the table knows none of its tokens.
    pub meaning: Option<Arc<Meaning>>,
}

impl Sense {
    /// Of a word with these tokens. Rank in the vocabulary stands for rarity: its tokens are ordered by how often they
    /// are met.
    pub fn of(tokens: &[Token]) -> Self {
        let rank = tokens.iter().map(|token| token.row.id()).max().unwrap_or(Row::COUNT as u16 - 1);
        let weight = ((f32::from(rank) + 1.0).ln() / (Row::COUNT as f32).ln()).powi(2);
        Self { weight, meaning: Meaning::new(sum_of(tokens)).map(Arc::new) }
    }
}

/// The sum of a word's token vectors, and the direction of its leading part.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// The sum.
    pub sum: Sum,
    leading: [f32; LEADING],
    /// The same in steps of 1 / [`STEPS`].
    rough: [i16; LEADING],
}

/// Partial sums kept apart, so that several can be added at once in one fixed order.
const LANES: usize = 16;

/// Steps in which a rough direction is kept.
const STEPS: f32 = 8192.0;
/// What rounding to steps changes in a cosine, at most: half a step for each number of either direction, and their
/// numbers add up to the square root of [`LEADING`].
const ROUGHLY: f32 = 0.0015;

impl Meaning {
    fn new(sum: Sum) -> Option<Self> {
        let leading = *sum.as_array().first_chunk::<LEADING>()?;
        let length = leading.iter().map(|number| number * number).sum::<f32>().sqrt();
        let leading = leading.map(|number| number / length);
        (length > 0.0).then(|| Self {
            sum,
            leading,
            rough: leading.map(|number| (number * STEPS).round() as i16),
        })
    }

    /// How near two words are in meaning, -1..=1.
    pub fn cosine(&self, other: &Self) -> f32 {
        let mut sums = [0.0_f32; LANES];
        let (own, others) = (self.leading.as_chunks::<LANES>().0, other.leading.as_chunks::<LANES>().0);
        for (own, other) in own.iter().zip(others) {
            for lane in 0..LANES {
                sums[lane] += own[lane] * other[lane];
            }
        }
        sums.iter().sum()
    }

    /// Whether the cosine is certainly below `bound`: a quick look in whole numbers that most pairs of words do not
    /// pass.
    #[inline]
    pub fn is_farther(&self, other: &Self, bound: f32) -> bool {
        let products = self.rough.iter().zip(&other.rough).map(|(a, b)| i32::from(*a) * i32::from(*b));
        products.sum::<i32>() < ((bound - ROUGHLY) * STEPS * STEPS) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedding::Tokens;

    #[test]
    fn a_quick_look_never_calls_near_words_far() {
        let text = "reading query plan index slow database waiting patient breathing oxygen doctor ward invoice ledger \
            customer angry refund apology network packet router schedule sail boat key fast quick speedy rapid swift";
        let tokens = Tokens::new(text);
        let senses: Vec<Sense> =
            tokens.as_slice().iter().map(|token| Sense::of(std::slice::from_ref(token))).collect();
        let meanings: Vec<&Meaning> = senses.iter().filter_map(|sense| sense.meaning.as_deref()).collect();
        let (mut far, mut all) = (0, 0);
        for one in &meanings {
            for other in &meanings {
                let cosine = one.cosine(other);
                assert!(!one.is_farther(other, cosine), "{cosine}");
                assert!(one.is_farther(other, cosine + 2.0 * ROUGHLY), "{cosine}");
                (far, all) = (far + usize::from(one.is_farther(other, 0.3)), all + 1);
            }
        }
        assert!(far * 2 > all, "{far} of {all}");
    }
}
