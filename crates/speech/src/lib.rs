//! Speech: recognisers and voices behind one trait each, failing over between them, and what they cost.
//!
//! Sound is mono PCM of 16 bit: 16 000 samples a second where it is heard ([`Pcm16k`]), 24 000 where it is said
//! ([`Pcm24k`]). Nothing here knows of interviews, links or turns.
#![deny(missing_docs)]

mod error;
mod limits;
mod line;
mod models;
mod options;
mod pcm;
pub mod realtime;
mod socket;
mod to_speech;
mod to_text;

pub use error::SpeechError;
pub use greenroom_upstream::{CircuitOptions, Kind};
pub use limits::Timeouts;
pub use line::{
    EngineCircuits, LineOptions, SttLine, SttPrice, TalkPrice, TalkTokens, Task, TtsLine, TtsPrice,
};
pub use models::{Kept as KeptModel, Model, PullError, known_models, pull};
pub use options::{
    CommandSound, Options, OptionsError, RealtimeEngine, RealtimeEngineOptions, RealtimeOptions, SttEngine,
    SttEngineOptions, SttOptions, SttProtocol, TtsEngine, TtsEngineOptions, TtsOptions, TtsProtocol,
    to_speech, to_text,
};
pub use pcm::{Pcm, Pcm16k, Pcm24k};
pub use to_speech::voices::VoiceNames;
pub use to_speech::{
    Chunk, Gender, LONGEST_TEXT, Say, Sentences, Sound, Spoken, TextToSpeech, Voice, default_voice, speakable,
};
pub use to_text::{
    Command, Deaf, Doubt, Guarded, Heard, HeardStream, Listening, Segment, Speaker, SpeechSink, SpeechToText,
    StreamOptions, SttTraits, Transcript, Utterance, Word, channel, count_fillers, guard,
};
