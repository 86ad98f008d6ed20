//! Ability from answers.

use crate::irt::model::ItemParameters;
use crate::irt::{ItemBank, Posterior, Prior, Profile, marks};
use greenroom_domain::interview::Difficulty;
use greenroom_domain::resume::Seniority;

fn bank(count: usize) -> ItemBank {
    ItemBank::new(vec![ItemParameters::graded(1.5, marks::SPREAD.to_vec()).unwrap(); count])
}

fn after(bank: &ItemBank, categories: &[usize]) -> Posterior {
    let mut posterior = Posterior::new(Prior::default());
    categories.iter().for_each(|category| posterior.observe(bank, 0, *category));
    posterior
}

#[test]
fn better_answers_never_lower_the_estimate() {
    let bank = bank(1);
    let thetas: Vec<f64> = (0..5).map(|k| after(&bank, &[2, k]).ability().theta).collect();
    assert!(thetas.windows(2).all(|pair| pair[0] < pair[1]), "{thetas:?}");
    assert!(after(&bank, &[2, 2]).ability().theta.abs() < 1e-9, "the middle of an even item is no news");
}

#[test]
fn the_error_shrinks_with_the_root_of_the_number_of_answers() {
    // Right and wrong in turn: of a 2PL item the observed information is the expected one.
    let bank = ItemBank::new(vec![ItemParameters::two_parameter(1.5, 0.0).unwrap()]);
    let error = |count: usize| {
        after(&bank, &(0..count).map(|index| index % 2).collect::<Vec<_>>()).ability().standard_error
    };
    let ratio = error(100) / error(400);
    assert!((ratio - 2.0).abs() < 0.03, "{ratio}");
    for count in [20, 100, 400] {
        let expected = 1.0 / (1.0 + count as f64 * 1.5 * 1.5 / 4.0).sqrt();
        assert!((error(count) / expected - 1.0).abs() < 0.03, "{count}");
    }
}

#[test]
fn the_estimate_is_that_of_a_fine_grid() {
    // The integral by 20 000 points instead of 121.
    let bank = bank(1);
    let item = &bank.items()[0];
    let answers = [4, 3, 4, 0, 4];
    let (mut mass, mut first) = (0.0, 0.0);
    for index in 0..=20_000 {
        let theta = -10.0 + index as f64 / 1000.0;
        let likelihood: f64 = answers.iter().map(|k| item.probability(*k, theta)).product();
        let weight = (-0.5 * theta * theta).exp() * likelihood;
        mass += weight;
        first += weight * theta;
    }
    assert!((after(&bank, &answers).ability().theta - first / mass).abs() < 1e-6);
}

#[test]
fn an_unsure_judge_moves_the_estimate_less() {
    let bank = bank(1);
    let with = |weight| {
        let mut posterior = Posterior::new(Prior::default());
        posterior.observe_weighted(&bank, 0, 4, weight);
        posterior.ability()
    };
    assert!(with(0.0).theta.abs() < 1e-9 && with(0.0).answers == 1);
    assert!(with(0.5).theta > 0.1 && with(0.5).theta < with(1.0).theta);
    assert_eq!(with(1.0).theta, with(7.0).theta);
    assert!((with(1.0).theta - after(&bank, &[4]).ability().theta).abs() < 1e-12);
    assert!(with(f64::NAN).theta.abs() < 1e-9);
}

#[test]
fn a_thousand_answers_against_all_expectation_leave_numbers() {
    let bank = ItemBank::new(vec![ItemParameters::two_parameter(20.0, 20.0).unwrap()]);
    let mut posterior = Posterior::new(Prior::new(-3.0, 0.2));
    (0..1000).for_each(|_| posterior.observe(&bank, 0, 1));
    let ability = posterior.ability();
    assert!(ability.theta.is_finite() && ability.standard_error.is_finite() && ability.answers == 1000);
}

#[test]
fn level_and_resume_say_what_to_expect() {
    let mean = |level, seniority| marks::prior(level, seniority).mean();
    assert!(mean(Difficulty::Beginner, None) < mean(Difficulty::Intermediate, None));
    assert!(mean(Difficulty::Intermediate, Some(Seniority::Lead)) > mean(Difficulty::Intermediate, None));
    assert!(marks::prior(Difficulty::Advanced, Some(Seniority::Mid)).sd() < 1.0);
    assert_eq!(Prior::new(f64::NAN, f64::NAN), Prior::default());
    assert_eq!(marks::level_of(Posterior::new(Prior::new(0.9, 1.0)).ability().theta), Difficulty::Advanced);
    let above = Posterior::new(Prior::default()).probability_above(1.0);
    assert!((above - 0.1587).abs() < 0.002, "{above}");
}

#[test]
fn competencies_tell_of_each_other_but_less_than_of_themselves() {
    let bank = bank(1);
    let mut profile = Profile::new(Prior::default(), 0.5, ["a", "b"].map(str::to_owned));
    (0..3).for_each(|_| profile.observe(&bank, "a", 0, 4, 1.0));
    let (a, b) = (profile.ability("a").unwrap(), profile.ability("b").unwrap());
    assert!(a.theta > 1.0 && b.theta > 0.3 && b.theta < a.theta, "{a:?} {b:?}");
    assert!(b.standard_error < 1.0 && b.standard_error > a.standard_error);
    assert_eq!((a.answers, b.answers, profile.general().answers), (3, 0, 3));
    // With shared 1/2 and nothing of its own answered, b is expected half as far out as a is.
    assert!((b.theta / a.theta - 0.5).abs() < 0.01, "{}", b.theta / a.theta);
    assert!(profile.ability("c").is_none());
    profile.observe(&bank, "c", 0, 0, 1.0);
    assert!(profile.ability("c").unwrap().theta < b.theta);
    assert_eq!(profile.competencies().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn one_competency_alone_is_the_plain_estimate() {
    let bank = bank(1);
    let mut profile = Profile::new(Prior::default(), 0.5, ["a".to_owned()]);
    [3, 4].iter().for_each(|category| profile.observe(&bank, "a", 0, *category, 1.0));
    let (own, plain) = (profile.ability("a").unwrap(), after(&bank, &[3, 4]).ability());
    assert!(
        (own.theta - plain.theta).abs() < 1e-3 && (own.standard_error - plain.standard_error).abs() < 1e-3
    );
}
