//! The reply of the model: its schema and its fields.

use crate::bank::Bank;
use greenroom_domain::interview::{Difficulty, InterviewType, Phase};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the model replies.
#[derive(Debug, Deserialize)]
pub(super) struct PlanReply {
    pub reading: Option<ReadingReply>,
    /// Each is read on its own, so that one that cannot be read costs no other.
    pub questions: Vec<Value>,
}

/// What it read in the introduction.
#[derive(Debug, Deserialize)]
pub(super) struct ReadingReply {
    pub role: String,
    pub seniority: String,
    pub quote: String,
}

/// A question that it wants to ask.
#[derive(Debug, Deserialize)]
pub(super) struct QuestionReply {
    pub phase: Phase,
    pub kind: InterviewType,
    pub competency: String,
    pub difficulty: Difficulty,
    pub minutes: u32,
    pub bank: Option<String>,
    pub text: Option<String>,
    pub lines: Vec<String>,
    pub key_points: Vec<PointReply>,
}

/// What a full answer to it says.
#[derive(Debug, Deserialize)]
pub(super) struct PointReply {
    pub point: String,
    pub says: String,
    pub weight: u32,
}

/// The schema of a reply. Bounds that not every vendor knows (numbers, lengths) are checked in code.
pub(super) fn schema(bank: &Bank) -> Value {
    let keys: Vec<&str> = bank.competencies().iter().map(|competency| competency.key.as_str()).collect();
    let optional = json!({"type": ["string", "null"]});
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["reading", "questions"],
        "properties": {
            "reading": {"anyOf": [{"type": "null"}, {
                "type": "object",
                "additionalProperties": false,
                "required": ["role", "seniority", "quote"],
                "properties": {
                    "role": {"type": "string"},
                    "seniority": {"type": "string", "enum": ["junior", "mid", "senior", "lead", "unknown"]},
                    "quote": {"type": "string"},
                },
            }]},
            "questions": {"type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["phase", "kind", "competency", "difficulty", "minutes", "bank", "text", "lines", "key_points"],
                "properties": {
                    "phase": {"type": "string", "enum": ["experience", "technical", "behavioral", "scenario"]},
                    "kind": {"type": "string", "enum": ["behavioral", "technical", "case", "situational"]},
                    "competency": {"type": "string", "enum": keys},
                    "difficulty": {"type": "string", "enum": ["beginner", "intermediate", "advanced"]},
                    "minutes": {"type": "integer"},
                    "bank": optional.clone(),
                    "text": optional,
                    "lines": {"type": "array", "items": {"type": "string"}},
                    "key_points": {"type": "array", "items": point()},
                },
            }},
        },
    })
}

fn point() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["point", "says", "weight"],
        "properties": {
            "point": {"type": "string"},
            "says": {"type": "string"},
            "weight": {"type": "integer"},
        },
    })
}
