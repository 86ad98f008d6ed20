//! A line of recognisers.

use super::{EngineCircuits, LineOptions, SttPrice, Task, failure, in_turn, listen, may_pass_on};
use crate::SpeechError;
use crate::to_text::{Listening, SpeechToText, StreamOptions, SttTraits, Transcript, Utterance};
use crate::{Pcm16k, to_text};
use async_trait::async_trait;
use greenroom_telemetry::speech;
use greenroom_upstream::{Circuit, Kind, Probed, watch};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

/// Before all are asked a second time.
const PAUSE: Duration = Duration::from_millis(250);

/// An ordered line of recognisers, the preferred one first.
#[derive(Clone)]
pub struct SttLine(Arc<Inner>);

pub(super) struct Inner {
    pub(super) members: Vec<Arc<Member>>,
    pub(super) options: LineOptions,
    traits: SttTraits,
}

pub(super) struct Member {
    pub(super) engine: Arc<dyn SpeechToText>,
    pub(super) price: Option<SttPrice>,
    pub(super) circuit: Arc<Circuit>,
}

#[async_trait]
impl Probed for Member {
    fn circuit(&self) -> &Arc<Circuit> {
        &self.circuit
    }

    /// Whether it takes half a second of silence.
    async fn is_back(&self) -> Result<(), Kind> {
        let silence =
            Utterance { pcm: Pcm16k::new(vec![0; 8000]), language: Some("en".to_owned()), hint: None };
        self.engine.transcribe(silence).await.map(|_| ()).map_err(|error| error.kind)
    }
}

impl SttLine {
    /// A line of `engines`, each with its price where that is known; `None` when there are none. `circuits` may be shared
    /// with other lines.
    pub fn new(
        engines: Vec<(Arc<dyn SpeechToText>, Option<SttPrice>)>,
        options: LineOptions,
        circuits: &EngineCircuits,
    ) -> Option<Self> {
        let member = |(engine, price): (Arc<dyn SpeechToText>, Option<SttPrice>)| {
            let circuit = circuits.of(&(Task::ToText, engine.name().to_owned()));
            Arc::new(Member { engine, price, circuit })
        };
        let members: Vec<_> = engines.into_iter().map(member).collect();
        let first = members.first()?.engine.traits().clone();
        let leaves_machine = members.iter().any(|member| member.engine.traits().leaves_machine);
        let traits = SttTraits { leaves_machine, ..first };
        Some(Self(Arc::new(Inner { members, options, traits })))
    }
}

#[async_trait]
impl SpeechToText for SttLine {
    /// Of its first engine.
    fn name(&self) -> &str {
        self.0.members.first().map_or("", |member| member.engine.name())
    }

    /// Of its first engine; sound leaves the machine when it does so with any of them.
    fn traits(&self) -> &SttTraits {
        &self.0.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        let (began, mut tried) = (Instant::now(), Vec::new());
        if let Some(transcript) = self.0.round(&utterance, &mut tried).await {
            return Ok(transcript);
        }
        // What somebody said is not given up for one failure that passes, as long as nobody has begun to wonder.
        let may_pass = tried.last().is_some_and(|error| error.kind.is_passing());
        if may_pass && began.elapsed() < self.0.options.words / 2 {
            sleep(PAUSE).await;
            if let Some(transcript) = self.0.round(&utterance, &mut tried).await {
                return Ok(transcript);
            }
        }
        Err(failure(self.name(), tried))
    }

    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError> {
        listen::open(Arc::clone(&self.0), options).await
    }
}

impl Inner {
    /// The engines to ask about `language`, in turn.
    pub(super) fn in_turn(&self, language: Option<&str>) -> Vec<Arc<Member>> {
        let wanted = language.and_then(to_text::two_letters);
        let knows = |member: &Arc<Member>| {
            let known = &member.engine.traits().languages;
            wanted.as_ref().is_none_or(|wanted| known.is_empty() || known.contains(wanted))
        };
        let fit: Vec<_> = self.members.iter().filter(|member| knows(member)).cloned().collect();
        in_turn(&fit, |member| &member.circuit)
    }

    /// Asks one after the other.
    async fn round(&self, utterance: &Utterance, tried: &mut Vec<SpeechError>) -> Option<Transcript> {
        let mut members = self.in_turn(utterance.language.as_deref()).into_iter().peekable();
        while let Some(member) = members.next() {
            match self.ask(&member, utterance, members.peek().is_some()).await {
                Ok(transcript) => return Some(transcript),
                Err(error) => {
                    let goes_on = may_pass_on(error.kind);
                    tried.push(error);
                    if !goes_on {
                        break;
                    }
                }
            }
        }
        None
    }

    async fn ask(
        &self,
        member: &Arc<Member>,
        utterance: &Utterance,
        others_wait: bool,
    ) -> Result<Transcript, SpeechError> {
        let began = Instant::now();
        let patience = self.options.patience(utterance.pcm.duration(), others_wait);
        let mut permit = member.circuit.force();
        let told = timeout_at(began + patience, member.engine.transcribe(utterance.clone())).await;
        let told = told.unwrap_or_else(|_| Err(late(member.engine.name(), patience)));
        match told {
            Ok(transcript) => {
                permit.writing();
                permit.finished();
                self.heard(member, utterance.pcm.duration(), began.elapsed());
                Ok(transcript)
            }
            Err(error) => {
                permit.failed(error.kind, Instant::now());
                self.failed(member, &error);
                Err(error)
            }
        }
    }

    /// Counts an answer to so much sound.
    pub(super) fn heard(&self, member: &Arc<Member>, sound: Duration, took: Duration) {
        let (task, name) = (Task::ToText.as_str(), member.engine.name());
        speech::tried(task, name, "answered");
        speech::answered(task, name, took);
        speech::sounded(task, name, sound);
        let ms = u32::try_from(sound.as_millis()).unwrap_or(u32::MAX);
        speech::cost(task, name, member.price.map(|price| price.micros(ms)));
        if !self.members.first().is_some_and(|first| Arc::ptr_eq(first, member)) {
            speech::fell_back(task, name);
        }
    }

    /// Counts a failure and sees to it that the engine is asked again.
    pub(super) fn failed(&self, member: &Arc<Member>, error: &SpeechError) {
        tracing::warn!(engine = %error.engine, kind = error.kind.as_str(), "a recogniser failed: {error}");
        speech::tried(Task::ToText.as_str(), member.engine.name(), error.kind.as_str());
        watch(member, self.options.words);
    }
}

pub(super) fn late(engine: &str, patience: Duration) -> SpeechError {
    SpeechError {
        engine: engine.to_owned(),
        kind: Kind::TimedOut,
        message: format!("no words within {} ms", patience.as_millis()),
    }
}
