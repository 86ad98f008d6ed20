//! What a spoken interview needs of the world.

use super::voices::VoiceStretch;
use async_trait::async_trait;
use futures::stream::BoxStream;
use greenroom_domain::ids::{QuestionId, ResponseId};
use greenroom_domain::interview::{HeardReply, Logged, Spoken, SpokenWord, Stages, Transport, Unfinished};
use greenroom_media::link::Sound;
use greenroom_speech::Listening;
use std::sync::Arc;

/// Finds words in sound.
#[async_trait]
pub trait Ears: Send + Sync {
    /// The words of `sound`: mono, 16 kHz. Places of words are ms from its beginning.
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost>;

    /// Begins to listen while one speaks; `None` where there is nobody who does, and stretches are asked for as a whole.
    async fn listen(&self) -> Option<Result<Listening, EngineLost>> {
        None
    }
}

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// The words; empty when there are none.
    pub text: String,
    /// With their places, when the engine says them.
    pub words: Vec<SpokenWord>,
    /// The engine.
    pub engine: String,
    /// Whose they are, when the engine tells voices apart.
    pub voices: Vec<VoiceStretch>,
}

/// Says words.
#[async_trait]
pub trait Mouth: Send + Sync {
    /// The sound of one sentence, as it is made.
    async fn say(&self, sentence: Sentence) -> Result<Saying, EngineLost>;
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// Whether everybody is told the same, as a question of the bank: its sound may be kept. What is said to one person
    /// never is.
    pub is_for_all: bool,
}

/// Hears and speaks at once: finds its own words for a whole reply, having heard the candidate.
#[async_trait]
pub trait Talker: Send + Sync {
    /// Says this, under a number that the session chose. Ends when all of it was made; an error is the last piece, also
    /// when the talker is late. From then on it is lost.
    async fn reply(&self, number: u64, wish: Wish) -> Result<Replying, EngineLost>;

    /// No more of this reply is wanted, and `heard_ms` of it were heard.
    fn broken_off(&self, number: u64, heard_ms: u64);
}

/// What a talker is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What leads in to it by the plan; empty when nothing does.
    pub lead_in: String,
    /// The question, or the last words.
    pub words: String,
    /// What it is.
    pub kind: WishKind,
}

/// What a talker is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishKind {
    /// A question.
    Question,
    /// The same question once more.
    Again,
    /// The last words.
    Farewell,
}

/// A reply as it is made.
pub type Replying = BoxStream<'static, Result<Piece, EngineLost>>;

/// Some more of a reply.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Sound.
    Sound(Sound),
    /// Words that are new.
    Words(String),
}

/// Sound as it is made.
pub type Saying = BoxStream<'static, Result<Sound, EngineLost>>;

/// An engine, and those after it, did not do their work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{engine} fails")]
pub struct EngineLost {
    /// Its name in the settings.
    pub engine: String,
}

/// Tells a voice from noise.
pub trait Detector: Send {
    /// Takes the next 20 ms, 320 samples at 16 kHz; says of each 16 ms that have become whole whether they are a voice.
    fn hear(&mut self, frame: &[i16; 320]) -> [Option<bool>; 2];
}

impl Detector for greenroom_media::Detector {
    fn hear(&mut self, frame: &[i16; 320]) -> [Option<bool>; 2] {
        let mut voices = Self::hear(self, frame).map(|voice| voice.is_voice);
        [voices.next(), voices.next()]
    }
}

/// The interview behind the line.
#[async_trait]
pub trait Interview: Send + Sync {
    /// Says on its log that this line speaks from now on.
    async fn join(&self, line: &str, transport: Transport) -> Result<(), Refused>;

    /// Takes an answer. It is on the disk when this returns; the next question may be, too.
    async fn answer(&self, question: QuestionId, text: String, spoken: Spoken)
    -> Result<ResponseId, Refused>;

    /// Adds to an answer what was said after it.
    async fn amend(&self, response: ResponseId, text: String, spoken: Spoken) -> Result<(), Refused>;

    /// Keeps what was heard of the interviewer.
    async fn heard(&self, heard: HeardReply) -> Result<(), Refused>;

    /// Keeps what was said until now of an answer that is not finished.
    async fn hold(&self, question: QuestionId, unfinished: Unfinished) -> Result<(), Refused>;

    /// Keeps how long a turn took.
    async fn timed(&self, response: ResponseId, stages: Stages) -> Result<(), Refused>;

    /// Stops the clock.
    async fn pause(&self) -> Result<(), Refused>;
}

/// A use case said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// What became known of the interview.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Its log has grown.
    Event(Box<Logged>),
    /// The interviewer is about to say this: all words so far.
    Draft(Arc<str>),
    /// It cannot be followed any more.
    Gone,
}
