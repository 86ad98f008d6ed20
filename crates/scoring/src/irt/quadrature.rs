//! The points at which integrals over ability are summed.
//!
//! On evenly spaced points the sum over a bell of any width above one step is as good as exact (the error of
//! the trapezoidal rule falls exponentially; Trefethen & Weideman 2014, SIAM Review 56(3)).

/// Number of points of the fixed grid.
pub const POINTS: usize = 121;
/// The grid reaches from `-REACH` to `REACH`.
pub const REACH: f64 = 6.0;
/// From one point to the next.
pub const STEP: f64 = 2.0 * REACH / (POINTS as f64 - 1.0);

/// One value at each point of the grid.
pub type Row = [f64; POINTS];

/// Ability at point `index`.
pub fn theta(index: usize) -> f64 {
    -REACH + STEP * index as f64
}

/// All points.
pub fn points() -> Row {
    std::array::from_fn(theta)
}

/// A normal density at every point, summing to 1.
pub fn normal(mean: f64, sd: f64) -> Row {
    let mut row = points().map(|theta| (-0.5 * ((theta - mean) / sd).powi(2)).exp());
    normalise(&mut row);
    row
}

/// Divides by the sum. Leaves a row without any mass as it is and says so by `false`.
pub fn normalise(row: &mut Row) -> bool {
    let sum: f64 = row.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) {
        return false;
    }
    let share = 1.0 / sum;
    row.iter_mut().for_each(|value| *value *= share);
    true
}

/// Mean and standard deviation of a row that sums to 1.
pub fn moments(row: &Row) -> (f64, f64) {
    let (mut mean, mut square) = (0.0, 0.0);
    for (index, weight) in row.iter().enumerate() {
        let theta = theta(index);
        mean += weight * theta;
        square += weight * theta * theta;
    }
    (mean, (square - mean * mean).max(0.0).sqrt())
}
