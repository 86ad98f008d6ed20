//! Settings of language models, and what is known of providers by name.

use crate::variables::Variables;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Settings of language models. Without any, a provider whose well-known variable holds a key is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Use language models at all. Default: true. The built-in engines always stand behind them.
    pub enabled: Option<bool>,
    /// Providers in the order in which they are asked. Empty: all that have a key, by the alphabet.
    pub order: Vec<String>,
    /// Providers by name; those known by name need no entry.
    pub providers: BTreeMap<String, ProviderOptions>,
    /// Let language models plan interviews and talk with candidates as well, not only judge. Default: true.
    pub interviews: Option<bool>,
    /// Ask people for their consent also before words go to a model on this machine or in the operator's own network.
    /// Default: false. Before they go to one of another company, people are always asked.
    pub ask_consent_at_home: bool,
    /// How often a judge is asked about one answer, 1..=5. Default: 1. More shows how sure it is, and costs more.
    pub judge_samples: Option<u8>,
    /// Take names of schools and universities out of what a judge reads, as names of people are. Default: false.
    pub redact_schools: bool,
    /// What a day (UTC) may cost, US dollars. Default: no cap. With a cap, models without a known price are not
    /// asked.
    pub dollars_per_day: Option<f64>,
    /// What one interview may cost, US dollars. Default: no cap. With a cap, models without a known price are not
    /// asked.
    pub dollars_per_interview: Option<f64>,
}

/// Settings of one provider; what is left out is taken from what is known of it by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderOptions {
    /// What it speaks.
    pub protocol: Option<Protocol>,
    /// Its address, up to and without `/chat/completions` or `/messages`.
    pub base_url: Option<String>,
    /// Its key.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<SecretString>,
    /// The model, as the provider names it.
    pub model: Option<String>,
    /// Longest request and reply together, tokens.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: Option<JsonSupport>,
}

/// What a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Chat Completions, as OpenAI and most others speak it.
    Openai,
    /// Anthropic's Messages.
    Anthropic,
}

/// How a provider keeps a reply to JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JsonSupport {
    /// To a JSON Schema.
    Schema,
    /// To any JSON object.
    Object,
    /// To the arguments of a tool that it must call.
    Tool,
    /// Not at all: it is asked for in words.
    Prompt,
}

/// A provider with all that is needed to ask it.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// What it speaks.
    pub protocol: Protocol,
    /// Its address.
    pub base_url: String,
    /// Its key; `None` where none is needed.
    pub api_key: Option<SecretString>,
    /// The model.
    pub model: String,
    /// Longest request and reply together, tokens.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: JsonSupport,
}

/// Why the settings of a provider cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// A name in the order that nothing is known of.
    #[error("llm.order names {0}, which is neither known by name nor an entry of llm.providers")]
    Unknown(String),
    /// An entry that lacks something.
    #[error("llm.providers.{name} needs {missing}")]
    Incomplete {
        /// The entry.
        name: String,
        /// What it lacks.
        missing: &'static str,
    },
    /// An address that is none.
    #[error("llm.providers.{name}.base_url must begin with http:// or https://")]
    Address {
        /// The entry.
        name: String,
    },
    /// A provider that was named, without its key.
    #[error("{name} has no key: set {variable} or llm.providers.{name}.api_key")]
    NoKey {
        /// The provider.
        name: String,
        /// The variable that would hold it.
        variable: String,
    },
}

/// What is known of a provider by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownProvider {
    /// What people call it.
    pub label: String,
    /// What it speaks.
    pub protocol: Protocol,
    /// Its address.
    pub base_url: String,
    /// The environment variable that holds its key; `None` where none is needed.
    pub key: Option<String>,
    /// The environment variable that holds its host and port, where there is one.
    pub host: Option<String>,
    /// A model that does for interviews; `None` where it is whatever its operator runs.
    pub model: Option<String>,
    /// Longest request and reply together, tokens.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: JsonSupport,
}

