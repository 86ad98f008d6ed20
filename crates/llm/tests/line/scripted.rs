//! A model that plays a script, and lines of such models.

use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_llm::{
    Capabilities, Circuits, End, Fallback, FallbackOptions, Format, Kind, LanguageModel, LlmError, Message,
    ModelName, Piece, Request, Role, Stop, Stream, Usage,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What a model does when it is asked once.
#[derive(Clone, Debug)]
pub enum Step {
    /// Writes this many pieces after a while, and ends.
    Text { after: Duration, pieces: usize },
    /// Refuses the call after a while.
    Fail { after: Duration, kind: Kind },
    /// Accepts the call, writes some pieces and fails.
    FailInside { pieces: usize, kind: Kind },
    /// Accepts the call, writes some pieces and stops without an end.
    Cut { pieces: usize },
    /// Writes some pieces and ends because there are too many.
    TooLong { pieces: usize },
    /// Never accepts the call.
    Hang,
    /// Accepts the call and never writes.
    Silent,
}

pub const BUSY: Kind = Kind::Unavailable { retry_after: None };
pub const USAGE: Usage = Usage { input: 100, cached: 0, output: 20, micros: None };

/// Answers at once.
pub fn text() -> Step {
    Step::Text { after: Duration::ZERO, pieces: 3 }
}

/// Refuses at once.
pub fn fail(kind: Kind) -> Step {
    Step::Fail { after: Duration::ZERO, kind }
}

/// Plays its steps in order; the last one for ever.
pub struct Scripted {
    name: ModelName,
    steps: Vec<Step>,
    context: Option<u32>,
    usage: Usage,
    asked: Mutex<Vec<(Instant, Request)>>,
}

impl Scripted {
    pub fn new(name: &str, steps: impl Into<Vec<Step>>) -> Arc<Self> {
        Self::with_context(name, steps, None)
    }

    /// A model that says that each reply took `usage`.
    pub fn with_usage(name: &str, steps: impl Into<Vec<Step>>, usage: Usage) -> Arc<Self> {
        let name = ModelName { provider: name.to_owned(), model: "m".to_owned() };
        Arc::new(Self { name, steps: steps.into(), context: None, usage, asked: Mutex::default() })
    }

    pub fn with_context(name: &str, steps: impl Into<Vec<Step>>, context: Option<u32>) -> Arc<Self> {
        let name = ModelName { provider: name.to_owned(), model: "m".to_owned() };
        Arc::new(Self { name, steps: steps.into(), context, usage: USAGE, asked: Mutex::default() })
    }

    /// When it was asked.
    pub fn asked(&self) -> Vec<Instant> {
        self.asked.lock().unwrap().iter().map(|(when, _)| *when).collect()
    }

    /// What it was asked.
    pub fn requests(&self) -> Vec<Request> {
        self.asked.lock().unwrap().iter().map(|(_, request)| request.clone()).collect()
    }

    /// What it writes in a complete reply of so many pieces.
    pub fn whole(provider: &str, pieces: usize) -> String {
        (0..pieces).map(|number| piece(provider, number)).collect()
    }

    fn next(&self, request: &Request) -> Step {
        let mut asked = self.asked.lock().unwrap();
        let step = self.steps[asked.len().min(self.steps.len() - 1)].clone();
        asked.push((Instant::now(), request.clone()));
        step
    }

    fn error(&self, kind: Kind) -> LlmError {
        LlmError { provider: self.name.provider.clone(), kind, message: "scripted".to_owned() }
    }

    fn pieces(&self, count: usize) -> Vec<Result<Piece, LlmError>> {
        (0..count).map(|number| Ok(Piece::Text(piece(&self.name.provider, number)))).collect()
    }
}

fn piece(provider: &str, number: usize) -> String {
    format!("{provider}:{number} ")
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
        let pieces = match self.next(request) {
            Step::Text { after, pieces } => {
                let mut all = self.pieces(pieces);
                all.push(Ok(Piece::End(End { stop: Stop::Done, usage: self.usage })));
                let waited = stream::once(sleep(after)).filter_map(|()| async { None });
                waited.chain(stream::iter(all)).boxed()
            }
            Step::Fail { after, kind } => {
                sleep(after).await;
                return Err(self.error(kind));
            }
            Step::FailInside { pieces, kind } => {
                let mut all = self.pieces(pieces);
                all.push(Err(self.error(kind)));
                stream::iter(all).boxed()
            }
            Step::TooLong { pieces } => {
                let mut all = self.pieces(pieces);
                all.push(Ok(Piece::End(End { stop: Stop::Length, usage: self.usage })));
                stream::iter(all).boxed()
            }
            Step::Cut { pieces } => stream::iter(self.pieces(pieces)).boxed(),
            Step::Hang => std::future::pending().await,
            Step::Silent => stream::pending().boxed(),
        };
        Ok(Stream { model: self.name.clone(), pieces })
    }
}

/// A line with the default options and circuits of its own.
pub fn line(models: &[Arc<Scripted>]) -> Fallback {
    line_with(models, FallbackOptions::default(), &Circuits::default())
}

pub fn line_with(models: &[Arc<Scripted>], options: FallbackOptions, circuits: &Circuits) -> Fallback {
    let models = models.iter().map(|model| Arc::clone(model) as Arc<dyn LanguageModel>).collect();
    Fallback::new(models, options, circuits, StdRng::seed_from_u64(7)).expect("there are models")
}

pub fn request() -> Request {
    Request {
        system: "You hold interviews.".to_owned(),
        messages: vec![Message { role: Role::User, text: "Ask the next question.".to_owned() }],
        max_tokens: 200,
        temperature: None,
        format: Format::Text,
        account: None,
        reuse: false,
    }
}

/// The same request, paid by `interview`.
pub fn request_of(interview: &str) -> Request {
    Request { account: Some(interview.into()), ..request() }
}

pub fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}
