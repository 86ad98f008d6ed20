//! Settings of models that hear and speak.

use super::OptionsError;
use super::choose::{KNOWN, Place, filled};
use crate::line::TalkPrice;
use greenroom_upstream::is_at_home;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;

const REALTIME: &str = "realtime";

/// Settings of models that hear and speak at once. None is asked unless it is named here.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RealtimeOptions {
    /// Models in the order in which they are asked. Empty: all that have an entry, by the alphabet.
    pub order: Vec<String>,
    /// Models by name; those known by name need no entry.
    pub engines: BTreeMap<String, RealtimeEngineOptions>,
}

/// Settings of one model that hears and speaks; what is left out is taken from what is known of it by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RealtimeEngineOptions {
    /// Its address, up to and without `/realtime`; the `ws` of a WebSocket is written `http`.
    pub base_url: Option<String>,
    /// Its key.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<SecretString>,
    /// The model, as its vendor names it.
    pub model: Option<String>,
    /// What writes down what the person says, as the vendor names it.
    pub transcriber: Option<String>,
    /// What it calls the interviewers' voices, by their ids (`ana`, `ben`, `clara`, `david`, `mei`, `omar`).
    pub voices: BTreeMap<String, String>,
    /// US dollars a million tokens, by their kind. What writes down the words of the person is not counted.
    pub dollars_per_million_tokens: Option<TalkPrice>,
    /// Whether what it gets stays with the operator, so that nobody is asked for consent. Default: true for an address in a
    /// private network, by its looks; false elsewhere.
    pub private: Option<bool>,
}

/// What is known of a model by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownRealtime {
    base_url: String,
    /// The variable that holds its key.
    key: String,
    model: String,
    transcriber: String,
    #[serde(default)]
    dollars_per_million_tokens: Option<TalkPrice>,
}

/// A model that hears and speaks, with all that is needed to ask it.
#[derive(Clone, Debug)]
pub struct RealtimeEngine {
    /// Its name in the settings.
    pub name: String,
    /// Its address, up to and without `/realtime`.
    pub base_url: String,
    /// Its key; `None` where none is needed.
    pub api_key: Option<SecretString>,
    /// The model.
    pub model: String,
    /// What writes down what the person says.
    pub transcriber: String,
    /// What it calls the interviewers, where it does so otherwise than OpenAI.
    pub voices: BTreeMap<String, String>,
    /// Its price, where that is known.
    pub price: Option<TalkPrice>,
    /// Whether what it gets stays with the operator.
    pub private: bool,
}

impl super::Options {
    /// Models that hear and speak, in order. Empty unless they are named: whoever wishes to is then not offered one.
    pub fn talkers(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<RealtimeEngine>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let (settings, variable) = (&self.realtime, filled(variable));
        let names = match settings.order.is_empty() {
            true => settings.engines.keys().cloned().collect(),
            false => settings.order.clone(),
        };
        names.iter().map(|name| settings.talker(name, &variable)).collect()
    }
}

