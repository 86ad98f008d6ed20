//! What the whole interview showed: totals by phase and competency, with their coverage.

use super::phase::Phase;
use super::state::{Asked, Response, State};
use crate::evaluation::Overall;
use crate::rubric::{MIN_COVERAGE, round1};
use serde::{Deserialize, Serialize};

/// The totals of an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Weighted mean over assessed competencies, with the share of them that was assessed.
    pub overall: Overall,
    /// By phase, in order.
    pub phases: Vec<PhaseSummary>,
    /// By competency, in the plan's order.
    pub competencies: Vec<CompetencySummary>,
}

/// The total of one phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PhaseSummary {
    /// The phase.
    pub phase: Phase,
    /// Mean of the assessed answers, 1..=10.
    pub score: Option<f64>,
    /// Answers given.
    pub answered: u32,
    /// Answers assessed.
    pub assessed: u32,
}

/// The total of one competency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CompetencySummary {
    /// Key in the taxonomy.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// Share of the interview's attention, 0..=1.
    pub weight: f64,
    /// Mean of the assessed answers, 1..=10; `None` when not assessed.
    pub score: Option<f64>,
    /// Answers assessed.
    pub assessed: u32,
}

/// The totals of `state`. The first answer to each question counts; answering again is for learning.
pub fn summarize(state: &State) -> Summary {
    let answered: Vec<(&Asked, &Response)> =
        state.asked.iter().filter_map(|asked| Some((&**asked, asked.responses.first()?))).collect();
    let competencies: Vec<CompetencySummary> = state
        .plan
        .competencies
        .iter()
        .map(|planned| {
            let scores =
                scores(answered.iter().filter(|(asked, _)| asked.question.competency == planned.key));
            CompetencySummary {
                key: planned.key.clone(),
                label: planned.label.clone(),
                weight: planned.weight,
                score: mean(&scores),
                assessed: scores.len() as u32,
            }
        })
        .collect();
    let phases = Phase::ALL.into_iter().filter_map(|phase| phase_summary(phase, &answered)).collect();
    Summary { overall: total(&competencies), phases, competencies }
}

fn phase_summary(phase: Phase, answered: &[(&Asked, &Response)]) -> Option<PhaseSummary> {
    let of_phase = || answered.iter().filter(|(asked, _)| asked.question.phase == phase);
    let count = of_phase().count();
    let scores = scores(of_phase());
    (count > 0).then(|| PhaseSummary {
        phase,
        score: mean(&scores),
        answered: count as u32,
        assessed: scores.len() as u32,
    })
}

fn scores<'a>(answered: impl Iterator<Item = &'a (&'a Asked, &'a Response)>) -> Vec<f64> {
    answered.filter_map(|(_, response)| response.evaluation.as_ref()?.judgement.overall.score).collect()
}

fn mean(scores: &[f64]) -> Option<f64> {
    (!scores.is_empty()).then(|| round1(scores.iter().sum::<f64>() / scores.len() as f64))
}

fn total(competencies: &[CompetencySummary]) -> Overall {
    let all: f64 = competencies.iter().map(|c| c.weight).sum();
    let assessed: f64 = competencies.iter().filter(|c| c.score.is_some()).map(|c| c.weight).sum();
    if all <= 0.0 || assessed <= 0.0 {
        return Overall { score: None, coverage: 0.0 };
    }
    let points: f64 = competencies.iter().filter_map(|c| Some(c.score? * c.weight)).sum();
    let coverage = assessed / all;
    let score = (coverage >= MIN_COVERAGE).then(|| round1(points / assessed));
    Overall { score, coverage: (coverage * 1000.0).round() / 1000.0 }
}
