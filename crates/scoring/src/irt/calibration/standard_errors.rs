//! Standard errors from the observed information.
//!
//! Louis (1982), "Finding the observed information matrix when using the EM algorithm", Journal of the Royal
//! Statistical Society B 44(2): what would be known if abilities were known, less what not knowing them hides.
//! Here the first part is taken in expectation over answers, as scoring does.

use super::em::{NO_POINTS, PointRow, Work};
use super::linear::Square;
use super::maximise::{Pull, Slopes};

/// With more parameters than this each item is taken by itself: the matrix of all would take too long, and with
/// that many items what they hide from each other is little.
const MOST_TOGETHER: usize = 600;
/// Weight of a point in what is thought possible of a person, below which it is left out.
const MATTERS: f64 = 1e-4;
/// Columns of scores that are added at once: each number of the sum is then fetched once for all of them.
const TOGETHER: usize = 4;

/// Standard errors of one item.
pub struct Errors {
    pub log_a: f64,
    pub thresholds: Vec<f64>,
    /// Of the mean of the thresholds.
    pub difficulty: f64,
}

/// Errors of all items of `work`, whose search has ended.
pub fn standard_errors(work: &Work<'_>, pulls: &[Pull]) -> Vec<Errors> {
    let scores = Scores::new(work);
    let all: Vec<usize> = (0..work.items.len()).collect();
    let parameters: usize = work.items.iter().map(|item| item.size()).sum();
    if parameters <= MOST_TOGETHER {
        let inverse = observed(work, pulls, &scores, &all).inverse();
        if let Some(inverse) = inverse {
            return split(work, &all, &inverse);
        }
    }
    let alone = |place: usize| {
        let block = observed(work, pulls, &scores, &[place]);
        let inverse = block.inverse().unwrap_or_else(|| prior_only(&pulls[place]));
        split(work, &[place], &inverse)
    };
    all.into_iter().flat_map(alone).collect()
}

/// Derivatives of the logarithms of all probabilities, at every point.
struct Scores {
    /// Where an item's rows begin: category after category, in each one row a parameter.
    first: Vec<usize>,
    rows: Vec<PointRow>,
}

impl Scores {
    fn new(work: &Work<'_>) -> Self {
        let (mut first, mut rows, mut slopes) = (Vec::new(), Vec::new(), Slopes::default());
        for item in &work.items {
            first.push(rows.len());
            let start = rows.len();
            let size = item.size();
            rows.resize(start + size * size, NO_POINTS);
            for (point, theta) in work.thetas.iter().enumerate() {
                item.slopes(*theta, &mut slopes);
                for (row, score) in slopes.score.iter().enumerate() {
                    rows[start + row][point] = *score;
                }
            }
        }
        Self { first, rows }
    }

    /// The rows of one answer, one a parameter.
    fn of(&self, item: usize, category: usize, size: usize) -> &[PointRow] {
        let start = self.first[item] + category * size;
        &self.rows[start..start + size]
    }
}

/// The information that all people's answers hold on the parameters of the items at `places`, with that of
/// the priors. Only the lower triangle is filled.
fn observed(work: &Work<'_>, pulls: &[Pull], scores: &Scores, places: &[usize]) -> Square {
    let mut offsets = vec![None; work.items.len()];
    let mut size = 0;
    for place in places {
        offsets[*place] = Some(size);
        size += work.items[*place].size();
    }
    let mut information = Square::zeros(size);
    let mut asked = vec![NO_POINTS; work.items.len()];
    let table = work.probabilities();
    let (mut posterior, mut hidden, mut rows) = (NO_POINTS, Hidden::default(), Vec::new());
    for (index, person) in work.people.iter().enumerate() {
        if !person.answers.iter().any(|answer| offsets[answer.item as usize].is_some()) {
            continue;
        }
        work.posterior(index, &table, &mut posterior);
        rows.clear();
        for answer in &person.answers {
            let item = answer.item as usize;
            let Some(offset) = offsets[item] else { continue };
            asked[item].iter_mut().zip(&posterior).for_each(|(sum, weight)| *sum += weight);
            rows.push((offset, scores.of(item, usize::from(answer.category), work.items[item].size())));
        }
        hidden.person(&posterior, &rows, &mut information);
    }
    hidden.flush(&mut information);
    for place in places {
        let offset = offsets[*place].unwrap_or_default();
        complete(work, *place, &asked[*place], offset, &mut information);
        for (parameter, (_, sd)) in pulls[*place].all().enumerate() {
            information.add(offset + parameter, offset + parameter, 1.0 / (sd * sd));
        }
    }
    information
}