impl RealtimeOptions {
    fn talker(
        &self,
        name: &str,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<RealtimeEngine, OptionsError> {
        let (own, known) = (self.engines.get(name), KNOWN.realtime.get(name));
        if own.is_none() && known.is_none() {
            return Err(OptionsError::Unknown { direction: REALTIME, name: name.to_owned() });
        }
        let own = own.cloned().unwrap_or_default();
        let lacks =
            |missing| OptionsError::Incomplete { direction: REALTIME, name: name.to_owned(), missing };
        let place = Place {
            direction: REALTIME,
            name,
            base_url: own.base_url,
            key: own.api_key,
            known_url: known.map(|known| known.base_url.as_str()),
            known_key: known.map(|known| known.key.as_str()),
        };
        let (base_url, api_key) = place.settle(variable)?;
        // What is known is the price of the model that is known.
        let usual = known.filter(|known| own.model.as_ref().is_none_or(|model| *model == known.model));
        let price =
            own.dollars_per_million_tokens.or(usual.and_then(|known| known.dollars_per_million_tokens));
        let model = own.model.or(known.map(|known| known.model.clone())).ok_or_else(|| lacks("model"))?;
        let transcriber = own.transcriber.or(known.map(|known| known.transcriber.clone()));
        Ok(RealtimeEngine {
            name: name.to_owned(),
            private: own.private.unwrap_or_else(|| is_at_home(&base_url)),
            base_url,
            api_key,
            model,
            transcriber: transcriber.ok_or_else(|| lacks("transcriber"))?,
            voices: own.voices,
            price,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use secrecy::ExposeSecret;

    fn options(text: &str) -> Options {
        toml::from_str(text).expect("valid settings")
    }

    fn with_key(name: &str) -> Option<String> {
        (name == "OPENAI_API_KEY").then(|| "secret".to_owned())
    }

    #[test]
    fn none_is_asked_unless_it_is_named() {
        assert!(Options::default().talkers(with_key).expect("none").is_empty());
        let named = options("realtime.order = ['openai']").talkers(with_key).expect("one");
        assert_eq!((named[0].name.as_str(), named[0].model.as_str()), ("openai", "gpt-realtime"));
        assert_eq!(named[0].api_key.as_ref().expect("a key").expose_secret(), "secret");
        assert!(!named[0].private && named[0].price.is_some());
        let off = options("enabled = false\nrealtime.order = ['openai']");
        assert!(off.talkers(with_key).expect("none").is_empty());
    }

    #[test]
    fn an_entry_changes_what_is_known_or_stands_alone() {
        let settings = options(
            "[realtime.engines.openai]\nmodel = 'gpt-realtime-mini'\nvoices = { ana = 'marin' }\n\
             [realtime.engines.lab]\nbase_url = 'http://10.0.0.7:8000/v1/'\nmodel = 'm'\ntranscriber = 't'",
        );
        let found = settings.talkers(with_key).expect("two");
        let names: Vec<(&str, bool)> = found.iter().map(|one| (one.name.as_str(), one.private)).collect();
        assert_eq!(names, [("lab", true), ("openai", false)]);
        assert_eq!(
            (found[0].base_url.as_str(), found[0].api_key.is_none()),
            ("http://10.0.0.7:8000/v1", true)
        );
        assert_eq!(
            (found[1].model.as_str(), found[1].voices["ana"].as_str()),
            ("gpt-realtime-mini", "marin")
        );
        assert_eq!(found[1].transcriber, "gpt-4o-mini-transcribe");
        assert_eq!(found[1].price, None, "the price of another model");
    }

    #[test]
    fn says_what_is_wrong_and_shows_no_key() {
        let error = |text: &str| options(text).talkers(|_| None).expect_err("a flaw").to_string();
        assert_eq!(
            error("realtime.order = ['openai']"),
            "openai has no key: set OPENAI_API_KEY or speech.realtime.engines.openai.api_key"
        );
        assert!(error("realtime.order = ['opnai']").contains("speech.realtime.order names opnai"));
        assert!(
            error("[realtime.engines.a]\nmodel = 'm'").contains("speech.realtime.engines.a needs base_url")
        );
        assert!(
            error("[realtime.engines.a]\nbase_url = 'ws://a'\nmodel = 'm'").contains("must begin with http")
        );
        let lacks = "[realtime.engines.a]\nbase_url = 'http://a'\nmodel = 'm'";
        assert!(error(lacks).contains("needs transcriber"));
        assert!(toml::from_str::<Options>("[realtime.engines.a]\nmodell = 'm'").is_err());
        let settings = options("[realtime.engines.openai]\napi_key = 'sk-1234'");
        let found = settings.talkers(|_| None).expect("one");
        assert!(!format!("{settings:?} {found:?}").contains("sk-1234"));
    }
}
