//! Settings of speech, and what is known of engines by name.

mod choose;
mod connect;
mod realtime;

pub use connect::{to_speech, to_text};
pub use realtime::{RealtimeEngine, RealtimeEngineOptions, RealtimeOptions};

use crate::line::{SttPrice, TtsPrice};
use crate::to_speech::voices::VoiceNames;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Settings of speech. Without any, engines whose well-known variable holds a key are asked, and espeak-ng speaks where it
/// is installed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Hold interviews by voice at all. Default: true.
    pub enabled: Option<bool>,
    /// Recognisers.
    pub to_text: SttOptions,
    /// Voices.
    pub to_speech: TtsOptions,
    /// Models that hear and speak at once, for those who choose that.
    pub realtime: RealtimeOptions,
    /// Most memory for spoken questions, MiB. Default: 64.
    pub kept_mib: Option<u32>,
    /// Where weights for recognition in this process lie. Default: `models` in the data directory.
    pub models_dir: Option<PathBuf>,
}

/// Settings of recognisers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SttOptions {
    /// Engines in the order in which they are asked. Empty: all that have a key, by the alphabet.
    pub order: Vec<String>,
    /// Engines by name; those known by name need no entry.
    pub engines: BTreeMap<String, SttEngineOptions>,
}

/// Settings of one recogniser; what is left out is taken from what is known of it by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SttEngineOptions {
    /// What it speaks.
    pub protocol: Option<SttProtocol>,
    /// Its address, up to and without `/audio/transcriptions` or `/listen`; the `ws` of a WebSocket is written `http`.
    pub base_url: Option<String>,
    /// Its key.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<SecretString>,
    /// The model, as the engine names it; for whisper, a name of `greenroom models list`, or the path of a file.
    pub model: Option<String>,
    /// Languages that it knows, as two letters. Empty: all.
    pub languages: Option<Vec<String>>,
    /// Whether it leaves "um" and "uh" in its text.
    pub keeps_fillers: Option<bool>,
    /// Whether it says when each word was spoken.
    pub word_times: Option<bool>,
    /// Whether voices are told apart, where the protocol can (Deepgram, Speechmatics): words of somebody else in the room
    /// can be left out of an answer. Default: true for those two.
    pub speakers: Option<bool>,
    /// US dollars a minute.
    pub dollars_per_minute: Option<f64>,
    /// Whether what it gets stays with the operator, so that nobody is asked for consent. Default: true for what runs on this
    /// machine and for an address in a private network, by its looks; false elsewhere.
    pub private: Option<bool>,
}

/// What a recogniser speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SttProtocol {
    /// `/audio/transcriptions`, as OpenAI and most others speak it.
    Openai,
    /// OpenAI's realtime transcription, by WebSocket.
    OpenaiRealtime,
    /// Deepgram's `/listen`, by WebSocket.
    Deepgram,
    /// Speechmatics' real-time API, by WebSocket.
    Speechmatics,
    /// whisper.cpp in this process; `model` is a name of `greenroom models list`, or a file of weights. Needs a build
    /// with the feature `whisper`.
    Whisper,
}

/// Settings of voices.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TtsOptions {
    /// Engines in the order in which they are asked. Empty: all that have a key, by the alphabet, and espeak-ng last.
    pub order: Vec<String>,
    /// Engines by name; those known by name need no entry.
    pub engines: BTreeMap<String, TtsEngineOptions>,
}

/// Settings of one voice engine; what is left out is taken from what is known of it by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TtsEngineOptions {
    /// What it speaks.
    pub protocol: Option<TtsProtocol>,
    /// Its address, up to and without `/audio/speech`.
    pub base_url: Option<String>,
    /// Its key.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<SecretString>,
    /// The model, as the engine names it.
    pub model: Option<String>,
    /// What it calls the interviewers' voices, by their ids (`ana`, `ben`, `clara`, `david`, `mei`, `omar`).
    pub voices: BTreeMap<String, String>,
    /// Whose names of voices it knows, for those that are not named here. Default: OpenAI's.
    pub voice_names: Option<VoiceNames>,
    /// How it is to speak, in words, where the model takes that.
    pub instructions: Option<String>,
    /// For a program: it and its arguments. `{voice}`, `{language}` and `{pace}` are filled in; the text comes by standard
    /// input. It is given no variables of the server but the usual ones; `env NAME=value program` sets others. For
    /// espeak-ng: its path.
    pub command: Vec<String>,
    /// What a program writes. Default: a WAV file.
    pub sound: Option<CommandSound>,
    /// Samples a second of raw sound. Default: 24000 by HTTP, 22050 by a program.
    pub rate: Option<u32>,
    /// US dollars a million letters.
    pub dollars_per_million_letters: Option<f64>,
    /// Whether what it gets stays with the operator, so that nobody is asked for consent. Default: true for what runs on this
    /// machine and for an address in a private network, by its looks; false elsewhere.
    pub private: Option<bool>,
}

