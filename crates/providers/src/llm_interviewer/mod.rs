//! An interviewer that is a language model, held to the job, the plan and the candidate's words: `docs/models.md`.
//!
//! It chooses between the planned question and a follow-up, and finds the words. What may be asked, whether the
//! interview goes on, and what stands in an answer is decided by code; of a reply that breaks a rule nothing is used,
//! and the built-in interviewer takes the turn.

mod case_file;
mod header;
mod heard;
mod history;
mod language;
mod person;
mod plan;
mod prompt;
mod said;
mod turn;

use crate::bank::Shelf;
use crate::conversation::{Conversation, Listener, Moment, Replanned, Spoken, Talked};
use crate::interviewer::Brief;
use crate::model_calls::full_name;
use async_trait::async_trait;
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::interview::Plan;
use greenroom_domain::model_call::ModelCall;
use greenroom_llm::LanguageModel;
use std::sync::Arc;
use std::time::Duration;

/// How long the interviewer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnOptions {
    /// For a whole turn, default 10 s.
    pub deadline: Duration,
    /// For a plan, default 45 s.
    pub plan_deadline: Duration,
}

impl Default for TurnOptions {
    fn default() -> Self {
        Self { deadline: Duration::from_secs(10), plan_deadline: Duration::from_secs(45) }
    }
}

/// Talks with a language model.
#[derive(Clone)]
pub struct LlmInterviewer {
    model: Arc<dyn LanguageModel>,
    planner: Arc<dyn LanguageModel>,
    bank: Shelf,
    options: TurnOptions,
}

impl LlmInterviewer {
    /// An interviewer that speaks with `model`, and plans with the questions of `bank`.
    pub fn new(model: Arc<dyn LanguageModel>, bank: impl Into<Shelf>, options: TurnOptions) -> Self {
        Self { planner: model.clone(), model, bank: bank.into(), options }
    }

    /// Plans with `planner`: nobody waits for a plan, so it may be more patient than what takes turns.
    #[must_use]
    pub fn planning_with(mut self, planner: Arc<dyn LanguageModel>) -> Self {
        self.planner = planner;
        self
    }
}

#[async_trait]
impl Conversation for LlmInterviewer {
    async fn plan(&self, brief: Brief<'_>, draft: &Plan, introduction: Option<&str>) -> Talked<Replanned> {
        self.better(brief, draft, introduction).await
    }

    async fn turn(&self, moment: Moment<'_>, listener: &dyn Listener) -> Talked<Spoken> {
        self.speak(moment, listener).await
    }

    fn engine(&self, call: Option<&ModelCall>) -> Engine {
        let answered = call.and_then(|call| call.model.clone());
        let name = answered.unwrap_or_else(|| full_name(self.model.name()));
        Engine { kind: EngineKind::Llm, name: name.into(), version: prompt::VERSION.into() }
    }
}
