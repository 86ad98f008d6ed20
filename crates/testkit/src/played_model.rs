//! A language model that plays its part in this process, step by step, as a test lets it.

use async_trait::async_trait;
use futures::{FutureExt, StreamExt, stream};
use greenroom_app::{App, Engines};
use greenroom_llm::{
    Capabilities, End, Format, Kind, LanguageModel, LlmError, ModelName, Piece, Request, Stop, Stream, Usage,
};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{LlmInterviewer, TurnOptions};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// A reply that goes on to the planned question with one sentence.
pub const GOES_ON: &str = r#"{"move": "next", "quote": null, "about": null, "asked": [], "conduct": null, "contrast": null}
That gives me a clear picture of how you went about it."#;
/// The sentence in it.
pub const REACTION: &str = "That gives me a clear picture of how you went about it.";
/// What each reply costs, micro-dollars.
pub const MICROS: u64 = 42;
/// Longer than any test takes: nobody is cut off because a machine is busy.
const PATIENCE: Duration = Duration::from_secs(300);

/// What the model does next.
#[derive(Clone)]
pub enum Step {
    /// It says this.
    Say(String),
    /// It waits for the gate.
    Wait(Gate),
    /// The line breaks; nothing follows.
    Break,
    /// The program has a bug there.
    Panic,
}

/// Something that a model waits for.
#[derive(Clone)]
pub struct Gate(Arc<Semaphore>);

impl Gate {
    /// A gate that is shut.
    pub fn shut() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Lets everybody through, from now on.
    pub fn open(&self) {
        self.0.close();
    }

    async fn passed(&self) {
        // A closed semaphore is an open gate.
        let _ = self.0.acquire().await;
    }
}

/// What a model is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A plan.
    Plan,
    /// What the interviewer says.
    Turn,
}

impl Ask {
    fn of(request: &Request) -> Self {
        match request.format {
            Format::Json { .. } => Self::Plan,
            Format::Text => Self::Turn,
        }
    }
}

type Script = dyn Fn(&Request, usize) -> Vec<Step> + Send + Sync;

/// The model.
pub struct PlayedModel {
    name: ModelName,
    turns: Box<Script>,
    plans: Box<Script>,
    heard: watch::Sender<Vec<Request>>,
}

impl PlayedModel {
    /// A model that takes turns by `script`, which is given each request with its number from 0, and never comes to
    /// a plan.
    pub fn turning(script: impl Fn(&Request, usize) -> Vec<Step> + Send + Sync + 'static) -> Arc<Self> {
        let never = Gate::shut();
        Self::new(script, move |_, _| vec![Step::Wait(never.clone())])
    }

    /// A model that takes turns by one script, and plans by another one.
    pub fn new(
        turns: impl Fn(&Request, usize) -> Vec<Step> + Send + Sync + 'static,
        plans: impl Fn(&Request, usize) -> Vec<Step> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let name = ModelName { provider: "played".to_owned(), model: "m1".to_owned() };
        let heard = watch::Sender::new(Vec::new());
        Arc::new(Self { name, turns: Box::new(turns), plans: Box::new(plans), heard })
    }

    /// From now on this model plans and talks in `app`.
    pub fn converses_in(self: &Arc<Self>, app: &App) {
        let options = TurnOptions { deadline: PATIENCE, plan_deadline: PATIENCE };
        let conversation = LlmInterviewer::new(self.clone(), app.bank(), options);
        app.exchange_engines(Engines {
            judge: Arc::new(BuiltinJudge),
            conversation: Some(Arc::new(conversation)),
            outside: Vec::new(),
            at_home: None,
        });
    }

    /// The same, where this model belongs to another company: for people who agree.
    pub fn converses_outside_of(self: &Arc<Self>, app: &App) {
        let home = (*app.engines()).clone();
        self.converses_in(app);
        let engines = (*app.engines()).clone();
        let task = greenroom_app::Task::Interviewing;
        let (provider, model) = ("played".to_owned(), "m1".to_owned());
        let outside = vec![greenroom_app::Outside { provider, model, purpose: task, needs_consent: true }];
        app.exchange_engines(Engines { at_home: Some(Arc::new(home)), outside, ..engines });
    }

    /// What it was asked for so far.
    pub fn heard(&self, ask: Ask) -> Vec<Request> {
        of(&self.heard.borrow(), ask).cloned().collect()
    }

    /// Waits until it was asked so many times.
    pub async fn asked(&self, ask: Ask, times: usize) {
        let mut heard = self.heard.subscribe();
        heard.wait_for(|all| of(all, ask).count() >= times).await.expect("the model lives as long as we do");
    }
}

fn of(all: &[Request], ask: Ask) -> impl Iterator<Item = &Request> {
    all.iter().filter(move |request| Ask::of(request) == ask)
}

#[async_trait]
impl LanguageModel for PlayedModel {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: None }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let ask = Ask::of(request);
        let number = of(&self.heard.borrow(), ask).count();
        let script = if ask == Ask::Plan { &self.plans } else { &self.turns };
        let steps = script(request, number);
        self.heard.send_modify(|heard| heard.push(request.clone()));
        let usage = Usage { micros: Some(MICROS), ..Usage::default() };
        let end = stream::iter([Ok(Piece::End(End { stop: Stop::Done, usage }))]);
        let pieces = stream::iter(steps).filter_map(played).chain(end);
        Ok(Stream { model: self.name.clone(), pieces: pieces.boxed() })
    }
}

async fn played(step: Step) -> Option<Result<Piece, LlmError>> {
    match step {
        Step::Say(text) => Some(Ok(Piece::Text(text))),
        Step::Wait(gate) => gate.passed().map(|()| None).await,
        Step::Break => {
            let (provider, message) = ("played".to_owned(), "as played".to_owned());
            Some(Err(LlmError { provider, kind: Kind::BrokenStream, message }))
        }
        Step::Panic => panic!("as played"),
    }
}