/// What a voice engine speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TtsProtocol {
    /// `/audio/speech`, as OpenAI and most others speak it.
    Openai,
    /// espeak-ng on this machine.
    Espeak,
    /// A program on this machine.
    Command,
}

/// What a program that speaks writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommandSound {
    /// A WAV file.
    #[default]
    Wav,
    /// Samples, 16 bit little-endian, one channel.
    Raw,
}

/// A recogniser with all that is needed to ask it.
#[derive(Clone, Debug)]
pub struct SttEngine {
    /// Its name.
    pub name: String,
    /// What it speaks.
    pub protocol: SttProtocol,
    /// Its address; empty where it has none.
    pub base_url: String,
    /// Its key; `None` where none is needed.
    pub api_key: Option<SecretString>,
    /// The model.
    pub model: String,
    /// Languages that it knows; empty when it knows all that matter.
    pub languages: Vec<String>,
    /// Whether it leaves fillers in its text.
    pub keeps_fillers: bool,
    /// Whether it says when each word was spoken.
    pub word_times: bool,
    /// Whether it is asked to tell voices apart.
    pub speakers: bool,
    /// Its price, where that is known.
    pub price: Option<SttPrice>,
    /// Whether what it gets stays with the operator.
    pub private: bool,
}

/// A voice engine with all that is needed to ask it.
#[derive(Clone, Debug)]
pub struct TtsEngine {
    /// Its name.
    pub name: String,
    /// What it speaks.
    pub protocol: TtsProtocol,
    /// Its address; empty where it has none.
    pub base_url: String,
    /// Its key; `None` where none is needed.
    pub api_key: Option<SecretString>,
    /// The model.
    pub model: String,
    /// What it calls the interviewers, where that was set.
    pub voices: BTreeMap<String, String>,
    /// Whose names of voices it knows.
    pub voice_names: VoiceNames,
    /// How it is to speak.
    pub instructions: Option<String>,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// What the program writes.
    pub sound: CommandSound,
    /// Samples a second of raw sound.
    pub rate: u32,
    /// Its price, where that is known.
    pub price: Option<TtsPrice>,
    /// Whether what it gets stays with the operator.
    pub private: bool,
}

/// Why the settings of an engine cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// A name in an order that nothing is known of.
    #[error(
        "speech.{direction}.order names {name}, which is neither known by name nor an entry of speech.{direction}.engines"
    )]
    Unknown {
        /// `to_text`, `to_speech` or `realtime`.
        direction: &'static str,
        /// The name.
        name: String,
    },
    /// An entry that lacks something.
    #[error("speech.{direction}.engines.{name} needs {missing}")]
    Incomplete {
        /// `to_text`, `to_speech` or `realtime`.
        direction: &'static str,
        /// The entry.
        name: String,
        /// What it lacks.
        missing: &'static str,
    },
    /// An address that is none.
    #[error("speech.{direction}.engines.{name}.base_url must begin with http:// or https://")]
    Address {
        /// `to_text`, `to_speech` or `realtime`.
        direction: &'static str,
        /// The entry.
        name: String,
    },
    /// An engine that was named, without its key.
    #[error("{name} has no key: set {variable} or speech.{direction}.engines.{name}.api_key")]
    NoKey {
        /// `to_text`, `to_speech` or `realtime`.
        direction: &'static str,
        /// The engine.
        name: String,
        /// The variable that would hold it.
        variable: String,
    },
    /// A rate that no sound has.
    #[error("speech.to_speech.engines.{name}.rate must be 8000..=192000")]
    Rate {
        /// The entry.
        name: String,
    },
}
