//! Probabilities and information.

use crate::irt::bank::ItemBank;
use crate::irt::model::{BadItem, ItemParameters, logistic};
use crate::irt::{marks, quadrature};
use greenroom_domain::interview::Difficulty;
use proptest::prelude::*;
use rstest::rstest;

fn close(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

#[rstest]
#[case(0.5, -2.0)]
#[case(1.0, 0.0)]
#[case(2.5, 1.5)]
fn a_2pl_item_informs_most_at_its_difficulty(#[case] a: f64, #[case] b: f64) {
    let item = ItemParameters::two_parameter(a, b).unwrap();
    assert!(close(item.information(b), a * a / 4.0, 1e-12));
    assert!(
        item.information(b + 0.3) < item.information(b) && item.information(b - 0.3) < item.information(b)
    );
}

#[test]
fn two_categories_are_the_2pl_model() {
    let graded = ItemParameters::graded(1.4, vec![0.3]).unwrap();
    for theta in [-5.0, -1.0, 0.3, 2.0, 5.0] {
        let right = logistic(1.4 * (theta - 0.3));
        assert!(close(graded.probability(1, theta), right, 1e-15));
        assert!(close(graded.probability(0, theta), 1.0 - right, 1e-15));
        assert!(close(graded.information(theta), 1.4 * 1.4 * right * (1.0 - right), 1e-12));
    }
    assert_eq!(graded.probability(2, 0.0), 0.0, "there is no third category");
}

#[test]
fn more_categories_tell_more() {
    let coarse = ItemParameters::graded(1.2, vec![0.0]).unwrap();
    let fine = ItemParameters::graded(1.2, vec![-1.0, 0.0, 1.0]).unwrap();
    for theta in [-2.0, 0.0, 2.0] {
        assert!(fine.information(theta) > coarse.information(theta));
    }
}

#[rstest]
#[case(0.0, vec![0.0], BadItem::Discrimination)]
#[case(-1.0, vec![0.0], BadItem::Discrimination)]
#[case(f64::NAN, vec![0.0], BadItem::Discrimination)]
#[case(f64::INFINITY, vec![0.0], BadItem::Discrimination)]
#[case(1.0, vec![], BadItem::Categories)]
#[case(1.0, vec![f64::NAN], BadItem::Difficulty)]
#[case(1.0, vec![1.0, 1.0], BadItem::Order)]
#[case(1.0, vec![1.0, 0.0], BadItem::Order)]
fn parameters_that_cannot_be_are_refused(#[case] a: f64, #[case] b: Vec<f64>, #[case] why: BadItem) {
    assert_eq!(ItemParameters::graded(a, b), Err(why));
}

proptest! {
    #[test]
    fn probabilities_are_a_distribution_and_information_is_their_curvature(
        a in 0.2..3.0_f64, first in -3.0..1.0_f64, gaps in prop::collection::vec(0.05..1.5_f64, 0..5),
        theta in -5.0..5.0_f64,
    ) {
        let mut thresholds = vec![first];
        for gap in gaps { thresholds.push(thresholds[thresholds.len() - 1] + gap); }
        let item = ItemParameters::graded(a, thresholds).unwrap();
        let all = |at: f64| (0..item.categories()).map(|k| item.probability(k, at)).collect::<Vec<_>>();
        let here = all(theta);
        prop_assert!(here.iter().all(|p| *p > 0.0));
        prop_assert!(close(here.iter().sum(), 1.0, 1e-12));
        let (step, mut information) = (1e-5, 0.0);
        for ((p, above), below) in here.iter().zip(all(theta + step)).zip(all(theta - step)) {
            information += ((above - below) / (2.0 * step)).powi(2) / p;
        }
        prop_assert!(close(item.information(theta), information, 1e-6 * (1.0 + information)));
    }
}

#[test]
fn the_tables_say_what_the_formulas_say() {
    let items = vec![
        ItemParameters::two_parameter(1.7, 0.4).unwrap(),
        ItemParameters::graded(0.9, vec![-1.0, 0.2, 2.0]).unwrap(),
    ];
    let bank = ItemBank::new(items.clone());
    let mut table = Vec::new();
    for theta in [-5.97, -1.03, 0.0, 0.449, 5.99] {
        bank.information_at(theta, &mut table);
        for (item, at) in items.iter().zip(&table) {
            assert!(close(f64::from(*at), item.information(theta), 2e-3), "{theta}");
        }
    }
    assert!(close(bank.likelihood(1, 2)[70], items[1].probability(2, quadrature::theta(70)), 1e-15));
    bank.information_at(1e9, &mut table);
    assert!(close(f64::from(table[0]), items[0].information(6.0), 1e-3), "outside is taken as the end");
}

#[test]
fn marks_fall_into_five_categories() {
    let categories = [1.0, 2.9, 3.0, 4.9, 5.0, 6.4, 6.5, 7.9, 8.0, 10.0].map(marks::category_of_mark);
    assert_eq!(categories, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(Some));
    assert_eq!((marks::category_of_mark(f64::NAN), marks::category_of_share(1.0)), (None, Some(4)));
    assert_eq!(marks::category_of_share(0.0), Some(0));
    let item = marks::first_parameters(Difficulty::Advanced);
    assert_eq!((item.categories(), item.difficulty()), (marks::CATEGORIES, 1.0));
    let likely =
        |theta| (0..5).max_by(|a, b| item.probability(*a, theta).total_cmp(&item.probability(*b, theta)));
    assert_eq!(likely(1.0), Some(2), "as able as the question is hard: the middle category");
}
