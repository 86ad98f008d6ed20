//! From speech to text: what every recogniser does.

pub(crate) mod batch;
pub(crate) mod fillers;
pub(crate) mod guard;
pub(crate) mod live;
pub(crate) mod openai;
mod stream;
mod transcript;
#[cfg(feature = "whisper")]
pub(crate) mod whisper;

pub use fillers::count_fillers;
pub use guard::{Doubt, Guarded, guard};
pub use stream::{Command, Deaf, Heard, HeardStream, Listening, SpeechSink, StreamOptions, channel};
pub(crate) use transcript::two_letters;
pub use transcript::{Segment, Speaker, Transcript, Utterance, Word};

use crate::SpeechError;
use async_trait::async_trait;

/// What a recogniser can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SttTraits {
    /// Languages that it knows, as two letters (ISO 639-1); empty when it knows all that matter.
    pub languages: Vec<String>,
    /// Whether "um" and "uh" are in its text. Where not, fillers are not measured.
    pub keeps_fillers: bool,
    /// Whether it says when each word was spoken.
    pub word_times: bool,
    /// Whether it hears while one speaks. Where not, [`SpeechToText::open`] waits for the end of an utterance.
    pub streaming: bool,
    /// Whether sound leaves what is the operator's own: then people are asked first.
    pub leaves_machine: bool,
}

/// A recogniser of speech.
#[async_trait]
pub trait SpeechToText: Send + Sync {
    /// Its name in the settings.
    fn name(&self) -> &str;

    /// What it can do.
    fn traits(&self) -> &SttTraits;

    /// The words of a whole utterance. Silence gives an empty text, not an error. The engine that acted is named in the
    /// transcript.
    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError>;

    /// Begins to listen to utterances, one after the other.
    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError>;
}
