//! A line of models that hear and speak: the first that lets itself be opened holds the conversation to its end. What
//! comes after that is decided by whoever talks with it.

use super::{Conversation, SpeechToSpeech, SpokenTo, Talking};
use crate::SpeechError;
use crate::line::{EngineCircuits, TalkPrice, Task, failure, in_turn};
use async_trait::async_trait;
use futures::StreamExt;
use greenroom_telemetry::speech;
use greenroom_upstream::{Circuit, Kind, Probed, watch};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const TASK: &str = Task::Realtime.as_str();

/// An ordered line of models, the preferred one first.
#[derive(Clone)]
pub struct TalkLine {
    members: Vec<Arc<Member>>,
    /// How long a probe may take.
    patience: Duration,
}

struct Member {
    engine: Arc<dyn SpeechToSpeech>,
    price: Option<TalkPrice>,
    circuit: Arc<Circuit>,
}

#[async_trait]
impl Probed for Member {
    fn circuit(&self) -> &Arc<Circuit> {
        &self.circuit
    }

    /// Whether a conversation can be opened; nothing is said in it.
    async fn is_back(&self) -> Result<(), Kind> {
        let conversation = Conversation {
            instructions: "Say nothing.".to_owned(),
            voice: crate::default_voice().to_owned(),
            language: None,
        };
        self.engine.open(conversation).await.map(drop).map_err(|error| error.kind)
    }
}

impl TalkLine {
    /// A line of `engines`, each with its price where that is known; `None` when there are none. `circuits` may be shared
    /// with other lines. A probe of a model that is left alone may take `patience`.
    pub fn new(
        engines: Vec<(Arc<dyn SpeechToSpeech>, Option<TalkPrice>)>,
        patience: Duration,
        circuits: &EngineCircuits,
    ) -> Option<Self> {
        let member = |(engine, price): (Arc<dyn SpeechToSpeech>, Option<TalkPrice>)| {
            let circuit = circuits.of(&(Task::Realtime, engine.name().to_owned()));
            Arc::new(Member { engine, price, circuit })
        };
        let members: Vec<_> = engines.into_iter().map(member).collect();
        (!members.is_empty()).then_some(Self { members, patience })
    }
}

#[async_trait]
impl SpeechToSpeech for TalkLine {
    /// Of its first model.
    fn name(&self) -> &str {
        self.members.first().map_or("", |member| member.engine.name())
    }

    fn leaves_machine(&self) -> bool {
        self.members.iter().any(|member| member.engine.leaves_machine())
    }

    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError> {
        let mut tried = Vec::new();
        for member in in_turn(&self.members, |member| &member.circuit) {
            match member.engine.open(conversation.clone()).await {
                Ok(talking) => return Ok(counted(talking, member, self.patience)),
                Err(error) => {
                    failed(&member, &error, self.patience);
                    tried.push(error);
                }
            }
        }
        Err(failure(self.name(), tried))
    }
}

/// The same conversation, whose replies and failures are counted.
fn counted(talking: Talking, member: Arc<Member>, patience: Duration) -> Talking {
    let Talking { engine, voice, events } = talking;
    let mut begun: Option<Instant> = None;
    // Whether it was told what the reply took that was begun last.
    let mut is_told = false;
    let events = events.inspect(move |event| match event {
        Ok(SpokenTo::Reply(_)) => (begun, is_told) = (Some(Instant::now()), false),
        Ok(SpokenTo::Sound { pcm, .. }) => {
            if let Some(begun) = begun.take() {
                speech::answered(TASK, member.engine.name(), begun.elapsed());
            }
            speech::sounded(TASK, member.engine.name(), pcm.duration());
        }
        Ok(SpokenTo::Ended { complete: true, .. }) => {
            let mut permit = member.circuit.force();
            permit.writing();
            permit.finished();
            speech::tried(TASK, member.engine.name(), "answered");
            if !is_told {
                speech::cost(TASK, member.engine.name(), None);
            }
        }
        Ok(SpokenTo::Used(tokens)) => {
            is_told = true;
            let micros = member.price.map(|price| price.micros(*tokens));
            speech::cost(TASK, member.engine.name(), micros);
        }
        Ok(_) => {}
        Err(error) => failed(&member, error, patience),
    });
    Talking { engine, voice, events: events.boxed() }
}

/// Counts a failure and sees to it that the model is asked again.
fn failed(member: &Arc<Member>, error: &SpeechError, patience: Duration) {
    tracing::warn!(engine = %error.engine, kind = error.kind.as_str(), "a model that hears and speaks failed: {error}");
    member.circuit.force().failed(error.kind, Instant::now());
    speech::tried(TASK, member.engine.name(), error.kind.as_str());
    watch(member, patience);
}
