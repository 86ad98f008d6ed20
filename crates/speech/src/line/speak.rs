//! A line of voices.

use super::{EngineCircuits, LineOptions, Task, TtsPrice, failure, in_turn, may_pass_on};
use crate::to_speech::{Say, Sound, Spoken, TextToSpeech, Voice};
use crate::{Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_telemetry::speech;
use greenroom_upstream::{Circuit, Kind, Permit, Probed, watch};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// An ordered line of voices, the preferred one first. Interviewers keep their names whoever speaks.
pub struct TtsLine {
    members: Vec<Arc<Member>>,
    options: LineOptions,
}

pub(super) struct Member {
    voice: Arc<dyn TextToSpeech>,
    price: Option<TtsPrice>,
    circuit: Arc<Circuit>,
}

#[async_trait]
impl Probed for Member {
    fn circuit(&self) -> &Arc<Circuit> {
        &self.circuit
    }

    /// Whether it says one short word.
    async fn is_back(&self) -> Result<(), Kind> {
        let say = Say {
            text: "Yes.".to_owned(),
            voice: crate::to_speech::default_voice().to_owned(),
            language: "en".to_owned(),
            pace: 1.0,
        };
        let mut sound = self.voice.speak(say).await.map_err(|error| error.kind)?.sound;
        while let Some(piece) = sound.next().await {
            piece.map_err(|error| error.kind)?;
        }
        Ok(())
    }
}

impl TtsLine {
    /// A line of `voices`, each with its price where that is known; `None` when there are none. `circuits` may be shared
    /// with other lines.
    pub fn new(
        voices: Vec<(Arc<dyn TextToSpeech>, Option<TtsPrice>)>,
        options: LineOptions,
        circuits: &EngineCircuits,
    ) -> Option<Self> {
        let member = |(voice, price): (Arc<dyn TextToSpeech>, Option<TtsPrice>)| {
            let circuit = circuits.of(&(Task::ToSpeech, voice.name().to_owned()));
            Arc::new(Member { voice, price, circuit })
        };
        let members: Vec<_> = voices.into_iter().map(member).collect();
        (!members.is_empty()).then_some(Self { members, options })
    }

    fn first(&self) -> &Arc<Member> {
        self.members.first().expect("a line is only made of at least one voice")
    }

    /// Speaks with one voice; the first sound must be there in time.
    async fn ask(&self, member: &Arc<Member>, say: &Say) -> Result<Spoken, SpeechError> {
        let name = member.voice.name();
        let (mut permit, began) = (member.circuit.force(), Instant::now());
        let begun = timeout_at(began + self.options.first_sound, begin(&*member.voice, say.clone())).await;
        let begun = begun.unwrap_or_else(|_| {
            Err(SpeechError {
                engine: name.to_owned(),
                kind: Kind::TimedOut,
                message: format!("no sound within {} ms", self.options.first_sound.as_millis()),
            })
        });
        match begun {
            Ok((engine, first, rest)) => {
                permit.writing();
                speech::tried(Task::ToSpeech.as_str(), name, "answered");
                speech::answered(Task::ToSpeech.as_str(), name, began.elapsed());
                let cost = member.price.map(|price| price.micros(say.text.chars().count()));
                speech::cost(Task::ToSpeech.as_str(), name, cost);
                if !Arc::ptr_eq(member, self.first()) {
                    speech::fell_back(Task::ToSpeech.as_str(), name);
                }
                let watched =
                    Watched { member: Arc::downgrade(member), permit, patience: self.options.first_sound };
                Ok(Spoken { engine, sound: go_on(name.to_owned(), first, rest, watched) })
            }
            Err(error) => {
                permit.failed(error.kind, Instant::now());
                watch(member, self.options.first_sound);
                speech::tried(Task::ToSpeech.as_str(), name, error.kind.as_str());
                Err(error)
            }
        }
    }
}

#[async_trait]
impl TextToSpeech for TtsLine {
    fn name(&self) -> &str {
        self.first().voice.name()
    }

    fn voices(&self) -> &[Voice] {
        self.first().voice.voices()
    }

    fn leaves_machine(&self) -> bool {
        self.members.iter().any(|member| member.voice.leaves_machine())
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        let mut tried = Vec::new();
        for member in in_turn(&self.members, |member| &member.circuit) {
            match self.ask(&member, &say).await {
                Ok(spoken) => return Ok(spoken),
                Err(error) => {
                    let goes_on = may_pass_on(error.kind);
                    tracing::warn!(engine = %error.engine, kind = error.kind.as_str(), "a voice failed: {error}");
                    tried.push(error);
                    if !goes_on {
                        break;
                    }
                }
            }
        }
        Err(failure(self.name(), tried))
    }
}

/// Asks and waits for the first sound.
async fn begin(voice: &dyn TextToSpeech, say: Say) -> Result<(String, Pcm24k, Sound), SpeechError> {
    let Spoken { engine, mut sound } = voice.speak(say).await?;
    match sound.next().await {
        Some(first) => Ok((engine, first?, sound)),
        None => Err(SpeechError { engine, kind: Kind::Malformed, message: "said nothing".to_owned() }),
    }
}

/// Who is told how the speech ends.
struct Watched {
    member: Weak<Member>,
    permit: Permit,
    patience: Duration,
}

/// The whole speech from its first sound on, counted and reported to the circuit of its engine.
fn go_on(name: String, first: Pcm24k, rest: Sound, watched: Watched) -> Sound {
    speech::sounded(Task::ToSpeech.as_str(), &name, first.duration());
    let rest = stream::unfold(Some((rest, watched, name)), |open| async move {
        let (mut rest, watched, name) = open?;
        match rest.next().await {
            Some(Ok(piece)) => {
                speech::sounded(Task::ToSpeech.as_str(), &name, piece.duration());
                Some((Ok(piece), Some((rest, watched, name))))
            }
            Some(Err(error)) => {
                watched.permit.failed(error.kind, Instant::now());
                if let Some(member) = watched.member.upgrade() {
                    watch(&member, watched.patience);
                }
                speech::tried(Task::ToSpeech.as_str(), &name, error.kind.as_str());
                Some((Err(error), None))
            }
            None => {
                watched.permit.finished();
                None
            }
        }
    });
    stream::once(async { Ok(first) }).chain(rest).boxed()
}
