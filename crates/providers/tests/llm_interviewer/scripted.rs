//! A model that plays a part, piece by piece, and somebody who listens.

use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_llm::{
    Capabilities, End, Kind, LanguageModel, LlmError, ModelName, Piece, Request, Stop, Stream, Usage,
};
use greenroom_providers::Listener;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// What the model does when asked.
pub enum Step {
    /// Says it in pieces of a few characters.
    Say(String),
    /// Is cut off for its length.
    Cut(String),
    /// Breaks off.
    Break(String),
    /// Says nothing more after this.
    Hang(String),
    Fail(Kind),
}

type Part = dyn Fn(&Request) -> Step + Send + Sync;

pub struct Scripted {
    name: ModelName,
    context: Option<u32>,
    part: Box<Part>,
    asked: Mutex<Vec<Request>>,
}

pub const USAGE: Usage = Usage { input: 900, cached: 700, output: 60, micros: Some(42) };

impl Scripted {
    pub fn new(part: impl Fn(&Request) -> Step + Send + Sync + 'static) -> Arc<Self> {
        Self::with_context(None, part)
    }

    pub fn with_context(
        context: Option<u32>,
        part: impl Fn(&Request) -> Step + Send + Sync + 'static,
    ) -> Arc<Self> {
        let name = ModelName { provider: "scripted".to_owned(), model: "part-1".to_owned() };
        Arc::new(Self { name, context, part: Box::new(part), asked: Mutex::default() })
    }

    /// A model that always says this.
    pub fn saying(text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        Self::new(move |_| Step::Say(text.clone()))
    }

    pub fn requests(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    fn error(&self, kind: Kind) -> LlmError {
        LlmError { provider: self.name.provider.clone(), kind, message: "scripted".to_owned() }
    }
}

#[async_trait]
impl LanguageModel for Scripted {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: self.context }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        self.asked.lock().unwrap().push(request.clone());
        let end = |stop| Some(Ok(Piece::End(End { stop, usage: USAGE })));
        let (text, last, hangs) = match (self.part)(request) {
            Step::Say(text) => (text, end(Stop::Done), false),
            Step::Cut(text) => (text, end(Stop::Length), false),
            Step::Break(text) => (text, Some(Err(self.error(Kind::BrokenStream))), false),
            Step::Hang(text) => (text, None, true),
            Step::Fail(kind) => return Err(self.error(kind)),
        };
        let chars: Vec<char> = text.chars().collect();
        let pieces: Vec<_> =
            chars.chunks(3).map(|three| Ok(Piece::Text(three.iter().collect()))).chain(last).collect();
        let rest = stream::pending().take(usize::from(hangs));
        Ok(Stream { model: self.name.clone(), pieces: stream::iter(pieces).chain(rest).boxed() })
    }
}

/// Keeps everything that was shown.
#[derive(Default)]
pub struct Screen(Mutex<Vec<String>>);

impl Screen {
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Listener for Screen {
    fn writing(&self, words: &str) {
        self.0.lock().unwrap().push(words.to_owned());
    }
}

/// A header that says "next" and nothing else.
pub fn next() -> Value {
    json!({"move": "next", "quote": null, "about": null, "asked": [], "conduct": null, "contrast": null})
}

/// A header for a follow-up on `quote`.
pub fn follow_up(quote: &str) -> Value {
    let mut header = next();
    header["move"] = json!("follow_up");
    header["quote"] = json!(quote);
    header["about"] = json!("result");
    header
}

/// A reply with this header and these words.
pub fn reply(header: &Value, words: &str) -> String {
    format!("{header}\n{words}")
}
