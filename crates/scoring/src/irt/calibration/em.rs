//! The rounds: what is expected of everybody, then the items that fit it best.

use super::acceleration::Pace;
use super::maximise::{LEAST, Pull, Working};
use super::standard_errors::standard_errors;
use super::{
    Answer, CalibratedItem, Calibration, CalibrationError, ItemPrior, Observer, Options, Person, Progress,
};
use crate::irt::estimate::Prior;
use crate::irt::model::ItemParameters;
use std::ops::Range;

/// Points of the quadrature, evenly spaced from -REACH to REACH.
const POINTS: usize = 49;
const REACH: f64 = 6.0;
/// Answers whose probabilities are multiplied before the product is brought back to 1.
const ANSWERS_AT_ONCE: usize = 8;
/// Share of a posterior at a point that is not worth counting. Answers to come can raise it a good deal.
const NEGLIGIBLE: f64 = 1e-16;
/// Weight of what is usual when spreads are learned: so many items' worth.
const USUAL_ITEMS: f64 = 2.0;
/// Usual mean and standard deviation of the logarithm of discriminations.
const USUAL_LOG_A: (f64, f64) = (0.1, 0.4);

/// Everything that rounds need of the data.
pub(super) struct Work<'a> {
    pub people: &'a [Person],
    pub thetas: PointRow,
    /// Priors at every point, each summing to 1. People with the same prior share it.
    priors: Vec<PointRow>,
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
    let mut pace = Pace::default();
    while round < options.most_rounds && change > options.tolerance {
        if options.learn_priors {
            learn(&mut pulls, &work.items, round);
        }
        change = work.round(&pulls);
        round += 1;
        let share = if change > 0.0 { (change.ln() / options.tolerance.ln()).clamp(0.0, 1.0) } else { 1.0 };
        if observer(Progress { round, change, share }).is_break() {
            return Err(CalibrationError::Cancelled);
        }
        if change > options.tolerance {
            pace.leap(&mut work.items);
        }
    }
    let (_, log_likelihood) = work.expect();
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
        let thetas: PointRow = std::array::from_fn(|point| -REACH + step * point as f64);
        let (mut priors, mut kinds, mut prior_of) =
            (Vec::new(), Vec::new(), Vec::with_capacity(people.len()));
        for person in people {
            let place = kinds.iter().position(|kind| *kind == person.prior).unwrap_or_else(|| {
                priors.push(prior_row(&thetas, person.prior));
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

    /// The probability of every category of every item at every point, row after row.
    pub fn probabilities(&self) -> Vec<PointRow> {
        let mut table = vec![NO_POINTS; self.rows];
        let mut probabilities = Vec::new();
        for (item, first) in self.items.iter().zip(&self.first) {
            probabilities.resize(item.size(), 0.0);
            for (point, theta) in self.thetas.iter().enumerate() {
                item.probabilities(*theta, &mut probabilities);
                for (category, probability) in probabilities.iter().enumerate() {
                    table[first + category][point] = *probability;
                }
            }
        }
        table
    }

    /// The row of one answer in tables by category.
    fn row(&self, answer: &Answer) -> usize {
        self.first[answer.item as usize] + usize::from(answer.category)
    }

    /// What is thought possible of a person, into `posterior`: nothing outside the points that are returned, with
    /// the logarithm of the likelihood.
    pub fn posterior(
        &self,
        person: usize,
        table: &[PointRow],
        posterior: &mut PointRow,
    ) -> (Range<usize>, f64) {
        *posterior = self.priors[self.prior_of[person]];
        let (mut within, mut log_likelihood) = (0..POINTS, 0.0);
        // A product of a few probabilities is no smaller than a number can be; then it is brought back to 1.
        for answers in self.people[person].answers.chunks(ANSWERS_AT_ONCE) {
            let weights = &mut posterior[within.clone()];
            for answer in answers {
                let likelihood = &table[self.row(answer)][within.clone()];
                weights.iter_mut().zip(likelihood).for_each(|(weight, likelihood)| *weight *= likelihood);
            }
            let sum: f64 = weights.iter().sum();
            log_likelihood += sum.ln();
            let share = 1.0 / sum;
            weights.iter_mut().for_each(|weight| *weight *= share);
            narrow(posterior, &mut within);
        }
        (within, log_likelihood)
    }

    /// Expected number of answers by category and point, row after row, and the logarithm of the likelihood.
    fn expect(&self) -> (Vec<PointRow>, f64) {
        let table = self.probabilities();
        let mut expected = vec![NO_POINTS; self.rows];
        let (mut posterior, mut log_likelihood) = (NO_POINTS, 0.0);
        for (index, person) in self.people.iter().enumerate() {
            let (within, log) = self.posterior(index, &table, &mut posterior);
            log_likelihood += log;
            for answer in &person.answers {
                let cells = expected[self.row(answer)][within.clone()].iter_mut();
                cells.zip(&posterior[within.clone()]).for_each(|(cell, weight)| *cell += weight);
            }
        }
        (expected, log_likelihood)
    }

    /// One round: what is expected, then one step for every item. Returns the largest move.
    fn round(&mut self, pulls: &[Pull]) -> f64 {
        let (expected, _) = self.expect();
        let mut largest = 0.0_f64;
        for ((item, first), pull) in self.items.iter_mut().zip(&self.first).zip(pulls) {
            let rows = &expected[*first..first + item.size()];
            largest = largest.max(item.step(&self.thetas, rows, pull));
        }
        largest
    }
}

/// Takes points away from both ends where next to nothing is left.
fn narrow(posterior: &mut PointRow, within: &mut Range<usize>) {
    while within.len() > 1 && posterior[within.start] < NEGLIGIBLE {
        posterior[within.start] = 0.0;
        within.start += 1;
    }
    while within.len() > 1 && posterior[within.end - 1] < NEGLIGIBLE {
        within.end -= 1;
        posterior[within.end] = 0.0;
    }
}

fn prior_row(thetas: &[f64; POINTS], prior: Prior) -> PointRow {
    let mut row = thetas.map(|theta| (-0.5 * ((theta - prior.mean()) / prior.sd()).powi(2)).exp());
    let sum: f64 = row.iter().sum();
    row.iter_mut().for_each(|weight| *weight = (*weight / sum).max(LEAST));
    row
}

/// A row of the quadrature.
pub(super) type PointRow = [f64; POINTS];

/// An empty row.
pub(super) const NO_POINTS: PointRow = [0.0; POINTS];
