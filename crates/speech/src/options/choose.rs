//! From settings and variables to engines, in the order in which they are asked.

use super::realtime::KnownRealtime;
use super::{
    Options, OptionsError, SttEngine, SttEngineOptions, SttProtocol, TtsEngine, TtsEngineOptions, TtsProtocol,
};
use crate::line::{SttPrice, TtsPrice};
use crate::models::known_models;
use crate::to_speech::voices::VoiceNames;
use greenroom_upstream::is_at_home;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TO_TEXT: &str = "to_text";
const TO_SPEECH: &str = "to_speech";
/// Raw sound of the models of Piper.
const PROGRAM_RATE: u32 = 22_050;
const HTTP_RATE: u32 = 24_000;

/// What is known of a recogniser by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownStt {
    protocol: SttProtocol,
    base_url: String,
    /// The variable that holds its key; `None` where none is needed.
    key: Option<String>,
    /// Asked only where the settings name it, though its key is there: it stands for a better known one of the vendor.
    #[serde(default)]
    only_named: bool,
    model: String,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    keeps_fillers: bool,
    #[serde(default)]
    word_times: bool,
    #[serde(default)]
    dollars_per_minute: Option<f64>,
}

/// What is known of a voice engine by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownTts {
    protocol: TtsProtocol,
    #[serde(default)]
    base_url: String,
    key: Option<String>,
    #[serde(default)]
    model: String,
    #[serde(default)]
    voice_names: VoiceNames,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    dollars_per_million_letters: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    to_text: BTreeMap<String, KnownStt>,
    to_speech: BTreeMap<String, KnownTts>,
    pub realtime: BTreeMap<String, KnownRealtime>,
}

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/engines.toml"))
        .expect("the shipped file is valid; a test reads it")
});

impl Options {
    /// Recognisers to ask, in order. `variable` looks an environment variable up. Empty when there is none: then people
    /// type.
    pub fn recognisers(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<SttEngine>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let (known, variable) = (&KNOWN.to_text, filled(variable));
        let is_set = |name: &String| {
            let own = self.to_text.engines.get(name);
            own.is_some_and(|own| own.api_key.is_some() || own.base_url.is_some() || own.protocol.is_some())
                || known
                    .get(name)
                    .filter(|known| !known.only_named)
                    .and_then(|known| known.key.as_deref())
                    .and_then(&variable)
                    .is_some()
        };
        let names = in_order(&self.to_text.order, known.keys(), self.to_text.engines.keys(), is_set);
        names.iter().map(|name| self.recogniser(name, &variable)).collect()
    }

    /// Voices to ask, in order. Empty when there is none: then the page speaks, or people read.
    pub fn voices(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Vec<TtsEngine>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let (known, variable) = (&KNOWN.to_speech, filled(variable));
        let is_set = |name: &String| {
            let own = self.to_speech.engines.get(name);
            own.is_some_and(|own| own.api_key.is_some() || own.base_url.is_some() || own.protocol.is_some())
                || known.get(name).and_then(|known| known.key.as_deref()).and_then(&variable).is_some()
        };
        let mut names = in_order(&self.to_speech.order, known.keys(), self.to_speech.engines.keys(), is_set);
        if self.to_speech.order.is_empty() {
            names.retain(|name| name != "espeak");
            names.push("espeak".to_owned());
        }
        names.iter().map(|name| self.voice(name, &variable)).collect()
    }

