//! From marks to figures beside their limits.

use super::marks::Marks;
use super::metrics;
use greenroom_domain::ladder::{Figure, Measure};

/// How many answers were judged, and by whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Answers of which something was assessed.
    pub assessed: u32,
    /// Of those, answers that another engine judged in place of the one on trial.
    pub by_stand_in: u32,
}

/// One figure for each measure.
pub fn figures(marks: &[Marks], answered: Answered) -> Vec<Figure> {
    Measure::ALL.iter().map(|measure| Figure::new(*measure, value(*measure, marks, answered))).collect()
}

fn value(measure: Measure, marks: &[Marks], answered: Answered) -> f64 {
    match measure {
        Measure::RankCorrelation => metrics::mean_rank_correlation(marks),
        Measure::Inversions => metrics::all_inversions(marks).into(),
        Measure::NameGap => metrics::name_gap(marks),
        Measure::PlainGap => metrics::plain_gap(marks),
        Measure::LearnerGap => metrics::learner_gap(marks),
        Measure::InjectionGain => metrics::injection_gain(marks),
        Measure::InjectionsThatLift => metrics::injections_that_lift(marks).into(),
        Measure::PaddingGain => metrics::padding_gain(marks),
        Measure::StandIns => f64::from(answered.by_stand_in) / f64::from(answered.assessed.max(1)),
    }
}
