//! Symmetric positive definite systems, small and dense.

/// A square matrix, row after row.
#[derive(Clone, Debug)]
pub struct Square {
    size: usize,
    cells: Vec<f64>,
}

impl Square {
    /// All zeros.
    pub fn zeros(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Adds to one cell.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// One row.
    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.cells[row * self.size..(row + 1) * self.size]
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// The lower factor of Cholesky, from the lower triangle; `None` when the matrix is not positive definite.
    fn factor(&self) -> Option<Self> {
        let mut factor = Self::zeros(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let (upper, lower) = (row * self.size, column * self.size);
                let dot: f64 = factor.cells[upper..upper + column]
                    .iter()
                    .zip(&factor.cells[lower..lower + column])
                    .map(|(a, b)| a * b)
                    .sum();
                let rest = self.at(row, column) - dot;
                if row == column {
                    if rest <= 0.0 || !rest.is_finite() {
                        return None;
                    }
                    factor.cells[upper + column] = rest.sqrt();
                } else {
                    factor.cells[upper + column] = rest / factor.at(column, column);
                }
            }
        }
        Some(factor)
    }

    /// The inverse; `None` when the matrix is not positive definite.
    pub fn inverse(&self) -> Option<Self> {
        let factor = self.factor()?;
        let mut inverse = Self::zeros(self.size);
        for column in 0..self.size {
            let mut unit = vec![0.0; self.size];
            unit[column] = 1.0;
            let solution = factor.back(factor.forward(&unit));
            inverse.row_mut(column).copy_from_slice(&solution);
        }
        Some(inverse)
    }

    fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = right.to_vec();
        for row in 0..self.size {
            let known: f64 = (0..row).map(|column| self.at(row, column) * solution[column]).sum();
            solution[row] = (solution[row] - known) / self.at(row, row);
        }
        solution
    }

    fn back(&self, mut solution: Vec<f64>) -> Vec<f64> {
        for row in (0..self.size).rev() {
            let known: f64 = (row + 1..self.size).map(|below| self.at(below, row) * solution[below]).sum();
            solution[row] = (solution[row] - known) / self.at(row, row);
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverts_what_can_be_inverted() {
        let mut matrix = Square::zeros(3);
        for (row, cells) in [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]].iter().enumerate() {
            matrix.row_mut(row).copy_from_slice(cells);
        }
        let inverse = matrix.inverse().unwrap();
        for (row, column) in [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (2, 0)] {
            let product: f64 = (0..3).map(|place| matrix.at(row, place) * inverse.at(place, column)).sum();
            assert!((product - f64::from(u8::from(row == column))).abs() < 1e-12);
        }
        matrix.add(1, 1, -10.0);
        assert!(matrix.inverse().is_none(), "not positive definite");
    }
}
