//! What a language model was asked, and what came of it: kept on the log of the interview.

use serde::{Deserialize, Serialize};

/// One thing asked of language models, with everything that was tried for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ModelCall {
    /// What for.
    pub purpose: ModelPurpose,
    /// Version of the prompt, such as `judge-v1`.
    pub prompt: String,
    /// What was tried, in order.
    pub attempts: Vec<ModelAttempt>,
    /// Who answered, `provider/model`; `None` when nobody did, and the built-in engine took over.
    pub model: Option<String>,
    /// Tokens, as the vendor counted them.
    pub usage: TokenUsage,
    /// What it cost, micro-dollars; `None` when no price is known.
    pub micros: Option<u64>,
}

/// What a language model is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ModelPurpose {
    /// A plan for the interview.
    Plan,
    /// What the interviewer says next.
    Turn,
    /// The judgement of an answer.
    Judge,
}

/// One try at one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ModelAttempt {
    /// The provider's name in the configuration.
    pub provider: String,
    /// The model as its vendor names it.
    pub model: String,
    /// `answered`, `skipped`, `cached`, or the kind of failure such as `rate_limited`.
    pub outcome: String,
    /// When it began, ms after the call began.
    pub started_ms: u64,
    /// How long it took until the first text or the failure, ms.
    pub took_ms: u64,
}

/// Tokens of one call; zero where the vendor did not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TokenUsage {
    /// Tokens read, with cached ones.
    pub input: u64,
    /// Of those, tokens that the vendor had cached.
    pub cached: u64,
    /// Tokens written.
    pub output: u64,
}
