//! Written feedback on an answer.

use crate::clock::Timestamp;
use crate::evaluation::Engine;
use crate::ids::{FeedbackId, ResponseId, SessionId};
use serde::{Deserialize, Serialize};

/// Feedback on one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// This feedback.
    pub id: FeedbackId,
    /// The answer.
    pub response_id: ResponseId,
    /// The interview.
    pub session_id: SessionId,
    /// What it says.
    #[serde(flatten)]
    pub content: FeedbackContent,
    /// Who wrote it.
    pub engine: Engine,
    /// When.
    pub created_at: Timestamp,
}

/// What feedback says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeedbackContent {
    /// A paragraph for the person.
    pub detailed_feedback: String,
    /// What was good, a sentence each.
    pub strengths: Vec<String>,
    /// What to do better, a sentence each.
    pub areas_for_improvement: Vec<String>,
    /// A stronger version of the person's own answer: only their facts, blanks where one is missing.
    pub sample_answer: String,
    /// Advice for the next try.
    pub tips: Vec<String>,
    /// What to read or practise.
    pub resources: Vec<String>,
}
