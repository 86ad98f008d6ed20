//! The scorer as a filter: a JSON line in, a JSON line out.

use crate::features::{manner, overlap};
use crate::judge::{echo, target_text};
use crate::text::Text;
use crate::{Item, assess, key_points, model};
use greenroom_domain::bank::KeyPoint;
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
        language: "en",
    };
    let (answer, question) = (Text::new(item.answer), Text::new(item.question));
    let target = target_text(&item);
    let target = target.as_deref().map(Text::new);
    let shared = target.as_ref().map(|target| overlap(&answer, target, &question));
    let id = request.id.clone();
    if let Some((_, reason)) = assess::refusal(&item, &answer, shared.as_ref(), echo(&answer, &question)) {
        let key_points =
            points.into_iter().map(|p| ScoredPoint { text: p.point, covered: false, quote: None }).collect();
        return ScoreResult { id, status: "not_assessed", score: None, key_points, reason };
    }
    let covered = key_points::coverage(&answer, &question, &points);
    let result_points: Vec<ScoredPoint> = covered
        .iter()
        .map(|point| ScoredPoint {
            text: point.result.text.clone(),
            covered: point.result.covered,
            quote: point.result.quote.as_ref().map(|quote| quote.text.clone()),
        })
        .collect();
    let Some(shared) = shared else {
        let reason = "There is neither a reference nor a key point to compare the answer with.".to_owned();
        return ScoreResult { id, status: "not_assessed", score: None, key_points: result_points, reason };
    };
    let share = model::share(&shared, key_points::total(&covered), &manner(&answer));
    let score = (share * 1000.0).round() / 1000.0;
    ScoreResult {
        id,
        status: "assessed",
        score: Some(score),
        reason: reason(&result_points, shared.recall),
        key_points: result_points,
    }
}

fn reason(points: &[ScoredPoint], recall: f64) -> String {
    let missing: Vec<&str> =
        points.iter().filter(|point| !point.covered).map(|point| point.text.as_str()).collect();
    if points.is_empty() {
        format!("It says about {:.0} % of what the reference says.", recall * 100.0)
    } else if missing.is_empty() {
        "Every key point was found.".to_owned()
    } else {
        format!(
            "{} of {} key points were found. Not found: {}.",
            points.len() - missing.len(),
            points.len(),
            missing.join("; ")
        )
    }
}

fn plain_point(text: &str) -> KeyPoint {
    KeyPoint { point: text.to_owned(), says: text.to_owned(), weight: 1 }
}
