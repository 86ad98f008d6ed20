//! The reply of the model: its schema, and reading it.

use greenroom_domain::rubric::Rubric;
use serde::Deserialize;
use serde_json::{Value, json};

/// What the model replies. Fields that nobody asked for are left unread.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reply {
    pub criteria: Vec<CriterionReply>,
    pub key_points: Vec<PointReply>,
    pub strengths: Vec<String>,
    pub areas_for_improvement: Vec<String>,
}

/// Its result for one criterion.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct CriterionReply {
    pub key: String,
    pub reasoning: String,
    pub quotes: Vec<String>,
    pub status: Status,
    pub score: Option<f64>,
}

/// Whether it could be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Assessed,
    NotAssessed,
}

/// Its result for one key point.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct PointReply {
    pub number: usize,
    pub covered: bool,
    pub quote: Option<String>,
}

/// The schema of a reply for `rubric`. Bounds that not every vendor knows (numbers, lengths) are checked in code.
pub(super) fn schema(rubric: &Rubric) -> Value {
    let keys: Vec<&str> = rubric.criteria.iter().map(|criterion| criterion.key.as_str()).collect();
    let texts = json!({"type": "array", "items": {"type": "string"}});
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["criteria", "key_points", "strengths", "areas_for_improvement"],
        "properties": {
            "criteria": {"type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["key", "reasoning", "quotes", "status", "score"],
                "properties": {
                    "key": {"type": "string", "enum": keys},
                    "reasoning": {"type": "string"},
                    "quotes": texts.clone(),
                    "status": {"type": "string", "enum": ["assessed", "not_assessed"]},
                    "score": {"type": ["number", "null"]},
                },
            }},
            "key_points": {"type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["number", "covered", "quote"],
                "properties": {
                    "number": {"type": "integer"},
                    "covered": {"type": "boolean"},
                    "quote": {"type": ["string", "null"]},
                },
            }},
            "strengths": texts.clone(),
            "areas_for_improvement": texts,
        },
    })
}
