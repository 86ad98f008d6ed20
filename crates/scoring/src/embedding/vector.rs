//! Sums of token vectors, and the directions they point in.
//!
//! Plain f32 arithmetic in one fixed order: the same text gives the same bits on every machine.

use super::table::DIMS;

/// Partial sums kept apart, so that a compiler may add several at once without changing the order.
const LANES: usize = 16;

const _: () = assert!(DIMS.is_multiple_of(LANES), "numbers would be left out of a product");

/// A sum of token vectors. Sums of parts add up to the sum of the whole, but for rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum([f32; DIMS]);

impl Default for Sum {
    fn default() -> Self {
        Self([0.0; DIMS])
    }
}

impl Sum {
    /// Adds another sum: of the next sentence, say.
    pub fn add(&mut self, other: &Self) {
        for (sum, number) in self.0.iter_mut().zip(&other.0) {
            *sum += number;
        }
    }

    /// Adds a row of signed bytes times its scale.
    pub(super) fn add_scaled(&mut self, scale: f32, row: &[u8; DIMS]) {
        for (sum, byte) in self.0.iter_mut().zip(row) {
            *sum += scale * f32::from(byte.cast_signed());
        }
    }

    /// The numbers themselves.
    pub fn as_array(&self) -> &[f32; DIMS] {
        &self.0
    }

    /// The direction of the sum.
    pub fn vector(&self) -> Vector {
        let length = product(&self.0, &self.0).sqrt();
        if length > 0.0 { Vector(self.0.map(|number| number / length)) } else { Vector(self.0) }
    }
}

/// What a text is about: a vector of length 1, or of length 0 when the text has no known word.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector([f32; DIMS]);

impl Vector {
    /// How near two texts are in meaning, -1..=1; 0 when one of them has no known word.
    pub fn cosine(&self, other: &Self) -> f32 {
        product(&self.0, &other.0).clamp(-1.0, 1.0)
    }

    /// Whether the text has no known word.
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|number| *number == 0.0)
    }

    /// The numbers themselves.
    pub fn as_array(&self) -> &[f32; DIMS] {
        &self.0
    }
}

/// The sum of the products, number by number; what does not fill [`LANES`] at the end is left out.
pub fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (a, b) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}
