//! Speech to speech: one model hears and speaks. The session relays it, so that keys stay on the server and the transcript
//! and the log are ours; when a turn ends, and what is asked, is decided by the session.

mod openai;
mod relay;

use crate::limits::Timeouts;
use crate::to_speech::voices::{VoiceNames, names};
use crate::{Pcm16k, Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::stream::BoxStream;
use greenroom_upstream::{Fault, Http};
use secrecy::SecretString;
use std::collections::BTreeMap;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Commands that may wait: 20 s of sound.
const WAITING: usize = 1000;

/// What a conversation is to be like.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// How the model is to behave and what it may ask. A person's words never stand here.
    pub instructions: String,
    /// An interviewer's voice, by its id.
    pub voice: String,
    /// The language that is spoken, as a language tag.
    pub language: Option<String>,
}

/// What happens in a conversation. Replies are numbered from 0, each by one [`SpokenTo::Reply`].
#[derive(Clone, Debug, PartialEq)]
pub enum SpokenTo {
    /// The words so far of what the person is saying.
    HeardPartly(String),
    /// The words of what the person said.
    Heard(String),
    /// A reply begins.
    Reply(u32),
    /// Sound of a reply.
    Sound {
        /// Which reply.
        reply: u32,
        /// The sound.
        pcm: Pcm24k,
    },
    /// More words of a reply, for captions.
    Words {
        /// Which reply.
        reply: u32,
        /// The words that are new.
        text: String,
    },
    /// A reply is over.
    Ended {
        /// Which reply.
        reply: u32,
        /// All its words.
        text: String,
        /// Whether it was said to its end; false when it was stopped or the model gave up.
        complete: bool,
    },
}

/// What the session tells the model.
#[derive(Clone, Debug)]
pub(crate) enum Tell {
    Sound(Pcm16k),
    TurnEnded,
    Say(String),
    Stop { reply: u32, heard_ms: u32 },
    Instruct(String),
    Close,
}

/// The model has stopped listening; the stream of what happens says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the conversation is over")]
pub struct Over;

/// The session's end of a conversation. Dropping it ends the conversation.
#[derive(Clone, Debug)]
pub struct Voice {
    tell: mpsc::Sender<Tell>,
}

impl Voice {
    /// What the person says, as it comes.
    pub async fn send(&self, pcm: Pcm16k) -> Result<(), Over> {
        self.tell(Tell::Sound(pcm)).await
    }

    /// The person has finished: the model is to reply.
    pub async fn turn_ended(&self) -> Result<(), Over> {
        self.tell(Tell::TurnEnded).await
    }

    /// The model is to say this now, in its own manner, such as a question of the plan.
    pub async fn say(&self, what: &str) -> Result<(), Over> {
        self.tell(Tell::Say(what.to_owned())).await
    }

    /// The person spoke up: the reply is broken off, and the model learns that only `heard_ms` of it were heard.
    pub async fn stop(&self, reply: u32, heard_ms: u32) -> Result<(), Over> {
        self.tell(Tell::Stop { reply, heard_ms }).await
    }

    /// New instructions from now on.
    pub async fn instruct(&self, instructions: &str) -> Result<(), Over> {
        self.tell(Tell::Instruct(instructions.to_owned())).await
    }

    /// Ends the conversation.
    pub async fn close(&self) -> Result<(), Over> {
        self.tell(Tell::Close).await
    }

    async fn tell(&self, tell: Tell) -> Result<(), Over> {
        self.tell.send(tell).await.map_err(|_| Over)
    }
}

/// A conversation under way.
pub struct Talking {
    /// The session's end of it.
    pub voice: Voice,
    /// What happens, as it comes. An error is the last item.
    pub events: BoxStream<'static, Result<SpokenTo, SpeechError>>,
}

/// A model that hears and speaks.
#[async_trait]
pub trait SpeechToSpeech: Send + Sync {
    /// Its name in the settings.
    fn name(&self) -> &str;

    /// Begins a conversation.
    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError>;
}

/// Where OpenAI's Realtime interface, or one like it, is.
#[derive(Clone, Debug)]
pub struct RealtimeEngine {
    /// Its name in the settings.
    pub name: String,
    /// Its address, up to and without `/realtime`.
    pub base_url: String,
    /// Its key; `None` where none is needed.
    pub api_key: Option<SecretString>,
    /// The model.
    pub model: String,
    /// What writes down what the person says.
    pub transcriber: String,
    /// What it calls the interviewers, where it does so otherwise than OpenAI.
    pub voices: BTreeMap<String, String>,
}

/// A model that hears and speaks by OpenAI's Realtime interface.
pub struct Realtime {
    engine: RealtimeEngine,
    http: Http,
    timeouts: Timeouts,
}

impl Realtime {
    /// Nothing is sent yet, and a wrong address or key is told by the first conversation.
    pub fn new(engine: RealtimeEngine, timeouts: Timeouts) -> Result<Self, SpeechError> {
        let url = format!("{}/realtime?model={}", engine.base_url.trim_end_matches('/'), engine.model);
        let http = Http::new(url).map_err(|fault| SpeechError::new(&engine.name, fault))?;
        let http = http.key("authorization", "Bearer ", engine.api_key.as_ref());
        Ok(Self { engine, http, timeouts })
    }
}

#[async_trait]
impl SpeechToSpeech for Realtime {
    fn name(&self) -> &str {
        &self.engine.name
    }

    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError> {
        let failed = |fault: Fault| SpeechError::new(&self.engine.name, fault);
        let deadline = Instant::now() + self.timeouts.first;
        let names = names(VoiceNames::Openai, &self.engine.voices);
        let voice = names.get(&conversation.voice).or_else(|| names.get(crate::default_voice()));
        let voice = voice.map_or("alloy", String::as_str);
        let update = openai::session(&conversation, voice, &self.engine.transcriber);
        let (tell, told) = mpsc::channel(WAITING);
        let events = relay::begin(&self.http, update, told, &self.engine.name, deadline, self.timeouts.next);
        let events = events.await.map_err(failed)?;
        Ok(Talking { voice: Voice { tell }, events })
    }
}
