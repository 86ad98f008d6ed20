//! Conversations from files: Greenroom's own transcript, or a LiveKit Agents chat history.

use serde::Deserialize;
use serde_json::Value;

/// A conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    /// The candidate's name, when the file gives it.
    pub candidate_name: Option<String>,
    /// The job's title, when the file gives it.
    pub position: Option<String>,
    /// When it began, as the file gives it.
    pub interview_date: Option<String>,
    /// How long it took, when the file lets it be known.
    pub duration_minutes: Option<u64>,
    /// Who said what, in order.
    pub turns: Vec<Turn>,
}

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// By whom.
    pub role: Role,
    /// The words.
    pub text: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Asks.
    Interviewer,
    /// Answers.
    Candidate,
}

/// The file is neither of the two formats.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON.
    #[error("this is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// JSON of another kind.
    #[error(
        "this is neither a Greenroom transcript (with \"turns\") nor a LiveKit chat history (with \"items\")"
    )]
    Format,
}

#[derive(Deserialize)]
struct Transcript {
    candidate_name: Option<String>,
    position: Option<String>,
    started_at: Option<String>,
    duration_minutes: Option<u64>,
    turns: Vec<TranscriptTurn>,
}

#[derive(Deserialize)]
struct TranscriptTurn {
    role: String,
    text: String,
}

/// Reads either format.
pub fn parse(text: &str) -> Result<Conversation, Unreadable> {
    let value: Value = serde_json::from_str(text)?;
    if value.get("turns").is_some_and(Value::is_array) {
        return greenroom(value);
    }
    match value.get("items").and_then(Value::as_array) {
        Some(items) => Ok(livekit(items)),
        None => Err(Unreadable::Format),
    }
}

fn greenroom(value: Value) -> Result<Conversation, Unreadable> {
    let transcript: Transcript = serde_json::from_value(value)?;
    let turns = transcript.turns.into_iter().filter_map(|turn| {
        let role = match turn.role.as_str() {
            "candidate" => Role::Candidate,
            "interviewer" => Role::Interviewer,
            _ => return None,
        };
        Some(Turn { role, text: turn.text })
    });
    Ok(Conversation {
        candidate_name: transcript.candidate_name,
        position: transcript.position,
        interview_date: transcript.started_at,
        duration_minutes: transcript.duration_minutes,
        turns: joined(turns),
    })
}

/// Messages only; calls of functions, hand-overs and parts that are not text are left out.
fn livekit(items: &[Value]) -> Conversation {
    let turns = items.iter().filter(|item| kind(item) == Some("message")).filter_map(|item| {
        let role = match item.get("role").and_then(Value::as_str)? {
            "user" => Role::Candidate,
            "assistant" => Role::Interviewer,
            _ => return None,
        };
        Some(Turn { role, text: content(item.get("content")?) })
    });
    let seconds: Vec<f64> = items.iter().filter_map(|item| item.get("created_at")?.as_f64()).collect();
    let span = seconds.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        - seconds.iter().copied().fold(f64::INFINITY, f64::min);
    Conversation {
        duration_minutes: (seconds.len() > 1 && span >= 0.0).then(|| (span / 60.0).round() as u64),
        turns: joined(turns),
        ..Conversation::default()
    }
}

fn kind(item: &Value) -> Option<&str> {
    // Early histories have no type: everything is a message.
    item.get("type").map_or(Some("message"), Value::as_str)
}

fn content(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// Neighbouring turns of one speaker are one; empty ones are none.
fn joined(turns: impl Iterator<Item = Turn>) -> Vec<Turn> {
    let mut all: Vec<Turn> = Vec::new();
    for turn in turns.filter(|turn| !turn.text.trim().is_empty()) {
        match all.last_mut().filter(|last| last.role == turn.role) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(turn.text.trim());
            }
            None => all.push(Turn { text: turn.text.trim().to_owned(), ..turn }),
        }
    }
    all
}
