//! A provider of language models, as an administrator enters it.

use serde::{Deserialize, Serialize};

/// Where a language model is, and how it is spoken to. Its key is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelProvider {
    /// Its name here, `[a-z0-9][a-z0-9_-]{0,39}`. Prices are known by the names of well-known providers.
    pub name: String,
    /// What it speaks.
    pub protocol: ModelProtocol,
    /// Its address, up to and without `/chat/completions` or `/messages`.
    pub base_url: String,
    /// The model as its vendor names it.
    pub model: String,
    /// Longest request and reply together, tokens; `None` when it is not known.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: ModelJson,
}

/// What a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ModelProtocol {
    /// Chat Completions, as OpenAI and most others speak it.
    Openai,
    /// Anthropic's Messages.
    Anthropic,
}

/// How a provider keeps a reply to JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ModelJson {
    /// To a JSON Schema.
    Schema,
    /// To any JSON object.
    Object,
    /// To the arguments of a tool that it must call.
    Tool,
    /// Not at all: it is asked for in words.
    Prompt,
}
