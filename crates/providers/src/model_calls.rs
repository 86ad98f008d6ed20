//! What language models were asked for one purpose, noted for the log.

mod streamed;

pub(crate) use streamed::Streamed;

use greenroom_domain::model_call::{ModelAttempt, ModelCall, ModelPurpose, TokenUsage};
use greenroom_llm::{
    Attempt, Kind, LanguageModel, LlmError, ModelName, Outcome, Recorded, Reply, Request, Usage,
    complete_recorded,
};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Bytes for which one token is reckoned. Cautious for every script.
const BYTES_A_TOKEN: usize = 3;
/// Times that a reply is begun when it breaks off.
const BEGINNINGS: usize = 3;

/// An error when the model's context is known to be too small for the request.
pub(crate) fn room(model: &dyn LanguageModel, request: &Request) -> Result<(), String> {
    let bytes =
        request.system.len() + request.messages.iter().map(|message| message.text.len()).sum::<usize>();
    let needed = bytes.div_ceil(BYTES_A_TOKEN) + request.max_tokens as usize;
    match model.capabilities().context {
        Some(context) if needed > context as usize => {
            Err(format!("the request needs about {needed} tokens, more than the model's context"))
        }
        _ => Ok(()),
    }
}

/// Why a call brought no reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unanswered {
    /// The caller's deadline came first.
    #[error("the time for it was over")]
    TimeOver,
    /// Nobody answered.
    #[error(transparent)]
    Failed(#[from] LlmError),
}

/// Calls made for one purpose with one version of a prompt, in the order in which they ended.
#[derive(Debug)]
pub(crate) struct Calls {
    purpose: ModelPurpose,
    prompt: &'static str,
    ended: Mutex<Vec<ModelCall>>,
}

impl Calls {
    /// No calls yet; `prompt` is a version such as `judge-v1`.
    pub fn new(purpose: ModelPurpose, prompt: &'static str) -> Self {
        Self { purpose, prompt, ended: Mutex::default() }
    }

    /// Asks `model` for a whole reply, notes what was tried, and gives up at `until`. Nobody has seen the beginning of
    /// a reply that breaks off, so it is asked for again; a line may answer with another model then.
    pub async fn complete(
        &self,
        model: &dyn LanguageModel,
        request: &Request,
        until: Instant,
    ) -> Result<Reply, Unanswered> {
        for _ in 1..BEGINNINGS {
            match self.begin(model, request, until).await {
                Err(Unanswered::Failed(error)) if error.kind == Kind::BrokenStream => {}
                result => return result,
            }
        }
        self.begin(model, request, until).await
    }

    async fn begin(
        &self,
        model: &dyn LanguageModel,
        request: &Request,
        until: Instant,
    ) -> Result<Reply, Unanswered> {
        let began = Instant::now();
        let Ok(Recorded { result, attempts }) = timeout_at(until, complete_recorded(model, request)).await
        else {
            // Its list went with it: all that is known is who was to be asked first.
            self.note(vec![attempt(model.name(), "timed_out", Duration::ZERO, began.elapsed())], None);
            return Err(Unanswered::TimeOver);
        };
        let tried = if attempts.is_empty() {
            vec![alone(model.name(), &result, began.elapsed())]
        } else {
            attempts.iter().map(of_line).collect()
        };
        self.note(tried, result.as_ref().ok());
        Ok(result?)
    }

    /// What was noted.
    pub fn into_ended(self) -> Vec<ModelCall> {
        self.ended.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, attempts: Vec<ModelAttempt>, reply: Option<&Reply>) {
        let usage = reply.map(|reply| reply.end.usage).unwrap_or_default();
        let call = ModelCall {
            purpose: self.purpose,
            prompt: self.prompt.to_owned(),
            attempts,
            model: reply.map(|reply| full_name(&reply.model)),
            usage: tokens(usage),
            micros: usage.micros,
        };
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

/// `provider/model`, as it stands in the log and on engines.
pub(crate) fn full_name(model: &ModelName) -> String {
    format!("{}/{}", model.provider, model.model)
}

fn tokens(usage: Usage) -> TokenUsage {
    TokenUsage { input: usage.input, cached: usage.cached, output: usage.output }
}

/// The only attempt of a model that keeps no list.
fn alone<T>(model: &ModelName, result: &Result<T, LlmError>, took: Duration) -> ModelAttempt {
    let outcome = match result {
        Ok(_) => Outcome::Answered,
        Err(error) => Outcome::Failed(error.kind),
    };
    attempt(model, outcome.as_str(), Duration::ZERO, took)
}

fn of_line(tried: &Attempt) -> ModelAttempt {
    attempt(&tried.model, tried.outcome.as_str(), tried.started, tried.took)
}

fn attempt(model: &ModelName, outcome: &str, started: Duration, took: Duration) -> ModelAttempt {
    let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    ModelAttempt {
        provider: model.provider.clone(),
        model: model.model.clone(),
        outcome: outcome.to_owned(),
        started_ms: ms(started),
        took_ms: ms(took),
    }
}
