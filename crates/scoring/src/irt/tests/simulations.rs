//! Simulated interviews reach the precision that theory promises.

use crate::irt::ItemBank;
use crate::irt::selection::Constraints;
use crate::irt::simulate::{Luck, constrained, lengths, sample_items, sample_thetas, unconstrained};

#[test]
fn errors_fall_and_intervals_hold() {
    let bank = ItemBank::new(sample_items(500, 3));
    let outcome = unconstrained(&bank, &sample_thetas(400, 3), Luck::Drawn(3));
    for (length, most) in [(10, 0.38), (15, 0.33), (20, 0.29), (30, 0.24)] {
        assert!(outcome.rmse[&length] < most, "{length}: {}", outcome.rmse[&length]);
        assert!((0.92..0.98).contains(&outcome.coverage[&length]), "{length}: {}", outcome.coverage[&length]);
        assert!(outcome.bias[&length].abs() < 0.06);
    }
    assert_eq!(outcome.steps, 30 * 400);
    assert_eq!(outcome.most_exposed, 1.0, "everybody begins with the same question");
}

#[test]
fn constraints_spread_questions_and_cost_little() {
    let bank = ItemBank::new(sample_items(500, 4));
    let thetas = sample_thetas(400, 4);
    let free = unconstrained(&bank, &thetas, Luck::Drawn(4));
    let bound = constrained(&bank, &thetas, Luck::Drawn(4), &Constraints::default(), 4);
    assert!(bound.most_exposed < 0.46, "{}", bound.most_exposed);
    for length in [10, 20, 30] {
        assert!(bound.rmse[&length] < 1.15 * free.rmse[&length], "{length}: {bound:?} {free:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let bank = ItemBank::new(sample_items(60, 5));
    let play =
        |seed| constrained(&bank, &sample_thetas(30, 5), Luck::Drawn(seed), &Constraints::default(), seed);
    assert_eq!(play(1), play(1));
    assert_ne!(play(1), play(2));
}

#[test]
fn given_luck_decides_the_answers() {
    let bank = ItemBank::new(sample_items(5, 1));
    let lucky = unconstrained(&bank, &[0.0], Luck::Given(&[0.0; 5]));
    let unlucky = unconstrained(&bank, &[0.0], Luck::Given(&[0.999_999; 5]));
    assert!(lucky.bias[&5] > 0.5 && unlucky.bias[&5] < -0.5);
}

#[test]
fn a_small_bank_is_asked_whole() {
    assert_eq!((lengths(3), lengths(17), lengths(500)), (vec![3], vec![5, 10, 15], vec![5, 10, 15, 20, 30]));
}