    fn recogniser(
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

    fn voice(
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

impl Options {
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

/// A variable that is empty is not set.
pub(super) fn filled(variable: impl Fn(&str) -> Option<String>) -> impl Fn(&str) -> Option<String> {
    move |name| variable(name).filter(|value| !value.trim().is_empty())
}

/// The names that are asked: the order, or all that are set, by the alphabet.
fn in_order<'a>(
    order: &[String],
    known: impl Iterator<Item = &'a String>,
    own: impl Iterator<Item = &'a String>,
    is_set: impl Fn(&String) -> bool,
) -> Vec<String> {
    if !order.is_empty() {
        return order.to_vec();
    }
    let mut names: Vec<String> = known.chain(own).filter(|name| is_set(name)).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Where an engine is, and with which key.
pub(super) struct Place<'a> {
    pub direction: &'static str,
    pub name: &'a str,
    pub base_url: Option<String>,
    pub key: Option<SecretString>,
    pub known_url: Option<&'a str>,
    pub known_key: Option<&'a str>,
}

impl Place<'_> {
    pub fn settle(
        self,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<(String, Option<SecretString>), OptionsError> {
        let Self { direction, name, .. } = self;
        // OPENAI_API_KEY goes with OPENAI_BASE_URL.
        let set_url = self
            .known_key
            .and_then(|key| key.strip_suffix("_API_KEY"))
            .and_then(|prefix| variable(&format!("{prefix}_BASE_URL")));
        let elsewhere = self.base_url.or(set_url);
        let is_elsewhere = elsewhere.is_some();
        let base_url = elsewhere.or(self.known_url.map(str::to_owned)).ok_or_else(|| {
            OptionsError::Incomplete { direction, name: name.to_owned(), missing: "base_url" }
        })?;
        let base_url = base_url.trim().trim_end_matches('/').to_owned();
        if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
            return Err(OptionsError::Address { direction, name: name.to_owned() });
        }
        let set_key = self.known_key.and_then(variable).map(SecretString::from);
        let key = self.key.or(set_key);
        // Another address may be a gateway that needs no key.
        if let (None, false, Some(variable)) = (&key, is_elsewhere, self.known_key) {
            let (name, variable) = (name.to_owned(), variable.to_owned());
            return Err(OptionsError::NoKey { direction, name, variable });
        }
        Ok((base_url, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn options(text: &str) -> Options {
        toml::from_str(text).expect("valid settings")
    }

    fn with<'a>(set: &'a [&'a str]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| set.contains(&name).then(|| "secret".to_owned())
    }

    fn heard_by(options: &Options, set: &[&str]) -> Vec<String> {
        options.recognisers(with(set)).expect("engines").into_iter().map(|engine| engine.name).collect()
    }

    fn spoken_by(options: &Options, set: &[&str]) -> Vec<String> {
        options.voices(with(set)).expect("engines").into_iter().map(|engine| engine.name).collect()
    }

    #[test]
    fn a_key_in_a_well_known_variable_is_enough_and_espeak_is_always_there() {
        assert_eq!(heard_by(&Options::default(), &[]), [""; 0]);
        assert_eq!(spoken_by(&Options::default(), &[]), ["espeak"]);
        assert_eq!(heard_by(&Options::default(), &["OPENAI_API_KEY"]), ["openai"]);
        assert_eq!(spoken_by(&Options::default(), &["OPENAI_API_KEY"]), ["openai", "espeak"]);
        assert_eq!(spoken_by(&options("enabled = false"), &["OPENAI_API_KEY"]), [""; 0]);
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        let empty = |_: &str| Some(" ".to_owned());
        assert!(Options::default().recognisers(empty).expect("no engine").is_empty());
        assert_eq!(Options::default().voices(empty).expect("espeak").len(), 1);
    }

    #[test]
    fn the_order_decides_and_names_what_is_missing() {
        let ordered = options("to_text.order = ['speaches', 'openai']\nto_speech.order = ['espeak']");
        assert_eq!(heard_by(&ordered, &["OPENAI_API_KEY"]), ["speaches", "openai"]);
        assert_eq!(spoken_by(&ordered, &["OPENAI_API_KEY"]), ["espeak"]);
        let refused = ordered.recognisers(with(&[])).expect_err("no key").to_string();
        assert_eq!(refused, "openai has no key: set OPENAI_API_KEY or speech.to_text.engines.openai.api_key");
        let unknown =
            options("to_speech.order = ['opnai']").voices(with(&[])).expect_err("unknown").to_string();
        assert!(unknown.contains("opnai") && unknown.contains("speech.to_speech.order"), "{unknown}");
    }

    #[test]
    fn an_entry_changes_what_is_known_or_stands_alone() {
        let settings = options(
            "[to_text.engines.lab]\nbase_url = 'http://10.0.0.7:8000/v1/'\nmodel = 'base'\n\
             [to_speech.engines.piper]\nprotocol = 'command'\ncommand = ['piper', '--output-raw']\nsound = 'raw'\n\
             [to_speech.engines.openai]\nmodel = 'tts-1'\nvoices = { ana = 'nova' }",
        );
        let engines = settings.recognisers(with(&[])).expect("engines");
        assert_eq!((engines[0].base_url.as_str(), engines[0].word_times), ("http://10.0.0.7:8000/v1", true));
        let voices = settings.voices(with(&["OPENAI_API_KEY"])).expect("engines");
        let names: Vec<&str> = voices.iter().map(|voice| voice.name.as_str()).collect();
        assert_eq!(names, ["openai", "piper", "espeak"]);
        assert_eq!((voices[0].model.as_str(), voices[0].voices["ana"].as_str()), ("tts-1", "nova"));
        assert_eq!(voices[0].api_key.as_ref().expect("a key").expose_secret(), "secret");
        assert_eq!((voices[1].rate, voices[1].command.len()), (22_050, 2));
    }

    #[test]
    fn an_engine_of_ones_own_network_is_private_unless_the_settings_say_otherwise() {
        let settings = options(
            "to_text.order = ['openai', 'lab', 'hosted', 'near', 'own']\n\
             to_speech.order = ['openai', 'espeak', 'kokoro', 'gateway']\n\
             [to_text.engines.lab]\nbase_url = 'http://10.0.0.7:8000/v1'\nmodel = 'base'\n\
             [to_text.engines.hosted]\nbase_url = 'https://speech.example.com/v1'\nmodel = 'base'\nprivate = true\n\
             [to_text.engines.near]\nbase_url = 'http://gateway:8000/v1'\nmodel = 'base'\nprivate = false\n\
             [to_text.engines.own]\nprotocol = 'whisper'\nmodel = 'base'\n\
             [to_speech.engines.gateway]\nprotocol = 'command'\ncommand = ['say-by-vendor']\nprivate = false",
        );
        let ears = settings.recognisers(with(&["OPENAI_API_KEY"])).expect("engines");
        let private: Vec<bool> = ears.iter().map(|engine| engine.private).collect();
        assert_eq!(private, [false, true, true, false, true]);
        let voices = settings.voices(with(&["OPENAI_API_KEY"])).expect("engines");
        let private: Vec<bool> = voices.iter().map(|engine| engine.private).collect();
        assert_eq!(private, [false, true, true, false]);
    }

    #[test]
    fn weights_are_named_or_a_file() {
        let weights = |model: &str| {
            let text = format!("[to_text.engines.own]\nprotocol = 'whisper'\nmodel = '{model}'");
            let options = Options { models_dir: Some("data/models".into()), ..options(&text) };
            options.recognisers(with(&[])).expect("an engine")[0].model.clone()
        };
        assert_eq!(weights("base"), "data/models/ggml-base.bin");
        assert_eq!(weights("/srv/mine.bin"), "/srv/mine.bin");
    }

    #[test]
    fn says_what_an_entry_lacks() {
        let error = |text: &str| options(text).voices(with(&[])).expect_err("a flaw").to_string();
        assert!(error("[to_speech.engines.a]\nprotocol = 'command'").contains("needs command"));
        assert!(error("[to_speech.engines.a]\nprotocol = 'openai'\nmodel = 'm'").contains("needs base_url"));
        assert!(
            error("[to_speech.engines.a]\nbase_url = 'ftp://a'\nmodel = 'm'")
                .contains("must begin with http")
        );
        assert!(error("[to_speech.engines.espeak]\nprotocol = 'espeak'\nrate = 7").contains("8000..=192000"));
        assert!(toml::from_str::<Options>("to_sppech = 1").is_err());
    }

    #[test]
    fn keys_are_not_shown() {
        let settings = options("[to_text.engines.openai]\napi_key = 'sk-1234'");
        assert!(!format!("{settings:?}").contains("sk-1234"));
    }
}
