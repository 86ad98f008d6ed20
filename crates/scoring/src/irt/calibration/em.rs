//! The rounds: what is expected of everybody, then the items that fit it best.

use super::maximise::{Pull, Working};
use super::standard_errors::standard_errors;
use super::{CalibratedItem, Calibration, CalibrationError, ItemPrior, Observer, Options, Person, Progress};
use crate::irt::model::ItemParameters;

/// Points of the quadrature, evenly spaced from -REACH to REACH.
const POINTS: usize = 49;
const REACH: f64 = 6.0;
/// Weight of what is usual when spreads are learned: so many items' worth.
const USUAL_ITEMS: f64 = 2.0;
/// Usual mean and standard deviation of the logarithm of discriminations.
const USUAL_LOG_A: (f64, f64) = (0.1, 0.4);

/// Everything that rounds need of the data.
pub(super) struct Work<'a> {
    pub people: &'a [Person],
    pub thetas: Vec<f64>,
    /// By person: the logarithm of the prior at every point. People with the same prior share it.
    priors: Vec<Vec<f64>>,
    prior_of: Vec<usize>,
    pub items: Vec<Working>,
    /// Where the rows of an item begin in tables by category.
    pub first: Vec<usize>,
    rows: usize,
}

/// Calibrates items by people's answers. Telling `observer` to break ends it with
/// [`CalibrationError::Cancelled`]. The work grows with the number of answers; no memory is kept for a person.
pub fn calibrate(
    items: &[ItemPrior],
    people: &[Person],
    options: &Options,
    observer: Observer<'_>,
) -> Result<Calibration, CalibrationError> {
    let answers = check(items, people)?;
    let mut work = Work::new(items, people);
    let mut pulls: Vec<Pull> = items.iter().map(pull_of).collect();
    let (mut change, mut round) = (f64::INFINITY, 0);
    let mut log_likelihood = 0.0;
    while round < options.most_rounds && change > options.tolerance {
        if options.learn_priors {
            learn(&mut pulls, &work.items, round);
        }
        let expected = work.expect(&mut log_likelihood);
        change = work.maximise(&expected, &pulls);
        round += 1;
        let share = if change > 0.0 { (change.ln() / options.tolerance.ln()).clamp(0.0, 1.0) } else { 1.0 };
        if observer(Progress { round, change, share }).is_break() {
            return Err(CalibrationError::Cancelled);
        }
    }
    work.expect(&mut log_likelihood);
    let errors = standard_errors(&work, &pulls);
    let items = work.items.iter().zip(errors).zip(answers).map(|((item, errors), answers)| {
        let a = item.log_a.exp();
        CalibratedItem {
            parameters: ItemParameters::graded(a, item.thresholds.clone())
                .expect("the search keeps to the range and order of parameters"),
            discrimination_error: a * errors.log_a,
            threshold_errors: errors.thresholds,
            difficulty_error: errors.difficulty,
            answers,
        }
    });
    let items = items.collect();
    Ok(Calibration { items, rounds: round, converged: change <= options.tolerance, log_likelihood })
}

/// Number of answers to each item, or what is wrong with the data.
fn check(items: &[ItemPrior], people: &[Person]) -> Result<Vec<u32>, CalibrationError> {
    let good = |sd: f64| sd > 0.0 && sd.is_finite();
    if !items.iter().all(|item| good(item.threshold_sd) && good(item.log_discrimination_sd)) {
        return Err(CalibrationError::BadPrior);
    }
    let mut answers = vec![0; items.len()];
    let mut last = vec![usize::MAX; items.len()];
    for (index, person) in people.iter().enumerate() {
        for answer in &person.answers {
            let item = answer.item as usize;
            let known =
                items.get(item).is_some_and(|i| usize::from(answer.category) < i.parameters.categories());
            if !known {
                return Err(CalibrationError::UnknownCategory);
            }
            if std::mem::replace(&mut last[item], index) == index {
                return Err(CalibrationError::AnsweredTwice);
            }
            answers[item] += 1;
        }
    }
    if answers.iter().all(|count| *count == 0) { Err(CalibrationError::NoAnswers) } else { Ok(answers) }
}

fn pull_of(item: &ItemPrior) -> Pull {
    let log_a = (item.parameters.discrimination().ln(), item.log_discrimination_sd);
    let thresholds = item.parameters.thresholds().iter().map(|b| (*b, item.threshold_sd)).collect();
    Pull { log_a, thresholds }
}

/// Mean and spread of the discriminations from all items together, with a little of what is usual. What is not
/// known of an item counts into the spread, or each round would pull the items closer together. Thresholds
/// keep their own priors: to pull them together would narrow the whole scale.
fn learn(pulls: &mut [Pull], items: &[Working], round: u32) {
    // The first rounds are far from anything that one could learn from.
    if round < 3 {
        return;
    }
    let log_a = spread(items.iter().map(|item| (item.log_a, item.variances[0])), USUAL_LOG_A);
    pulls.iter_mut().for_each(|pull| pull.log_a = log_a);
}

