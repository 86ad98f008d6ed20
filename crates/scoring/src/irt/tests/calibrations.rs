//! Parameters are found again from answers that they made.

use crate::irt::calibration::{Answer, CalibrationError, ItemPrior, Options, Person, Progress, calibrate};
use crate::irt::drift::Drift;
use crate::irt::{Draws, ItemParameters, Prior, marks};
use greenroom_domain::interview::Difficulty;
use std::ops::ControlFlow;

fn silent(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The category of somebody of ability `theta`.
fn category(item: &ItemParameters, theta: f64, draws: &mut Draws) -> u8 {
    let luck = draws.uniform();
    let mut sum = 0.0;
    for category in 0..item.categories() {
        sum += item.probability(category, theta);
        if luck < sum {
            return category as u8;
        }
    }
    item.categories() as u8 - 1
}

/// Everybody answers each item with this probability.
fn people(items: &[ItemParameters], count: usize, share: f64, draws: &mut Draws) -> Vec<Person> {
    let person = |_| {
        let theta = draws.normal();
        let mut answers = Vec::new();
        for (place, item) in items.iter().enumerate() {
            if draws.uniform() < share {
                answers.push(Answer { item: place as u32, category: category(item, theta, draws) });
            }
        }
        Person { prior: Prior::default(), answers }
    };
    (0..count).map(person).collect()
}

fn unknown(thresholds: Vec<f64>) -> ItemPrior {
    ItemPrior {
        parameters: ItemParameters::graded(1.0, thresholds).unwrap(),
        threshold_sd: 2.0,
        log_discrimination_sd: 0.5,
    }
}

fn rmse(errors: impl Iterator<Item = f64>) -> f64 {
    let errors: Vec<f64> = errors.collect();
    (errors.iter().map(|error| error * error).sum::<f64>() / errors.len() as f64).sqrt()
}

const LEARN: Options = Options { learn_priors: true, most_rounds: 500, tolerance: 5e-4 };

#[test]
fn items_that_are_right_or_wrong_are_found_again_with_honest_errors() {
    let mut draws = Draws::from_seed(11);
    let item = |_| ItemParameters::two_parameter(0.6 + 1.2 * draws.uniform(), draws.normal()).unwrap();
    let items: Vec<_> = (0..20).map(item).collect();
    let people = people(&items, 1000, 1.0, &mut draws);
    let found = calibrate(&vec![unknown(vec![0.0]); 20], &people, &LEARN, &mut silent).unwrap();
    assert!(found.converged && found.log_likelihood < 0.0);
    assert!(found.rounds < 20, "without leaps it takes longer: {}", found.rounds);
    let pairs = || found.items.iter().zip(&items);
    let a = rmse(pairs().map(|(f, i)| f.parameters.discrimination() - i.discrimination()));
    let b = rmse(pairs().map(|(f, i)| f.parameters.difficulty() - i.difficulty()));
    assert!(a < 0.12 && b < 0.13, "{a} {b}");
    let z = rmse(pairs().map(|(f, i)| (f.parameters.difficulty() - i.difficulty()) / f.difficulty_error));
    let z_a = rmse(
        pairs().map(|(f, i)| (f.parameters.discrimination() - i.discrimination()) / f.discrimination_error),
    );
    assert!((0.6..1.5).contains(&z) && (0.6..1.5).contains(&z_a), "errors as large as they say: {z} {z_a}");
}

#[test]
fn graded_items_are_found_again_with_answers_missing() {
    let mut draws = Draws::from_seed(12);
    let item = |_| {
        let (a, b) = (0.8 + 1.2 * draws.uniform(), draws.normal() / 2.0);
        ItemParameters::graded(a, vec![b - 1.2, b - 0.4, b + 0.4, b + 1.2]).unwrap()
    };
    let items: Vec<_> = (0..12).map(item).collect();
    let people = people(&items, 1000, 0.7, &mut draws);
    let start = vec![unknown(vec![-1.5, -0.5, 0.5, 1.5]); 12];
    let found = calibrate(&start, &people, &LEARN, &mut silent).unwrap();
    let pairs = || found.items.iter().zip(&items);
    let a = rmse(pairs().map(|(f, i)| f.parameters.discrimination() - i.discrimination()));
    let b = rmse(pairs().flat_map(|(f, i)| {
        f.parameters.thresholds().iter().zip(i.thresholds()).map(|(found, true_one)| found - true_one)
    }));
    assert!(a < 0.12 && b < 0.13, "{a} {b}");
    assert!(pairs().all(|(f, _)| (600..800).contains(&f.answers)));
}

#[test]
fn errors_shrink_with_the_root_of_the_number_of_people() {
    let mut draws = Draws::from_seed(13);
    let items = vec![ItemParameters::two_parameter(1.2, 0.0).unwrap(); 10];
    let mut error = |count| {
        let people = people(&items, count, 1.0, &mut draws);
        let found =
            calibrate(&vec![unknown(vec![0.0]); 10], &people, &Options::default(), &mut silent).unwrap();
        found.items.iter().map(|item| item.difficulty_error).sum::<f64>() / 10.0
    };
    let ratio = error(300) / error(1200);
    assert!((1.8..2.2).contains(&ratio), "{ratio}");
}

#[test]
fn few_answers_leave_a_question_near_its_level_and_many_overrule_it() {
    // Held to be of the intermediate level; nobody who answers it gets far.
    let prior = ItemPrior::of_author(marks::first_parameters(Difficulty::Intermediate));
    let after = |count| {
        let person = Person { prior: Prior::default(), answers: vec![Answer { item: 0, category: 0 }] };
        let found =
            calibrate(std::slice::from_ref(&prior), &vec![person; count], &Options::default(), &mut silent)
                .unwrap();
        (Drift::of(&prior.parameters, 0.0, &found.items[0]), found)
    };
    let ((few, _), (many, found)) = (after(2), after(200));
    assert!(few.moved > 0.05 && few.moved < 0.6 && !few.flagged, "{few:?}");
    assert!(many.moved > 1.0 && many.flagged, "{many:?}");
    assert!(found.items[0].parameters.thresholds().windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn people_of_different_levels_are_told_apart() {
    // The same share of right answers from strong people means a harder question.
    let of = |mean: f64| {
        let person = |index: u8| Person {
            prior: Prior::new(mean, 1.0),
            answers: vec![Answer { item: 0, category: index % 2 }],
        };
        let people: Vec<_> = (0..100).map(person).collect();
        let found = calibrate(&[unknown(vec![0.0])], &people, &Options::default(), &mut silent).unwrap();
        found.items[0].parameters.difficulty()
    };
    assert!((of(1.0) - of(-1.0) - 2.0).abs() < 0.2);
}

#[test]
fn a_change_that_is_sure_but_small_is_not_flagged() {
    let before = ItemParameters::two_parameter(1.0, 0.0).unwrap();
    let people: Vec<_> = (0..20_000_u32)
        .map(|index| Person {
            prior: Prior::default(),
            answers: vec![Answer { item: 0, category: u8::from(index % 100 < 52) }],
        })
        .collect();
    let found = calibrate(&[ItemPrior::of_author(before.clone())], &people, &Options::default(), &mut silent)
        .unwrap();
    let drift = Drift::of(&before, 0.0, &found.items[0]);
    assert!(drift.moved.abs() > 2.6 * drift.standard_error && !drift.flagged, "{drift:?}");
}

#[test]
fn it_tells_how_far_it_is_and_can_be_cancelled() {
    let mut draws = Draws::from_seed(14);
    let items = vec![ItemParameters::two_parameter(1.0, 0.5).unwrap(); 5];
    let people = people(&items, 50, 1.0, &mut draws);
    let start = vec![unknown(vec![0.0]); 5];
    let mut seen = Vec::new();
    calibrate(&start, &people, &Options::default(), &mut |progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen.iter().map(|p| p.round).collect::<Vec<_>>(), (1..=seen.len() as u32).collect::<Vec<_>>());
    assert_eq!(seen[seen.len() - 1].share, 1.0);
    let mut rounds = 0;
    let stopped = calibrate(&start, &people, &Options::default(), &mut |_| {
        rounds += 1;
        if rounds == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((stopped, rounds), (Err(CalibrationError::Cancelled), 2));
}

#[test]
fn data_that_cannot_be_is_refused() {
    let start = [unknown(vec![0.0])];
    let of = |answers: Vec<Answer>| {
        let people = [Person { prior: Prior::default(), answers }];
        calibrate(&start, &people, &Options::default(), &mut silent).unwrap_err()
    };
    let answer = |item, category| Answer { item, category };
    assert_eq!(of(vec![]), CalibrationError::NoAnswers);
    assert_eq!(of(vec![answer(1, 0)]), CalibrationError::UnknownCategory);
    assert_eq!(of(vec![answer(0, 2)]), CalibrationError::UnknownCategory);
    assert_eq!(of(vec![answer(0, 0), answer(0, 1)]), CalibrationError::AnsweredTwice);
}
