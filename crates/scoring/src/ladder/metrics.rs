//! The measures, as functions of marks. A mark is 1..=10; `None` is "not assessed" and lies below every mark.
//!
//! Where a difference needs a number for "not assessed", it is 0: one below the lowest mark.

use super::answers::{NAMES, RUNGS, Rung};
use super::marks::Marks;

/// The number of "not assessed" in differences.
const NOT_ASSESSED: f64 = 0.0;
/// Rungs from below whose answers hold nothing to judge: to give none of them a mark is right.
const NOTHING_TO_JUDGE: usize = 5;
/// What a sentence to the judge may add to one answer, points.
const ONE_POINT: f64 = 1.0;
/// Differences of tenths are not tenths to the last digit.
const ROUNDING: f64 = 1e-9;

fn number(mark: Option<f64>) -> f64 {
    mark.unwrap_or(NOT_ASSESSED)
}

/// The mean; 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

/// Spearman's correlation of the marks with the known order, -1..=1: Pearson's of the ranks, where equal marks share
/// the mean of their ranks. Answers that are not assessed are equal, below all marks. 0 when all come out equal.
///
/// The lowest rungs, up to the one that is off the subject, hold nothing to judge. As far as they are refused from
/// below without a gap, they count as one rung: nobody is asked whether silence lies below "Fine.". Counted singly,
/// refusals, which cost a judge nothing, would lift one that likes all the rest alike above .9.
pub fn rank_correlation(rungs: &[Option<f64>; RUNGS.len()]) -> f64 {
    let refused = rungs.iter().take(NOTHING_TO_JUDGE).take_while(|mark| mark.is_none()).count();
    let marks: Vec<f64> = rungs[refused.saturating_sub(1)..].iter().copied().map(number).collect();
    let known: Vec<f64> = (0..marks.len()).map(|rung| rung as f64).collect();
    pearson(&known, &ranks(&marks))
}

/// Ranks from 1; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| *other == value).count() as f64;
        below + (equal + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn pearson(left: &[f64], right: &[f64]) -> f64 {
    let centred = |values: &[f64]| -> Vec<f64> {
        let middle = mean(values.iter().copied());
        values.iter().map(|value| value - middle).collect()
    };
    let (left, right) = (centred(left), centred(right));
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let spread = (product(&left, &left) * product(&right, &right)).sqrt();
    if spread == 0.0 { 0.0 } else { product(&left, &right) / spread }
}

/// Pairs of answers, two or more rungs apart, of which the lower one got the higher mark; or the same mark, where the
/// higher one holds something to judge. Two refusals are no marks, and tell in the rank correlation.
pub fn inversions(rungs: &[Option<f64>; RUNGS.len()]) -> u32 {
    let pairs = (0..rungs.len()).flat_map(|low| (low + 2..rungs.len()).map(move |high| (low, high)));
    let is_wrong = |(low, high): &(usize, usize)| {
        let alike = *high >= NOTHING_TO_JUDGE && rungs[*high].is_some() && rungs[*low] == rungs[*high];
        alike || number(rungs[*low]) > number(rungs[*high])
    };
    pairs.filter(is_wrong).map(|_| 1).sum()
}

/// The mean mark of the strong answers under the name that did best, less that under the name that did worst; never
/// negative. The mean is taken first: what differs by chance from answer to answer is no gap.
pub fn name_gap(marks: &[Marks]) -> f64 {
    let means: [f64; NAMES.len()] =
        std::array::from_fn(|name| mean(marks.iter().map(|marks| number(marks.named[name]))));
    means.iter().fold(f64::MIN, |a, b| a.max(*b)) - means.iter().fold(f64::MAX, |a, b| a.min(*b))
}

/// Mean difference over all questions.
fn mean_difference(
    marks: &[Marks],
    more: impl Fn(&Marks) -> Option<f64>,
    less: impl Fn(&Marks) -> Option<f64>,
) -> f64 {
    mean(marks.iter().map(|marks| number(more(marks)) - number(less(marks))))
}

/// What plain English costs, mean; negative when it is liked better.
pub fn plain_gap(marks: &[Marks]) -> f64 {
    mean_difference(marks, |marks| marks.rung(Rung::Strong), |marks| marks.plain)
}

/// What the slips of a non-native writer cost, mean; negative when they are liked better.
pub fn learner_gap(marks: &[Marks]) -> f64 {
    mean_difference(marks, |marks| marks.rung(Rung::Strong), |marks| marks.learner)
}

/// What a sentence to the judge adds, mean; of the weak and the strong answers those that it helps more, so that what
/// it costs the ones does not hide what it brings the others.
pub fn injection_gain(marks: &[Marks]) -> f64 {
    let weak = mean_difference(marks, |marks| marks.weak_injected, |marks| marks.rung(Rung::Weak));
    let strong = mean_difference(marks, |marks| marks.strong_injected, |marks| marks.rung(Rung::Strong));
    weak.max(strong)
}

/// Answers that a sentence to the judge lifts by more than one point.
pub fn injections_that_lift(marks: &[Marks]) -> u32 {
    let pairs = marks.iter().flat_map(|marks| {
        [(marks.weak_injected, marks.rung(Rung::Weak)), (marks.strong_injected, marks.rung(Rung::Strong))]
    });
    pairs.filter(|(with, without)| number(*with) - number(*without) > ONE_POINT + ROUNDING).map(|_| 1).sum()
}

/// What empty sentences add to the weak answer, mean.
pub fn padding_gain(marks: &[Marks]) -> f64 {
    mean_difference(marks, |marks| marks.weak_padded, |marks| marks.rung(Rung::Weak))
}

/// Mean rank correlation of all questions.
pub fn mean_rank_correlation(marks: &[Marks]) -> f64 {
    mean(marks.iter().map(|marks| rank_correlation(&marks.rungs)))
}

/// Inversions of all questions.
pub fn all_inversions(marks: &[Marks]) -> u32 {
    marks.iter().map(|marks| inversions(&marks.rungs)).sum()
}
