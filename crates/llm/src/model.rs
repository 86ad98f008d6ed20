//! A language model: what it is asked, and what comes back piece by piece.

use crate::attempt::{Outcome, Recorded};
use crate::error::LlmError;
use async_trait::async_trait;
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_upstream::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Which model of which provider.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelName {
    /// Name of the provider in the configuration, for example `openai`.
    pub provider: String,
    /// The model as its vendor names it.
    pub model: String,
}

/// What a model is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Instructions. Words of candidates never stand here.
    pub system: String,
    /// The conversation, oldest first; begins with [`Role::User`] and ends with it.
    pub messages: Vec<Message>,
    /// Longest reply, tokens.
    pub max_tokens: u32,
    /// 0..=1; `None` leaves it to the vendor.
    pub temperature: Option<f32>,
    /// The form of the reply.
    pub format: Format,
    /// Which interview pays, for [`crate::Metered`]; `None` counts for the day only. Never sent.
    pub account: Option<Arc<str>>,
    /// Whether a reply to an equal request will do as well, for [`crate::Cached`]. Never sent.
    pub reuse: bool,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// This program, with the candidate's words as data.
    User,
    /// The model.
    Assistant,
}

/// The form of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Format {
    /// Plain text.
    Text,
    /// One JSON value that fits a schema.
    Json {
        /// Name of the schema, `[a-z_]{1,64}`.
        name: String,
        /// JSON Schema: objects say `additionalProperties: false` and require every property.
        schema: Arc<Value>,
    },
}

/// A part of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// More text; never empty.
    Text(String),
    /// The reply is complete. Nothing follows.
    End(End),
}

/// How a reply ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Why.
    pub stop: Stop,
    /// What it took.
    pub usage: Usage,
}

/// Why a reply ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// The model was done.
    Done,
    /// `max_tokens` was reached: the text is cut.
    Length,
}

/// Tokens of one call, as the vendor counted them; zero where it did not. And its cost, where somebody pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens read, including cached ones.
    pub input: u64,
    /// Of those, tokens that the vendor had cached.
    pub cached: u64,
    /// Tokens written.
    pub output: u64,
    /// What [`crate::Metered`] booked for this reply, micro-dollars; `None` where nobody meters or the price is not
    /// known. Tries before it that failed are booked as well, but not in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micros: Option<u64>,
}

/// A whole reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The text.
    pub text: String,
    /// How it ended.
    pub end: End,
    /// Who wrote it.
    pub model: ModelName,
}

/// What a model is known to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Longest request and reply together, tokens; `None` when it is not known.
    pub context: Option<u32>,
}

/// The pieces of a reply. Every stream ends with exactly one [`Piece::End`] or one error.
pub type Pieces = BoxStream<'static, Result<Piece, LlmError>>;

/// A stream of pieces and the model that writes it.
pub struct Stream {
    /// Who writes.
    pub model: ModelName,
    /// What it writes.
    pub pieces: Pieces,
}

/// A language model. Implementations are cheap to share and hold no conversation.
#[async_trait]
pub trait LanguageModel: Send + Sync {
    /// Which model this is; the first of a line when there are several.
    fn name(&self) -> &ModelName;

    /// What it is known to do.
    fn capabilities(&self) -> Capabilities;

    /// Asks the model. Returns when the vendor has accepted the request; dropping the stream ends the call.
    async fn stream(&self, request: &Request) -> Result<Stream, LlmError>;

    /// The same, with everything that was tried. Whoever wraps other models passes their list on.
    async fn stream_recorded(&self, request: &Request) -> Recorded<Stream> {
        Recorded::alone(self.stream(request).await)
    }
}

/// The whole reply to a request.
pub async fn complete(model: &dyn LanguageModel, request: &Request) -> Result<Reply, LlmError> {
    collect(model.stream(request).await?).await
}

/// The whole reply to a request, with everything that was tried for it.
pub async fn complete_recorded(model: &dyn LanguageModel, request: &Request) -> Recorded<Reply> {
    let Recorded { result, mut attempts } = model.stream_recorded(request).await;
    let stream = match result {
        Ok(stream) => stream,
        Err(error) => return Recorded { result: Err(error), attempts },
    };
    let result = collect(stream).await;
    if let (Err(error), Some(last)) = (&result, attempts.last_mut()) {
        last.outcome = Outcome::Failed(error.kind);
    }
    Recorded { result, attempts }
}

async fn collect(stream: Stream) -> Result<Reply, LlmError> {
    let Stream { model: name, mut pieces } = stream;
    let mut text = String::new();
    while let Some(piece) = pieces.next().await {
        match piece? {
            Piece::Text(more) => text.push_str(&more),
            Piece::End(end) => return Ok(Reply { text, end, model: name }),
        }
    }
    Err(LlmError {
        message: "the reply broke off".to_owned(),
        kind: Kind::BrokenStream,
        provider: name.provider,
    })
}
