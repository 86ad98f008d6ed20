//! Ratings, decision and evidence of a whole conversation. Totals and decisions are computed here, in code.

use super::conversation::{Conversation, Role};
use crate::Item;
use crate::judge::{engine, judge};
use crate::rubrics;
use crate::text::{LISTS, Text};
use greenroom_domain::evaluation::{CriterionResult, Engine, Outcome};
use greenroom_domain::interview::InterviewType;
use greenroom_domain::rubric::round1;
use serde::Serialize;

/// Coverage below which there is no decision.
const MIN_DECISION_COVERAGE: f64 = 0.7;
/// Quotes kept for each rating.
const MAX_EVIDENCE: usize = 3;

/// What `greenroom evaluate` says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screening {
    /// Whose conversation.
    pub metadata: Metadata,
    /// 1..=10 each, or null.
    pub ratings: Ratings,
    /// The decision that the ratings lead to.
    pub recommendation: Recommendation,
    /// The words that the ratings stand on.
    pub evidence: Vec<Evidence>,
    /// Assessed weight over all weight, 0..=1.
    pub coverage: f64,
    /// Who judged.
    pub engine: Engine,
}

/// Whose conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The candidate, when known.
    pub candidate_name: Option<String>,
    /// The job, when known.
    pub position: Option<String>,
    /// When, as the file gives it.
    pub interview_date: Option<String>,
    /// How long, when known.
    pub duration_minutes: Option<u64>,
}

/// 1..=10 each; null where the conversation shows too little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Ratings {
    /// The weighted total.
    pub overall_score: Option<f64>,
    /// Right and deep enough for the job.
    pub technical_competency: Option<f64>,
    /// Takes problems apart, weighs, checks.
    pub problem_solving: Option<f64>,
    /// Says it so that others can use it.
    pub communication: Option<f64>,
    /// Has done what bears on the job.
    pub experience: Option<f64>,
    /// Written values; the built-in scorer has none to compare with.
    pub culture_fit: Option<f64>,
}

/// The decision and its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recommendation {
    /// What the thresholds say.
    pub decision: Decision,
    /// Share of the job's requirements that were shown; null without a job description.
    pub role_fit_percentage: Option<f64>,
    /// For it.
    pub reasons: Vec<String>,
    /// Against it.
    pub concerns: Vec<String>,
}

/// What the thresholds say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Decision {
    /// From 8.0.
    #[serde(rename = "Strong Hire")]
    StrongHire,
    /// From 6.5.
    Hire,
    /// From 5.0.
    Maybe,
    /// Below.
    #[serde(rename = "No Hire")]
    NoHire,
    /// Under a coverage of 0.7.
    #[serde(rename = "Not Assessed")]
    NotAssessed,
}

/// Words that a rating stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The rating.
    pub criterion: String,
    /// The candidate's turn, from 0 in the conversation.
    pub turn: usize,
    /// The words; they stand in that turn.
    pub quote: String,
}

/// Judges a conversation by the rubric `screening_five`.
pub fn screen(conversation: &Conversation) -> Screening {
    let rubric = rubrics::shipped().into_iter().find(|rubric| rubric.id == "screening_five");
    let rubric = rubric.expect("the rubric ships with the program; a test reads it");
    let mut judged: Vec<(usize, Vec<CriterionResult>)> = Vec::new();
    let mut asked = String::new();
    for (index, turn) in conversation.turns.iter().enumerate() {
        match turn.role {
            Role::Interviewer => asked = turn.text.clone(),
            Role::Candidate => {
                let item = Item {
                    question: &asked,
                    answer: &turn.text,
                    reference: None,
                    key_points: &[],
                    kind: Some(kind_of(&asked)),
                    language: "en",
                };
                judged.push((index, judge(&item, &rubric).criteria));
            }
        }
    }
    let mut evidence = Vec::new();
    let mut rated: Vec<CriterionResult> = Vec::new();
    for criterion in &rubric.criteria {
        let results = judged
            .iter()
            .filter_map(|(turn, all)| Some((*turn, all.iter().find(|c| c.key == criterion.key)?)));
        rated.push(together(&criterion.key, criterion.weight, results, &mut evidence));
    }
    conclude(conversation, rated, evidence)
}

