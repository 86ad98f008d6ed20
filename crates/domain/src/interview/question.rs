//! A question as it was asked.

use super::phase::Phase;
use super::plan::Grounding;
use super::settings::{Difficulty, InterviewType};
use crate::ability::{ItemEstimate, Why};
use crate::bank::KeyPoint;
use crate::evaluation::Engine;
use crate::ids::QuestionId;
use crate::shared_text::SharedText;
use serde::{Deserialize, Serialize};

/// A question as it was asked, with what is needed to judge its answer later, even when the bank
/// has changed by then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// This question in this interview.
    pub id: QuestionId,
    /// The interviewer's remark before it, if any.
    pub lead_in: Option<String>,
    /// The question.
    pub content: String,
    /// Its kind.
    pub category: InterviewType,
    /// When it is asked.
    pub phase: Phase,
    /// Its level.
    pub difficulty: Difficulty,
    /// What it measures.
    pub competency: SharedText,
    /// Tags.
    pub tags: Vec<String>,
    /// The question that it follows up; `None` for a planned question.
    pub parent_question_id: Option<QuestionId>,
    /// Position in the interview, from 1.
    pub order: u32,
    /// The lines that caused it.
    pub grounding: Vec<Grounding>,
    /// The bank's key, when it comes from there.
    pub bank_id: Option<String>,
    /// Its key in the plan; `None` for a follow-up, and where it is the bank's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_key: Option<String>,
    /// Time that it needs, in minutes.
    pub minutes: u32,
    /// What a full answer says. Not shown before the answer is given.
    pub key_points: Vec<KeyPoint>,
    /// An answer that would get full marks. Not shown before the answer is given.
    pub reference: Option<SharedText>,
    /// What answers had taught of it when it was asked; `None` stands for its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemEstimate>,
    /// Why it was asked now, where that was chosen by what the answers showed. For reports and curators; the
    /// candidate is not shown it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Box<Why>>,
    /// Who asked.
    pub engine: Engine,
}

impl Question {
    /// Its key in the plan; `None` for a follow-up.
    pub fn planned_as(&self) -> Option<&str> {
        self.plan_key.as_deref().or(self.bank_id.as_deref())
    }

    /// Whether it follows up an answer.
    pub fn is_follow_up(&self) -> bool {
        self.parent_question_id.is_some()
    }
}
