//! One voice engine, from what is set and what is known of it.

use super::{KNOWN, Place};
use crate::line::TtsPrice;
use crate::options::{Options, OptionsError, TtsEngine, TtsEngineOptions, TtsProtocol};
use crate::to_speech::voices::VoiceNames;
use greenroom_upstream::is_at_home;
use serde::Deserialize;

const TO_SPEECH: &str = "to_speech";
/// Raw sound of the models of Piper.
const PROGRAM_RATE: u32 = 22_050;
const HTTP_RATE: u32 = 24_000;

/// What is known of a voice engine by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownTts {
    pub protocol: TtsProtocol,
    #[serde(default)]
    pub base_url: String,
    pub key: Option<String>,
    #[serde(default)]
    pub model: String,
    #[serde(default)]
    pub voice_names: VoiceNames,
    #[serde(default)]
    pub command: Vec<String>,
    #[serde(default)]
    pub dollars_per_million_letters: Option<f64>,
}

impl Options {
    pub(super) fn voice(
        &self,
        name: &str,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<TtsEngine, OptionsError> {
        let (own, known) = (self.to_speech.engines.get(name), KNOWN.to_speech.get(name));
        if own.is_none() && known.is_none() {
            return Err(OptionsError::Unknown { direction: TO_SPEECH, name: name.to_owned() });
        }
        let own: TtsEngineOptions = own.cloned().unwrap_or_default();
        let lacks =
            |missing| OptionsError::Incomplete { direction: TO_SPEECH, name: name.to_owned(), missing };
        let protocol = own.protocol.or(known.map(|known| known.protocol)).unwrap_or(TtsProtocol::Openai);
        let by_http = protocol == TtsProtocol::Openai;
        let (base_url, api_key) = if by_http {
            let place = Place {
                direction: TO_SPEECH,
                name,
                base_url: own.base_url,
                key: own.api_key,
                known_url: known.map(|known| known.base_url.as_str()).filter(|url| !url.is_empty()),
                known_key: known.and_then(|known| known.key.as_deref()),
            };
            place.settle(variable)?
        } else {
            (String::new(), None)
        };
        let model = own.model.or(known.map(|known| known.model.clone()).filter(|model| !model.is_empty()));
        let command =
            if own.command.is_empty() { known.map(|known| known.command.clone()) } else { Some(own.command) };
        let command = command.unwrap_or_default();
        if protocol == TtsProtocol::Command && command.is_empty() {
            return Err(lacks("command"));
        }
        let rate = own.rate.unwrap_or(if by_http { HTTP_RATE } else { PROGRAM_RATE });
        if !(8_000..=192_000).contains(&rate) {
            return Err(OptionsError::Rate { name: name.to_owned() });
        }
        Ok(TtsEngine {
            name: name.to_owned(),
            protocol,
            private: own.private.unwrap_or_else(|| !by_http || is_at_home(&base_url)),
            base_url,
            api_key,
            model: if by_http { model.ok_or_else(|| lacks("model"))? } else { model.unwrap_or_default() },
            voices: own.voices,
            voice_names: own.voice_names.or(known.map(|known| known.voice_names)).unwrap_or_default(),
            instructions: own.instructions,
            command,
            sound: own.sound.unwrap_or_default(),
            rate,
            price: own
                .dollars_per_million_letters
                .or(known.and_then(|known| known.dollars_per_million_letters))
                .map(|dollars_per_million_letters| TtsPrice { dollars_per_million_letters }),
        })
    }
}
