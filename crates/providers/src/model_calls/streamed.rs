//! One call whose reply is read while it comes.

use super::{alone, attempt, full_name, of_line, tokens};
use greenroom_domain::model_call::{ModelCall, ModelPurpose, TokenUsage};
use greenroom_llm::{Attempt, LlmError, ModelName, Outcome, Usage};
use std::time::Duration;
use tokio::time::Instant;

/// Said of a call that the caller's deadline ended.
const TIMED_OUT: &str = "timed_out";

/// A call under way.
#[derive(Debug)]
pub(crate) struct Streamed {
    call: ModelCall,
    asked: ModelName,
    began: Instant,
}

impl Streamed {
    /// A call to `asked` with this version of a prompt.
    pub fn begin(purpose: ModelPurpose, prompt: &str, asked: &ModelName) -> Self {
        let call = ModelCall {
            purpose,
            prompt: prompt.to_owned(),
            attempts: Vec::new(),
            model: None,
            usage: TokenUsage::default(),
            micros: None,
        };
        Self { call, asked: asked.clone(), began: Instant::now() }
    }

    /// What was tried until the first text.
    pub fn tried<T>(&mut self, attempts: &[Attempt], result: &Result<T, LlmError>) {
        self.call.attempts = attempts.iter().map(of_line).collect();
        if attempts.is_empty() {
            self.call.attempts.push(alone(&self.asked, result, self.began.elapsed()));
        }
    }

    /// Who answers.
    pub fn answered(&mut self, model: &ModelName) {
        self.call.model = Some(full_name(model));
    }

    /// What the reply took.
    pub fn took(&mut self, usage: Usage) {
        self.call.usage = tokens(usage);
        self.call.micros = usage.micros;
    }

    /// The reply broke off.
    pub fn broke(&mut self, error: &LlmError) {
        self.spoilt(Outcome::Failed(error.kind).as_str());
    }

    /// The time was over. When it was before any text, the list of what was tried went with it: all that is known is
    /// who was to be asked first.
    pub fn timed_out(&mut self) {
        if self.call.attempts.is_empty() {
            let took = self.began.elapsed();
            self.call.attempts.push(attempt(&self.asked, TIMED_OUT, Duration::ZERO, took));
        }
        self.spoilt(TIMED_OUT);
    }

    /// For the log.
    pub fn end(self) -> ModelCall {
        self.call
    }

    fn spoilt(&mut self, outcome: &str) {
        self.call.model = None;
        if let Some(last) = self.call.attempts.last_mut() {
            last.outcome = outcome.to_owned();
        }
    }
}
