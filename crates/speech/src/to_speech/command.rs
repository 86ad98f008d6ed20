//! A program of the operator's that speaks, such as Piper or Kokoro.

use super::program::{self, speak};
use super::tune::Coming;
use super::voices;
use super::{Say, Spoken, TextToSpeech, Voice};
use crate::SpeechError;
use crate::limits::Timeouts;
use crate::options::{CommandSound, TtsEngine};
use async_trait::async_trait;
use greenroom_upstream::{Fault, Kind};
use std::collections::BTreeMap;

/// Speaks with a program. In its arguments `{voice}`, `{language}` and `{pace}` stand for what is asked for; the text
/// comes by standard input.
pub(crate) struct LocalCommand {
    name: String,
    arguments: Vec<String>,
    coming: Coming,
    voices: Vec<Voice>,
    names: BTreeMap<String, String>,
    leaves_machine: bool,
    timeouts: Timeouts,
}

impl LocalCommand {
    pub fn new(engine: &TtsEngine, timeouts: Timeouts) -> Self {
        let coming = match engine.sound {
            CommandSound::Wav => Coming::Wav,
            CommandSound::Raw => Coming::Raw(engine.rate),
        };
        // A program with one model has one voice, whoever is asked for.
        let voices = voices::all();
        let voices = if engine.voices.is_empty() {
            voices.into_iter().take(1).collect()
        } else {
            voices.into_iter().filter(|voice| engine.voices.contains_key(&voice.id)).collect()
        };
        Self {
            name: engine.name.clone(),
            arguments: engine.command.clone(),
            coming,
            voices,
            names: engine.voices.clone(),
            leaves_machine: !engine.private,
            timeouts,
        }
    }
}

#[async_trait]
impl TextToSpeech for LocalCommand {
    fn name(&self) -> &str {
        &self.name
    }

    fn voices(&self) -> &[Voice] {
        &self.voices
    }

    fn leaves_machine(&self) -> bool {
        self.leaves_machine
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        let failed = |fault| SpeechError::new(&self.name, fault);
        let voice = self.names.get(&say.voice).or_else(|| self.names.values().next());
        let voice = voice.map_or("", String::as_str);
        let language = language(&say.language)
            .ok_or_else(|| failed(Fault::new(Kind::BadRequest, "the language is not a language tag")))?;
        let pace = format!("{:.2}", say.pace.clamp(0.5, 2.0));
        let fill = |argument: &String| {
            argument.replace("{voice}", voice).replace("{language}", language).replace("{pace}", &pace)
        };
        let mut arguments = self.arguments.iter().map(fill);
        let path =
            arguments.next().ok_or_else(|| failed(Fault::new(Kind::NotFound, "no program is named")))?;
        let mut command = program::command(path);
        command.args(arguments);
        let install = "see speech.to_speech.engines in the settings";
        speak(&self.name, command, install, &say, self.coming, self.timeouts).await
    }
}

/// A tag of letters, digits and hyphens that does not look like an option.
fn language(tag: &str) -> Option<&str> {
    let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic())
        && tag.len() <= 35
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_tag.then_some(tag)
}
