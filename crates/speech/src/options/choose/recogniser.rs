//! One recogniser, from what is set and what is known of it.

use super::{KNOWN, Place};
use crate::line::SttPrice;
use crate::models::known_models;
use crate::options::{Options, OptionsError, SttEngine, SttEngineOptions, SttProtocol};
use greenroom_upstream::is_at_home;
use serde::Deserialize;

const TO_TEXT: &str = "to_text";

/// What is known of a recogniser by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownStt {
    pub protocol: SttProtocol,
    pub base_url: String,
    /// The variable that holds its key; `None` where none is needed.
    pub key: Option<String>,
    /// Asked only where the settings name it, though its key is there: it stands for a better known one of the vendor.
    #[serde(default)]
    pub only_named: bool,
    pub model: String,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub keeps_fillers: bool,
    #[serde(default)]
    pub word_times: bool,
    #[serde(default)]
    pub dollars_per_minute: Option<f64>,
}

impl Options {
    pub(super) fn recogniser(
        &self,
        name: &str,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<SttEngine, OptionsError> {
        let (own, known) = (self.to_text.engines.get(name), KNOWN.to_text.get(name));
        if own.is_none() && known.is_none() {
            return Err(OptionsError::Unknown { direction: TO_TEXT, name: name.to_owned() });
        }
        let own: SttEngineOptions = own.cloned().unwrap_or_default();
        let lacks = |missing| OptionsError::Incomplete { direction: TO_TEXT, name: name.to_owned(), missing };
        let place = Place {
            direction: TO_TEXT,
            name,
            base_url: own.base_url,
            key: own.api_key,
            known_url: known.map(|known| known.base_url.as_str()),
            known_key: known.and_then(|known| known.key.as_deref()),
        };
        let protocol = own.protocol.or(known.map(|known| known.protocol)).unwrap_or(SttProtocol::Openai);
        let is_own = protocol == SttProtocol::Whisper;
        let (base_url, api_key) = if is_own { (String::new(), None) } else { place.settle(variable)? };
        let model = own.model.or(known.map(|known| known.model.clone())).ok_or_else(|| lacks("model"))?;
        Ok(SttEngine {
            name: name.to_owned(),
            protocol,
            private: own.private.unwrap_or_else(|| is_own || is_at_home(&base_url)),
            base_url,
            api_key,
            model: if is_own { self.weights(&model) } else { model },
            languages: own.languages.or(known.map(|known| known.languages.clone())).unwrap_or_default(),
            keeps_fillers: own.keeps_fillers.or(known.map(|known| known.keeps_fillers)).unwrap_or(false),
            word_times: own.word_times.or(known.map(|known| known.word_times)).unwrap_or(true),
            speakers: own.speakers.unwrap_or(protocol.tells_speakers()),
            price: own
                .dollars_per_minute
                .or(known.and_then(|known| known.dollars_per_minute))
                .map(|dollars_per_minute| SttPrice { dollars_per_minute }),
        })
    }

    /// The file of the weights that `model` means: those of a known name lie in the folder of models.
    fn weights(&self, model: &str) -> String {
        let known = known_models().into_iter().find(|known| known.name == model);
        match (known, &self.models_dir) {
            (Some(known), Some(folder)) => folder.join(known.file).display().to_string(),
            _ => model.to_owned(),
        }
    }
}

impl SttProtocol {
    /// Whether engines that speak it can tell voices apart.
    fn tells_speakers(self) -> bool {
        matches!(self, Self::Deepgram | Self::Speechmatics)
    }
}
