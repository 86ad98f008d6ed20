//! The scorer as a filter: a JSON line in, a JSON line out.

use crate::compare::{Said, Terms};
use crate::features::overlap;
use crate::judge::{echo, target_text};
use crate::mark::{Mark, mark};
use crate::text::Text;
use crate::{Item, assess, knows_meaning};
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::KeyPointResult;
use serde::{Deserialize, Serialize};

/// A line in.
#[derive(Debug, Deserialize)]
pub struct ScoreRequest {
    /// The caller's name for it; given back as it came.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// An answer that would get full marks.
    pub reference: Option<String>,
    /// What a full answer says.
    pub key_points: Option<Vec<String>>,
    /// ISO 639-1 code of the language that all of it is in; English when not given.
    pub language: Option<String>,
}

/// A line out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreResult {
    /// As it came.
    pub id: String,
    /// `assessed` or `not_assessed`.
    pub status: &'static str,
    /// Estimated share of full marks, 0..=1; `None` when not assessed.
    pub score: Option<f64>,
    /// Where four of five graders' shares lie; `None` when not assessed.
    pub range: Option<(f64, f64)>,
    /// How often graders were within a quarter of full marks where this was estimated, 0..=1.
    pub confidence: Option<f64>,
    /// How far the answer takes up the question, 0..=1, whatever it is worth.
    pub relevance: f64,
    /// Words that say the opposite of the reference or of a key point.
    pub contradiction: Option<String>,
    /// The key points in order.
    pub key_points: Vec<ScoredPoint>,
    /// Why, in words.
    pub reason: String,
}

/// A key point with the words that cover it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoredPoint {
    /// The key point.
    pub text: String,
    /// Whether the answer says it.
    pub covered: bool,
    /// The words that say it.
    pub quote: Option<String>,
}

/// A line that cannot be read.
#[derive(Debug, Serialize)]
pub struct BadLine {
    id: Option<String>,
    error: String,
    line: usize,
}

/// Scores one JSON line, number `line` from 1.
pub fn score_line(text: &str, line: usize) -> Result<ScoreResult, BadLine> {
    let request: ScoreRequest =
        serde_json::from_str(text).map_err(|error| BadLine { id: None, error: error.to_string(), line })?;
    Ok(score(&request))
}

/// Scores one answer.
pub fn score(request: &ScoreRequest) -> ScoreResult {
    let points: Vec<KeyPoint> = request.key_points.iter().flatten().map(|text| plain_point(text)).collect();
    let item = Item {
        question: &request.question,
        answer: &request.answer,
        reference: request.reference.as_deref(),
        key_points: &points,
        kind: None,
        language: request.language.as_deref().unwrap_or("en"),
    };
    let text = |raw| Text::of(raw, item.language);
    let (answer, question) = (text(item.answer), text(item.question));
    let target = target_text(&item);
    let target = target.as_deref().map(text);
    let shared = target.as_ref().map(|target| overlap(&answer, target, &question));
    let refusal = assess::refusal(&item, &answer, shared.as_ref(), echo(&answer, &question));
    if let Some((_, reason)) = refusal {
        let key_points =
            points.into_iter().map(|p| ScoredPoint { text: p.point, covered: false, quote: None });
        return ScoreResult { key_points: key_points.collect(), ..refused(&request.id, reason) };
    }
    let english = knows_meaning(item.language);
    let (asked, given) = (Terms::new(&question, english), Terms::new(&answer, english));
    let wanted = target.as_ref().filter(|_| points.is_empty()).map(|target| Terms::new(target, english));
    let mark = mark(&item, &Said::new(&asked, &given), wanted.as_ref());
    let key_points: Vec<ScoredPoint> = mark.points.iter().map(|point| scored(&point.result)).collect();
    let relevance = rounded(mark.relevance);
    let Some(estimate) = mark.estimate else {
        let reason = "There is neither a reference nor a key point to compare the answer with.".to_owned();
        return ScoreResult { key_points, relevance, ..refused(&request.id, reason) };
    };
    ScoreResult {
        id: request.id.clone(),
        status: "assessed",
        score: Some(rounded(estimate.share)),
        range: Some((rounded(estimate.range.0), rounded(estimate.range.1))),
        confidence: Some(rounded(estimate.confidence)),
        relevance,
        reason: reason(&key_points, &mark, estimate.share),
        contradiction: mark.contradiction.map(|quote| quote.text),
        key_points,
    }
}

fn refused(id: &str, reason: String) -> ScoreResult {
    ScoreResult {
        id: id.to_owned(),
        status: "not_assessed",
        score: None,
        range: None,
        confidence: None,
        relevance: 0.0,
        contradiction: None,
        key_points: Vec::new(),
        reason,
    }
}

fn scored(point: &KeyPointResult) -> ScoredPoint {
    let quote = point.quote.as_ref().map(|quote| quote.text.clone());
    ScoredPoint { text: point.text.clone(), covered: point.covered, quote }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn reason(points: &[ScoredPoint], mark: &Mark, share: f64) -> String {
    let missing: Vec<&str> =
        points.iter().filter(|point| !point.covered).map(|point| point.text.as_str()).collect();
    let found = if points.is_empty() {
        format!("It says about {:.0} % of what the reference says.", share * 100.0)
    } else if missing.is_empty() {
        "Every key point was found.".to_owned()
    } else {
        let met = points.len() - missing.len();
        format!("{met} of {} key points were found. Not found: {}.", points.len(), missing.join("; "))
    };
    match &mark.contradiction {
        Some(quote) => format!("{found} It seems to say the opposite of the reference: “{}”.", quote.text),
        None => found,
    }
}

fn plain_point(text: &str) -> KeyPoint {
    KeyPoint { point: text.to_owned(), says: text.to_owned(), weight: 1 }
}
