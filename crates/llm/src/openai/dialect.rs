//! What differs between those who speak Chat Completions, as data.

use crate::options::Provider;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How one of them wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dialect {
    /// Hosts that speak it, by the end of their names.
    #[serde(default)]
    hosts: Vec<String>,
    /// How the key is sent.
    #[serde(default)]
    pub auth: Auth,
    /// The field that limits the length of a reply.
    pub limit: Limit,
    /// Whether usage has to be asked for with `stream_options`, which some refuse.
    pub asks_for_usage: bool,
    /// Beginnings of the names of models that refuse a temperature: those that think first.
    #[serde(default)]
    no_temperature: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Auth {
    #[default]
    Bearer,
    ApiKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Limit {
    MaxTokens,
    MaxCompletionTokens,
}

impl Limit {
    pub fn field(self) -> &'static str {
        match self {
            Self::MaxTokens => "max_tokens",
            Self::MaxCompletionTokens => "max_completion_tokens",
        }
    }
}

impl Dialect {
    /// By the provider's host, else by its name, else what nearly everybody understands.
    pub fn of(provider: &Provider) -> Self {
        let mut all = shipped();
        let host = host(&provider.base_url);
        let by_host = |(_, dialect): &(&String, &Self)| {
            dialect.hosts.iter().any(|end| host.strip_suffix(end.as_str()).is_some_and(ends_a_label))
        };
        let found = all.iter().find(by_host).map(|(name, _)| name.clone());
        let name = found.unwrap_or_else(|| provider.name.clone());
        all.remove(&name).or_else(|| all.remove("other")).expect("the shipped file has an entry `other`")
    }

    /// Whether `model` takes a temperature.
    pub fn takes_temperature(&self, model: &str) -> bool {
        !self.no_temperature.iter().any(|beginning| model.starts_with(beginning.as_str()))
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

fn ends_a_label(before: &str) -> bool {
    before.is_empty() || before.ends_with('.')
}

fn shipped() -> BTreeMap<String, Dialect> {
    toml::from_str(include_str!("../../data/dialects.toml"))
        .expect("the shipped file is valid; a test reads it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{JsonSupport, Protocol};

    fn dialect(name: &str, base_url: &str) -> Dialect {
        Dialect::of(&Provider {
            name: name.to_owned(),
            protocol: Protocol::Openai,
            base_url: base_url.to_owned(),
            api_key: None,
            model: "m".to_owned(),
            context: None,
            json: JsonSupport::Prompt,
        })
    }

    #[test]
    fn goes_by_host_then_by_name() {
        let openai = dialect("x", "https://api.openai.com/v1");
        assert_eq!((openai.limit, openai.asks_for_usage), (Limit::MaxCompletionTokens, true));
        assert!(!openai.takes_temperature("gpt-5-mini"));
        assert!(openai.takes_temperature("gpt-4.1"));
        assert_eq!(dialect("x", "https://res.openai.azure.com/openai/v1").auth, Auth::ApiKey);
        assert!(!dialect("mistral", "http://127.0.0.1:9/v1").asks_for_usage);
        assert_eq!(dialect("openai", "https://api.mistral.ai/v1").limit, Limit::MaxTokens);
        let other = dialect("lab", "http://10.0.0.7:8000/v1");
        assert_eq!((other.limit, other.asks_for_usage, other.auth), (Limit::MaxTokens, true, Auth::Bearer));
        assert_eq!(dialect("lab", "https://notapi.openai.com.example.org/v1"), other);
        assert_eq!(dialect("lab", "https://evilapi.openai.com/v1"), other);
    }
}
