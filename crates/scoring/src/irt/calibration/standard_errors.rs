//! Standard errors from the observed information.
//!
//! Louis (1982), "Finding the observed information matrix when using the EM algorithm", Journal of the Royal
//! Statistical Society B 44(2): what would be known if abilities were known, less what not knowing them hides.
//! Here the first part is taken in expectation over answers, as scoring does.

use super::em::{NO_POINTS, PointRow, Work};
use super::linear::Square;
use super::maximise::Pull;

/// With more parameters than this each item is taken by itself: the matrix of all would take too long, and with
/// that many items what they hide from each other is little.
const MOST_TOGETHER: usize = 600;

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
        let (mut first, mut rows) = (Vec::new(), Vec::new());
        for item in &work.items {
            first.push(rows.len());
            let start = rows.len();
            let size = item.size();
            rows.resize(start + size * size, NO_POINTS);
            for (point, theta) in work.thetas.iter().enumerate() {
                for (category, scores) in item.slopes(*theta).score.iter().enumerate() {
                    for (parameter, score) in scores.iter().enumerate() {
                        rows[start + category * size + parameter][point] = *score;
                    }
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
    let logs = work.log_probabilities();
    let (mut posterior, mut hidden) = (NO_POINTS, Hidden::default());
    for (index, person) in work.people.iter().enumerate() {
        if !person.answers.iter().any(|answer| offsets[answer.item as usize].is_some()) {
            continue;
        }
        work.posterior(index, &logs, &mut posterior);
        hidden.begin(&posterior);
        for answer in &person.answers {
            let item = answer.item as usize;
            let Some(offset) = offsets[item] else { continue };
            asked[item].iter_mut().zip(&posterior).for_each(|(sum, weight)| *sum += weight);
            let rows = scores.of(item, usize::from(answer.category), work.items[item].size());
            rows.iter().enumerate().for_each(|(parameter, row)| hidden.add(offset + parameter, row));
        }
        hidden.take_from(&mut information);
    }
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
    for (theta, people) in work.thetas.iter().zip(asked) {
        let slopes = work.items[place].slopes(*theta);
        for (probability, scores) in slopes.probability.iter().zip(&slopes.score) {
            for (i, a) in scores.iter().enumerate() {
                for (j, b) in scores[..=i].iter().enumerate() {
                    into.add(offset + i, offset + j, people * probability * a * b);
                }
            }
        }
    }
}

/// What not knowing one person's ability hides: the covariance of the scores over what is thought possible.
#[derive(Default)]
struct Hidden {
    /// Points that matter, with the root of their weight.
    points: Vec<(usize, f64)>,
    /// Parameters with their scores, centred and weighted by the roots, at the points.
    rows: Vec<(usize, Vec<f64>)>,
    used: usize,
}

impl Hidden {
    fn begin(&mut self, posterior: &PointRow) {
        self.points.clear();
        let matters = posterior.iter().enumerate().filter(|(_, weight)| **weight > 1e-7);
        self.points.extend(matters.map(|(point, weight)| (point, weight.sqrt())));
        self.used = 0;
    }

    fn add(&mut self, parameter: usize, scores: &PointRow) {
        if self.used == self.rows.len() {
            self.rows.push((0, Vec::new()));
        }
        let (place, row) = &mut self.rows[self.used];
        self.used += 1;
        *place = parameter;
        let mean: f64 = self.points.iter().map(|(point, root)| root * root * scores[*point]).sum();
        row.clear();
        row.extend(self.points.iter().map(|(point, root)| root * (scores[*point] - mean)));
    }

    fn take_from(&self, information: &mut Square) {
        for (index, (i, a)) in self.rows[..self.used].iter().enumerate() {
            for (j, b) in &self.rows[..=index] {
                let covariance: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                information.add(*i.max(j), *i.min(j), -covariance);
            }
        }
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
