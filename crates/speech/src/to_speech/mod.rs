//! From text to speech: what every voice does.

pub(crate) mod command;
pub(crate) mod espeak;
pub(crate) mod openai;
mod program;
mod sentences;
mod speakable;
pub(crate) mod tune;
pub(crate) mod voices;

pub use sentences::{Chunk, Sentences};
pub use speakable::speakable;
pub use voices::{Gender, Voice, default_voice};

use crate::{Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::stream::BoxStream;

/// Longest text that is said at once, bytes. Sentences are far shorter.
pub const LONGEST_TEXT: usize = 8 << 10;

/// What to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Say {
    /// Words as they are to be spoken; see [`speakable`]. At most [`LONGEST_TEXT`].
    pub text: String,
    /// A voice by its id, see [`TextToSpeech::voices`]. One that the engine does not have is replaced by its first.
    pub voice: String,
    /// The language of the text, as a language tag such as `en` or `pt-BR`.
    pub language: String,
    /// How fast, 0.5..=2.0; 1.0 is the voice's own pace.
    pub pace: f32,
}

/// Sound as it comes. Ends after the last piece; an error is the last item. A piece is 10 ms to some seconds long.
pub type Sound = BoxStream<'static, Result<Pcm24k, SpeechError>>;

/// A text that is being spoken. Dropping it stops the engine.
pub struct Spoken {
    /// Name of the engine that speaks.
    pub engine: String,
    /// The sound.
    pub sound: Sound,
}

/// A voice engine.
#[async_trait]
pub trait TextToSpeech: Send + Sync {
    /// Its name in the settings.
    fn name(&self) -> &str;

    /// Its voices; at least one.
    fn voices(&self) -> &[Voice];

    /// Whether text leaves what is the operator's own: then people are asked first.
    fn leaves_machine(&self) -> bool;

    /// Speaks. Fails when nothing could be begun; later failures come within the sound.
    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError>;
}