/// What would be known of an item if abilities were known: Fisher information, by how many people are thought
/// to be where.
fn complete(work: &Work<'_>, place: usize, asked: &PointRow, offset: usize, into: &mut Square) {
    let (item, mut slopes) = (&work.items[place], Slopes::default());
    for (theta, people) in work.thetas.iter().zip(asked) {
        item.slopes(*theta, &mut slopes);
        for (probability, scores) in slopes.probability.iter().zip(slopes.score.chunks_exact(item.size())) {
            for (i, a) in scores.iter().enumerate() {
                for (j, b) in scores[..=i].iter().enumerate() {
                    into.add(offset + i, offset + j, people * probability * a * b);
                }
            }
        }
    }
}

/// What not knowing abilities hides: the covariance of a person's scores over what is thought possible, summed
/// over people as long as they answered the same questions.
#[derive(Default)]
struct Hidden {
    /// Parameters that the person's answers tell of, in the order of the answers.
    parameters: Vec<usize>,
    /// Those of the people before, and the sum of their covariances.
    gathered: Vec<usize>,
    sum: Vec<f64>,
    /// Scores at one point, centred and weighted, column after column; added to the sum some at a time.
    columns: Vec<f64>,
    mean: Vec<f64>,
}

impl Hidden {
    /// Takes in one person: the rows of scores of each answer with the first parameter of its item.
    fn person(&mut self, posterior: &PointRow, answers: &[(usize, &[PointRow])], into: &mut Square) {
        self.parameters.clear();
        self.parameters.extend(answers.iter().flat_map(|(first, rows)| *first..first + rows.len()));
        if self.parameters != self.gathered {
            self.flush(into);
            self.gathered.clone_from(&self.parameters);
            self.sum.resize(self.gathered.len() * self.gathered.len(), 0.0);
        }
        let rows = || answers.iter().flat_map(|(_, rows)| rows.iter());
        let dot =
            |row: &PointRow| row.iter().zip(posterior).map(|(score, weight)| score * weight).sum::<f64>();
        self.mean.clear();
        self.mean.extend(rows().map(dot));
        for (point, weight) in posterior.iter().enumerate().filter(|(_, weight)| **weight > MATTERS) {
            let root = weight.sqrt();
            self.columns.extend(rows().zip(&self.mean).map(|(row, mean)| root * (row[point] - mean)));
            if self.columns.len() == TOGETHER * self.gathered.len() {
                self.add_columns();
            }
        }
    }

    fn add_columns(&mut self) {
        let size = self.gathered.len();
        self.columns.resize(TOGETHER * size, 0.0);
        let (ab, cd) = self.columns.split_at(2 * size);
        let ((a, b), (c, d)) = (ab.split_at(size), cd.split_at(size));
        for i in 0..size {
            let cells = &mut self.sum[i * size..i * size + i + 1];
            let others = a.iter().zip(b).zip(c).zip(d);
            for (cell, (((oa, ob), oc), od)) in cells.iter_mut().zip(others) {
                *cell += a[i] * oa + b[i] * ob + c[i] * oc + d[i] * od;
            }
        }
        self.columns.clear();
    }

    /// Takes what was gathered off the information.
    fn flush(&mut self, information: &mut Square) {
        self.add_columns();
        let size = self.gathered.len();
        for (i, row) in self.gathered.iter().enumerate() {
            for (j, column) in self.gathered[..=i].iter().enumerate() {
                information.add(*row.max(column), *row.min(column), -self.sum[i * size + j]);
            }
        }
        self.sum.clear();
    }
}

