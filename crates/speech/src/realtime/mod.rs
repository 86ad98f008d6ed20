//! Speech to speech: one model hears and speaks. The session relays it, so that keys stay on the server and the transcript
//! and the log are ours; when a turn ends, and what is asked, is decided by the session.

mod line;
mod openai;
mod relay;
mod replies;
mod utterances;

pub use line::TalkLine;

use crate::limits::Timeouts;
use crate::line::TalkTokens;
use crate::options::RealtimeEngine;
use crate::to_speech::voices::realtime_names;
use crate::{Pcm16k, Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::stream::BoxStream;
use greenroom_upstream::{Fault, Http};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
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

/// What happens in a conversation. Utterances and replies go by the numbers that [`Voice`] gave them.
#[derive(Clone, Debug, PartialEq)]
pub enum SpokenTo {
    /// The words so far of an utterance, all of them.
    HeardPartly {
        /// Which utterance.
        utterance: u32,
        /// Its words so far.
        text: String,
    },
    /// The words of an utterance; empty when there are none in it.
    Heard {
        /// Which utterance.
        utterance: u32,
        /// Its words.
        text: String,
    },
    /// The words of an utterance will not be known. The model may have understood it all the same.
    NotHeard {
        /// Which utterance.
        utterance: u32,
    },
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
    /// What a reply took, said to its end or not. Not told by all.
    Used(TalkTokens),
}

/// What the session tells a model.
#[derive(Clone, Debug)]
pub enum Tell {
    /// What the person says.
    Sound(Pcm16k),
    /// The utterance is over: its words follow, and nothing is to be said.
    EndUtterance(u32),
    /// What was sent since the last utterance ended is not to be heard.
    Forget,
    /// The model is to say this.
    Say {
        /// The number of the reply.
        reply: u32,
        /// The instructions for it.
        what: String,
    },
    /// A reply is broken off.
    Stop {
        /// Which reply.
        reply: u32,
        /// How much of it was heard, ms.
        heard_ms: u32,
    },
    /// It is all over.
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
    utterances: Arc<AtomicU32>,
    replies: Arc<AtomicU32>,
}

impl Voice {
    /// What the person says, as it comes.
    pub async fn send(&self, pcm: Pcm16k) -> Result<(), Over> {
        self.tell(Tell::Sound(pcm)).await
    }

    /// The person pauses. The number of the utterance, counted from 0, whose words follow. The model says nothing to it:
    /// that needs a [`Voice::say`].
    pub async fn end_utterance(&self) -> Result<u32, Over> {
        let utterance = self.utterances.fetch_add(1, Ordering::Relaxed);
        self.tell(Tell::EndUtterance(utterance)).await?;
        Ok(utterance)
    }

    /// What was sent since the last utterance ended is not to be heard.
    pub async fn forget(&self) -> Result<(), Over> {
        self.tell(Tell::Forget).await
    }

    /// The model is to say this, in its own manner, such as a question of the plan; after what it says at the moment.
    /// The number of the reply, counted from 0. `what` stands for the instructions of the conversation this once. Does not
    /// wait: a model that takes nothing any more counts as gone.
    pub fn say(&self, what: String) -> Result<u32, Over> {
        let reply = self.replies.fetch_add(1, Ordering::Relaxed);
        self.tell.try_send(Tell::Say { reply, what }).map_err(|_| Over)?;
        Ok(reply)
    }

    /// The person spoke up: the reply is broken off, and the model learns that only `heard_ms` of it were heard. Does not
    /// wait either.
    pub fn stop(&self, reply: u32, heard_ms: u32) -> Result<(), Over> {
        self.tell.try_send(Tell::Stop { reply, heard_ms }).map_err(|_| Over)
    }

    /// Ends the conversation.
    pub async fn close(&self) -> Result<(), Over> {
        self.tell(Tell::Close).await
    }

    async fn tell(&self, tell: Tell) -> Result<(), Over> {
        self.tell.send(tell).await.map_err(|_| Over)
    }
}

/// A session's end, and where a model takes from it: for those who write a model.
pub fn channel() -> (Voice, mpsc::Receiver<Tell>) {
    let (tell, told) = mpsc::channel(WAITING);
    (Voice { tell, utterances: Arc::default(), replies: Arc::default() }, told)
}

/// A conversation under way.
pub struct Talking {
    /// Name of the model in the settings.
    pub engine: String,
    /// The session's end of it.
    pub voice: Voice,
    /// What happens, as it comes. An error is the last item, also when the model is late: with the words of an utterance,
    /// the first sound of a reply or the next.
    pub events: BoxStream<'static, Result<SpokenTo, SpeechError>>,
}

/// A model that hears and speaks.
#[async_trait]
pub trait SpeechToSpeech: Send + Sync {
    /// Its name in the settings.
    fn name(&self) -> &str;

    /// Whether sound and words leave what is the operator's own: then people are asked first.
    fn leaves_machine(&self) -> bool;

    /// Begins a conversation.
    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError>;
}

/// A model that hears and speaks by OpenAI's Realtime interface.
pub struct Realtime {
    engine: RealtimeEngine,
    http: Http,
    timeouts: Timeouts,
}

impl Realtime {
    /// Nothing is sent yet, and a wrong address or key is told by the first conversation. Of `timeouts`, `words` counts from
    /// the end of an utterance, and a tenth of its length is added.
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

    fn leaves_machine(&self) -> bool {
        !self.engine.private
    }

    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError> {
        let failed = |fault: Fault| SpeechError::new(&self.engine.name, fault);
        let deadline = Instant::now() + self.timeouts.first;
        let names = realtime_names(&self.engine.voices);
        let voice = names.get(&conversation.voice).or_else(|| names.get(crate::default_voice()));
        let voice = voice.map_or("alloy", String::as_str);
        let update = openai::session(&conversation, voice, &self.engine.transcriber);
        let (voice, told) = channel();
        let events = relay::begin(&self.http, update, told, &self.engine.name, deadline, self.timeouts);
        let events = events.await.map_err(failed)?;
        Ok(Talking { engine: self.engine.name.clone(), voice, events })
    }
}