/// Mean and standard deviation of values of which each is known with a variance.
fn spread(values: impl Iterator<Item = (f64, f64)> + Clone, usual: (f64, f64)) -> (f64, f64) {
    let count = values.clone().count() as f64 + USUAL_ITEMS;
    let mean = (values.clone().map(|(value, _)| value).sum::<f64>() + USUAL_ITEMS * usual.0) / count;
    let squares: f64 = values.map(|(value, variance)| (value - mean).powi(2) + variance).sum();
    (mean, ((squares + USUAL_ITEMS * usual.1 * usual.1) / count).sqrt())
}

impl<'a> Work<'a> {
    fn new(items: &[ItemPrior], people: &'a [Person]) -> Self {
        let step = 2.0 * REACH / (POINTS as f64 - 1.0);
        let thetas: Vec<f64> = (0..POINTS).map(|point| -REACH + step * point as f64).collect();
        let (mut priors, mut kinds, mut prior_of) =
            (Vec::new(), Vec::new(), Vec::with_capacity(people.len()));
        for person in people {
            let place = kinds.iter().position(|kind| *kind == person.prior).unwrap_or_else(|| {
                let weigh =
                    |theta: &f64| (-0.5 * ((theta - person.prior.mean()) / person.prior.sd()).powi(2)).exp();
                let weights: Vec<f64> = thetas.iter().map(weigh).collect();
                let sum: f64 = weights.iter().sum();
                priors.push(weights.iter().map(|weight| (weight / sum).max(1e-300).ln()).collect());
                kinds.push(person.prior);
                kinds.len() - 1
            });
            prior_of.push(place);
        }
        let mut first = Vec::with_capacity(items.len());
        let mut rows = 0;
        for item in items {
            first.push(rows);
            rows += item.parameters.categories();
        }
        let working = |item: &ItemPrior| Working {
            log_a: item.parameters.discrimination().ln(),
            thresholds: item.parameters.thresholds().to_vec(),
            variances: Vec::new(),
        };
        Self { people, thetas, priors, prior_of, items: items.iter().map(working).collect(), first, rows }
    }

    /// The logarithm of the probability of every category of every item at every point, row after row.
    pub fn log_probabilities(&self) -> Vec<f64> {
        let mut table = vec![0.0; self.rows * POINTS];
        let mut probabilities = Vec::new();
        for (item, first) in self.items.iter().zip(&self.first) {
            probabilities.resize(item.size(), 0.0);
            for (point, theta) in self.thetas.iter().enumerate() {
                item.probabilities(*theta, &mut probabilities);
                for (category, probability) in probabilities.iter().enumerate() {
                    table[(first + category) * POINTS + point] = probability.ln();
                }
            }
        }
        table
    }

    /// What is thought possible of a person, into `posterior`; returns the logarithm of the likelihood.
    pub fn posterior(&self, person: usize, logs: &[f64], posterior: &mut [f64; POINTS]) -> f64 {
        posterior.copy_from_slice(&self.priors[self.prior_of[person]]);
        for answer in &self.people[person].answers {
            let row = self.first[answer.item as usize] + usize::from(answer.category);
            let logs: &[f64; POINTS] = row_of(logs, row);
            posterior.iter_mut().zip(logs).for_each(|(sum, log)| *sum += log);
        }
        let most = posterior.iter().fold(f64::MIN, |most, value| most.max(*value));
        let mut sum = 0.0;
        for value in posterior.iter_mut() {
            *value = (*value - most).exp();
            sum += *value;
        }
        posterior.iter_mut().for_each(|value| *value /= sum);
        most + sum.ln()
    }

    /// Expected number of answers by category and point, row after row.
    fn expect(&self, log_likelihood: &mut f64) -> Vec<f64> {
        let logs = self.log_probabilities();
        let mut expected = vec![0.0; self.rows * POINTS];
        let mut posterior = [0.0; POINTS];
        *log_likelihood = 0.0;
        for (index, person) in self.people.iter().enumerate() {
            *log_likelihood += self.posterior(index, &logs, &mut posterior);
            for answer in &person.answers {
                let row = self.first[answer.item as usize] + usize::from(answer.category);
                let cells = &mut expected[row * POINTS..(row + 1) * POINTS];
                cells.iter_mut().zip(&posterior).for_each(|(cell, weight)| *cell += weight);
            }
        }
        expected
    }

    /// One step for every item; returns the largest move.
    fn maximise(&mut self, expected: &[f64], pulls: &[Pull]) -> f64 {
        let mut largest = 0.0_f64;
        for ((item, first), pull) in self.items.iter_mut().zip(&self.first).zip(pulls) {
            let rows = &expected[first * POINTS..(first + item.size()) * POINTS];
            largest = largest.max(item.step(&self.thetas, rows, pull));
        }
        largest
    }
}

/// One row of a table.
fn row_of(table: &[f64], row: usize) -> &[f64; POINTS] {
    table[row * POINTS..].first_chunk().expect("the table has a whole number of rows")
}

/// A row of the quadrature.
pub(super) type PointRow = [f64; POINTS];

/// An empty row.
pub(super) const NO_POINTS: PointRow = [0.0; POINTS];