/// The errors of each item from the covariances of all of them.
fn split(work: &Work<'_>, places: &[usize], covariances: &Square) -> Vec<Errors> {
    let mut offset = 0;
    let mut errors = Vec::with_capacity(places.len());
    for place in places {
        let size = work.items[*place].size();
        let root = |parameter: usize| covariances.at(offset + parameter, offset + parameter).max(0.0).sqrt();
        let thresholds = offset + 1..offset + size;
        let sum: f64 = thresholds
            .clone()
            .flat_map(|i| thresholds.clone().map(move |j| (i, j)))
            .map(|(i, j)| covariances.at(i, j))
            .sum();
        errors.push(Errors {
            log_a: root(0),
            thresholds: (1..size).map(root).collect(),
            difficulty: sum.max(0.0).sqrt() / (size - 1) as f64,
        });
        offset += size;
    }
    errors
}

fn prior_only(pull: &Pull) -> Square {
    let spreads: Vec<f64> = pull.all().map(|(_, sd)| sd * sd).collect();
    let mut covariances = Square::zeros(spreads.len());
    spreads.iter().enumerate().for_each(|(place, variance)| covariances.add(place, place, *variance));
    covariances
}

#[cfg(test)]
mod tests {
    use super::super::linear::Square;
    use super::super::{Answer, ItemPrior, Options, Person, calibrate};
    use crate::irt::{Draws, ItemParameters, Prior};
    use std::ops::ControlFlow;

    const FLAT: f64 = 1e3;

    fn items(values: &[f64]) -> Vec<ItemPrior> {
        let item = |pair: &[f64]| ItemPrior {
            parameters: ItemParameters::two_parameter(pair[0].exp(), pair[1]).unwrap(),
            threshold_sd: FLAT,
            log_discrimination_sd: FLAT,
        };
        values.chunks(2).map(item).collect()
    }

    /// Against the curvature of the likelihood by differences. With four items much is hidden, so that errors
    /// that took abilities for known would be far too small.
    #[test]
    fn the_errors_are_those_of_the_curvature() {
        let mut draws = Draws::from_seed(21);
        let truth = items(&[0.3, -0.5, 0.0, 0.0, 0.4, 0.4, 0.2, 0.8]);
        let people: Vec<Person> = (0..1500)
            .map(|_| {
                let theta = draws.normal();
                let answers = truth.iter().zip(0..).map(|(item, place)| {
                    let right = draws.uniform() < item.parameters.probability(1, theta);
                    Answer { item: place, category: u8::from(right) }
                });
                Person { prior: Prior::default(), answers: answers.collect() }
            })
            .collect();
        let run = |start: &[f64], most_rounds| {
            let options = Options { most_rounds, tolerance: 1e-5, ..Options::default() };
            calibrate(&items(start), &people, &options, &mut |_| ControlFlow::Continue(())).unwrap()
        };
        let found = run(&[0.0; 8], 500);
        let best: Vec<f64> = found
            .items
            .iter()
            .flat_map(|item| [item.parameters.discrimination().ln(), item.parameters.difficulty()])
            .collect();
        let at = |i: usize, by_i: f64, j: usize, by_j: f64| {
            let mut place = best.clone();
            place[i] += by_i;
            place[j] += by_j;
            run(&place, 0).log_likelihood
        };
        let (step, mut curvature) = (0.02, Square::zeros(8));
        for i in 0..8 {
            for j in 0..=i {
                let corners = at(i, step, j, step) - at(i, step, j, -step) - at(i, -step, j, step)
                    + at(i, -step, j, -step);
                curvature.add(i, j, -corners / (4.0 * step * step));
            }
        }
        let covariances = curvature.inverse().unwrap();
        for (place, item) in found.items.iter().enumerate() {
            let error = |parameter: usize| covariances.at(parameter, parameter).sqrt();
            let log_a = item.discrimination_error / item.parameters.discrimination();
            assert!((log_a / error(2 * place) - 1.0).abs() < 0.1, "{place}: {log_a} {}", error(2 * place));
            let b = item.difficulty_error;
            assert!((b / error(2 * place + 1) - 1.0).abs() < 0.1, "{place}: {b} {}", error(2 * place + 1));
        }
    }
}