impl Options {
    /// Providers to ask, in order. `variable` looks an environment variable up. Empty when there is none, which
    /// is no error: the built-in engines need nobody.
    pub fn providers(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Provider>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let known = known_providers();
        if !self.order.is_empty() {
            return self.order.iter().map(|name| self.provider(name, &known, &variable)).collect();
        }
        let mut names: Vec<&String> = known.keys().chain(self.providers.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let is_set = |name: &&&String| {
            let own = self.providers.get(**name);
            let known = known.get(**name);
            own.is_some_and(|own| own.api_key.is_some() || own.base_url.is_some())
                || known.is_some_and(|known| Variables::of(name, known, &variable).are_enough())
        };
        names.iter().filter(is_set).map(|name| self.provider(name, &known, &variable)).collect()
    }

    fn provider(
        &self,
        name: &str,
        known: &BTreeMap<String, KnownProvider>,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<Provider, OptionsError> {
        let (own, known) = (self.providers.get(name), known.get(name));
        if own.is_none() && known.is_none() {
            return Err(OptionsError::Unknown(name.to_owned()));
        }
        let own = own.cloned().unwrap_or_default();
        let lacks = |missing| OptionsError::Incomplete { name: name.to_owned(), missing };
        let set = known.map(|known| Variables::of(name, known, variable)).unwrap_or_default();
        let elsewhere = own.base_url.or(set.base_url);
        let is_elsewhere = elsewhere.is_some();
        let base_url = elsewhere.or_else(|| known.map(|k| k.base_url.clone()));
        let base_url = base_url.ok_or_else(|| lacks("base_url"))?.trim_end_matches('/').to_owned();
        if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
            return Err(OptionsError::Address { name: name.to_owned() });
        }
        let api_key = own.api_key.or(set.key);
        // Another address may be a gateway that needs no key.
        if let (None, false, Some(variable)) = (&api_key, is_elsewhere, known.and_then(|k| k.key.clone())) {
            return Err(OptionsError::NoKey { name: name.to_owned(), variable });
        }
        Ok(Provider {
            name: name.to_owned(),
            protocol: own.protocol.or_else(|| known.map(|k| k.protocol)).unwrap_or(Protocol::Openai),
            base_url,
            api_key,
            model: own
                .model
                .or(set.model)
                .or_else(|| known.and_then(|k| k.model.clone()))
                .ok_or_else(|| lacks("model"))?,
            context: own.context.or_else(|| known.and_then(|k| k.context)),
            json: own.json.or_else(|| known.map(|k| k.json)).unwrap_or(JsonSupport::Prompt),
        })
    }
}

/// Providers that are known by name (`data/providers.toml`).
pub fn known_providers() -> BTreeMap<String, KnownProvider> {
    toml::from_str(include_str!("../data/providers.toml"))
        .expect("the shipped file is valid; a test reads it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn options(text: &str) -> Options {
        toml::from_str(text).expect("valid settings")
    }

    fn names(options: &Options, variables: &[&str]) -> Vec<String> {
        let set = |name: &str| variables.contains(&name).then(|| "secret".to_owned());
        options.providers(set).expect("providers").into_iter().map(|provider| provider.name).collect()
    }

    #[test]
    fn a_key_in_a_well_known_variable_is_enough() {
        assert_eq!(names(&Options::default(), &[]), [""; 0]);
        assert_eq!(names(&Options::default(), &["OPENAI_API_KEY"]), ["openai"]);
        assert_eq!(
            names(&Options::default(), &["OPENAI_API_KEY", "ANTHROPIC_API_KEY"]),
            ["anthropic", "openai"]
        );
        assert_eq!(names(&options("enabled = false"), &["OPENAI_API_KEY"]), [""; 0]);
    }

    #[test]
    fn the_order_decides_and_names_what_is_missing() {
        let ordered = options("order = ['ollama', 'openai']");
        assert_eq!(names(&ordered, &["OPENAI_API_KEY", "ANTHROPIC_API_KEY"]), ["ollama", "openai"]);
        let refused = ordered.providers(|_| None).expect_err("no key");
        assert_eq!(
            refused.to_string(),
            "openai has no key: set OPENAI_API_KEY or llm.providers.openai.api_key"
        );
        let unknown = options("order = ['opnai']").providers(|_| None).expect_err("unknown");
        assert_eq!(unknown, OptionsError::Unknown("opnai".to_owned()));
    }

    #[test]
    fn an_entry_changes_what_is_known_or_stands_alone() {
        let settings = options(
            "[providers.openai]\nmodel = 'gpt-x'\n[providers.lab]\nbase_url = 'http://10.0.0.7:8000/v1/'\nmodel = 'qwen'",
        );
        let providers =
            settings.providers(|name| name.ends_with("_KEY").then(|| "k".to_owned())).expect("providers");
        let find = |name: &str| providers.iter().find(|p| p.name == name).expect("a provider").clone();
        assert_eq!((find("openai").model.as_str(), find("openai").json), ("gpt-x", JsonSupport::Schema));
        assert_eq!(find("openai").api_key.expect("a key").expose_secret(), "k");
        let lab = find("lab");
        assert_eq!((lab.base_url.as_str(), lab.json), ("http://10.0.0.7:8000/v1", JsonSupport::Prompt));
        assert!(lab.api_key.is_none());
        let lacking = options("[providers.lab]\nbase_url = 'http://10.0.0.7/v1'").providers(|_| None);
        assert_eq!(lacking.expect_err("no model").to_string(), "llm.providers.lab needs model");
    }

    #[test]
    fn keys_are_not_shown() {
        let settings = options("[providers.openai]\napi_key = 'sk-1234'");
        assert!(!format!("{settings:?}").contains("sk-1234"));
    }
}
