//! The scorer as a filter: a JSON line in, a JSON line out.

use crate::assess;
use crate::compare::{Said, Terms};
use crate::mark::{Mark, mark};
use crate::memory::Memory;
use crate::text::{Forms, Text};
use crate::wanted::Wanted;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::KeyPointResult;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A line in.
#[derive(Clone, Debug, Deserialize)]
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

/// Questions with what a full answer says that are remembered at least; together they take about 5 MB.
const ROOM: usize = 64;

/// Scores answers one after the other and remembers what they share: the words, and what was asked. What is remembered
/// changes nothing but the time it takes.
#[derive(Debug)]
pub struct Scorer {
    forms: Forms,
    asked: Memory<Asked, Arc<Wanted<'static>>>,
}

impl Default for Scorer {
    fn default() -> Self {
        Self { forms: Forms::default(), asked: Memory::new(ROOM) }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Asked {
    question: String,
    reference: Option<String>,
    key_points: Vec<String>,
    language: String,
}

impl Asked {
    fn wanted(&self, forms: &mut Forms) -> Wanted<'static> {
        let points: Vec<KeyPoint> = self.key_points.iter().map(|text| plain_point(text)).collect();
        let reference = self.reference.clone().map(Cow::Owned);
        Wanted::new(self.question.clone().into(), reference, &points, &self.language, forms)
    }
}

/// The language of a line that names none.
const LANGUAGE: &str = "en";

impl Scorer {
    /// Scores one JSON line, number `line` from 1.
    pub fn score_line(&mut self, text: &str, line: usize) -> Result<ScoreResult, BadLine> {
        let request: ScoreRequest = serde_json::from_str(text).map_err(|error| BadLine {
            id: None,
            error: error.to_string(),
            line,
        })?;
        Ok(self.score(request))
    }

    /// Scores one answer.
    pub fn score(&mut self, request: ScoreRequest) -> ScoreResult {
        let ScoreRequest { id, question, answer, reference, key_points, language } = request;
        let language = language.unwrap_or_else(|| LANGUAGE.to_owned());
        let asked = Asked { question, reference, key_points: key_points.unwrap_or_default(), language };
        let forms = &mut self.forms;
        let wanted = self.asked.get_or(&asked, || Arc::new(asked.wanted(forms)));
        let answer = Terms::new(Text::with(answer.as_str(), &asked.language, forms), wanted.english);
        if let Some((_, reason)) = assess::refusal(&answer, &wanted, &asked.language) {
            let key_points = asked.key_points.into_iter();
            let key_points = key_points.map(|text| ScoredPoint { text, covered: false, quote: None });
            return ScoreResult { key_points: key_points.collect(), ..refused(id, reason) };
        }
        let mark = mark(&wanted, &Said::new(&wanted.question, &answer));
        let key_points: Vec<ScoredPoint> = mark.points.iter().map(|point| scored(&point.result)).collect();
        let relevance = rounded(mark.relevance);
        let Some(estimate) = mark.estimate else {
            let reason =
                "There is neither a reference nor a key point to compare the answer with.".to_owned();
            return ScoreResult { key_points, relevance, ..refused(id, reason) };
        };
        ScoreResult {
            id,
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
}

/// Scores one answer.
pub fn score(request: &ScoreRequest) -> ScoreResult {
    Scorer::default().score(request.clone())
}

fn refused(id: String, reason: String) -> ScoreResult {
    ScoreResult {
        id,
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
    ScoredPoint { text: point.text.as_str().to_owned(), covered: point.covered, quote }
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
    KeyPoint { point: text.into(), says: text.into(), weight: 1 }
}