/// One rating of all turns: the mean of the assessed ones. A single turn is too little to rate by.
fn together<'a>(
    key: &str,
    weight: f64,
    results: impl Iterator<Item = (usize, &'a CriterionResult)>,
    evidence: &mut Vec<Evidence>,
) -> CriterionResult {
    let assessed: Vec<(usize, &CriterionResult)> =
        results.filter(|(_, result)| result.score().is_some()).collect();
    let quotes: Vec<_> =
        assessed.iter().flat_map(|(turn, r)| r.quotes().iter().map(|q| (*turn, q.clone()))).collect();
    let scores: Vec<f64> = assessed.iter().filter_map(|(_, result)| result.score()).collect();
    let outcome = if scores.is_empty() {
        Outcome::NotAssessed {
            cause: greenroom_domain::evaluation::NotAssessed::NoEvidence,
            reason: "Nothing in the conversation shows it to the built-in scorer.".into(),
        }
    } else {
        evidence.extend(quotes.iter().take(MAX_EVIDENCE).map(|(turn, quote)| Evidence {
            criterion: key.to_owned(),
            turn: *turn,
            quote: quote.text.clone(),
        }));
        Outcome::Assessed {
            score: round1(scores.iter().sum::<f64>() / scores.len() as f64),
            range: None,
            reason: format!("Mean of {} answers.", scores.len()).into(),
            quotes: quotes.into_iter().take(1).map(|(_, quote)| quote).collect(),
        }
    };
    CriterionResult { key: key.into(), weight, outcome }
}

fn conclude(conversation: &Conversation, rated: Vec<CriterionResult>, evidence: Vec<Evidence>) -> Screening {
    let overall = greenroom_domain::rubric::overall(&rated);
    let rating = |key: &str| rated.iter().find(|r| r.key == key).and_then(CriterionResult::score);
    let decision = match overall.score.filter(|_| overall.coverage >= MIN_DECISION_COVERAGE) {
        None => Decision::NotAssessed,
        Some(score) if score >= 8.0 => Decision::StrongHire,
        Some(score) if score >= 6.5 => Decision::Hire,
        Some(score) if score >= 5.0 => Decision::Maybe,
        Some(_) => Decision::NoHire,
    };
    let (mut reasons, mut concerns) = (Vec::new(), Vec::new());
    for result in &rated {
        let name = result.key.replace('_', " ");
        match result.score() {
            Some(score) if score >= 6.5 => reasons.push(format!("{name}: {score:.1} of 10")),
            Some(score) => concerns.push(format!("{name}: {score:.1} of 10")),
            None => concerns.push(format!("{name}: not assessed")),
        }
    }
    Screening {
        metadata: Metadata {
            candidate_name: conversation.candidate_name.clone(),
            position: conversation.position.clone(),
            interview_date: conversation.interview_date.clone(),
            duration_minutes: conversation.duration_minutes,
        },
        ratings: Ratings {
            overall_score: overall.score,
            technical_competency: rating("technical_competency"),
            problem_solving: rating("problem_solving"),
            communication: rating("communication"),
            experience: rating("experience"),
            culture_fit: rating("culture_fit"),
        },
        recommendation: Recommendation { decision, role_fit_percentage: None, reasons, concerns },
        evidence,
        coverage: overall.coverage,
        engine: engine(),
    }
}

/// "Tell me about a time" is behavioral, "what would you do" situational, the rest technical.
fn kind_of(question: &str) -> InterviewType {
    let text = Text::new(question);
    if text.has(&LISTS.situation) || question.to_lowercase().contains("tell me about") {
        InterviewType::Behavioral
    } else if question.to_lowercase().contains("would you") {
        InterviewType::Situational
    } else {
        InterviewType::Technical
    }
}
