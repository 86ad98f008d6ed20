//! Percentiles of what was timed.

use std::time::Duration;

/// The time within which `share` (0..=1) of `sorted` came, ms. `sorted` is in ascending order and not empty.
pub fn within_ms(sorted: &[Duration], share: f64) -> f64 {
    let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
    sorted[place].as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_value_that_so_many_do_not_exceed() {
        let times: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|share| within_ms(&times, share)), [1.0, 50.0, 99.0, 100.0]);
        assert_eq!(within_ms(&times[..1], 0.99), 1.0);
    }
}
