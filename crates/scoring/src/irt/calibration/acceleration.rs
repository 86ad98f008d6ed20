//! Leaps between rounds: EM walks slowly where answers tell little.
//!
//! The squared extrapolation of Varadhan & Roland (2008), "Simple and globally convergent methods for
//! accelerating the convergence of any EM algorithm", Scandinavian Journal of Statistics 35(2), scheme S3.
//! After a leap two rounds walk as always before the next one, so that a leap too far is walked back.

use super::maximise::Working;

/// Farthest that a leap goes, in lengths of the last move.
const FARTHEST: f64 = 16.0;

/// The places of the last rounds.
#[derive(Default)]
pub struct Pace {
    places: Vec<Vec<f64>>,
}

impl Pace {
    /// Remembers where `items` are; every third time they leap ahead.
    pub fn leap(&mut self, items: &mut [Working]) {
        self.places.push(items.iter().flat_map(Working::values).collect());
        let [before, between, now] = self.places.as_slice() else { return };
        let moves = before.iter().zip(between).zip(now).map(|((a, b), c)| (b - a, (c - b) - (b - a)));
        let (mut first, mut bend) = (0.0, 0.0);
        for (first_move, bent) in moves.clone() {
            first += first_move * first_move;
            bend += bent * bent;
        }
        if bend > 0.0 {
            let length = (first / bend).sqrt().clamp(1.0, FARTHEST);
            let to: Vec<f64> = before
                .iter()
                .zip(moves)
                .map(|(start, (first_move, bent))| start + 2.0 * length * first_move + length * length * bent)
                .collect();
            let mut rest = to.as_slice();
            for item in items {
                let (own, others) = rest.split_at(item.size());
                item.go(own);
                rest = others;
            }
        }
        self.places.clear();
    }
}
