//! A provider of language models, as an administrator enters it.

use serde::{Deserialize, Serialize};

/// Where a language model is, and how it is spoken to. Its key is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelProvider {
    /// Its name here, `[a-z0-9][a-z0-9_-]{0,39}`. Prices are known by the names of well-known providers.
    pub name: String,
    /// What it speaks.
    pub protocol: ModelProtocol,
    /// Its address, up to and without `/chat/completions` or `/messages`.
    pub base_url: String,
    /// The model as its vendor names it.
    pub model: String,
    /// Longest request and reply together, tokens; `None` when it is not known.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: ModelJson,
}

/// Whether this address is on the machine itself or in the operator's own network, by its looks: loopback and private
/// addresses, names without a dot, and names that no public zone has. Nothing is looked up.
pub fn is_at_home(base_url: &str) -> bool {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
        let address = address.parse::<std::net::Ipv6Addr>();
        return address
            .is_ok_and(|ip| ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local());
    }
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if let Ok(ip) = host.parse::<std::net::Ipv4Addr>() {
        return ip.is_loopback() || ip.is_private() || ip.is_link_local();
    }
    let own = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
    !host.is_empty() && (!host.contains('.') || own.iter().any(|zone| host.ends_with(zone)))
}

/// What a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ModelProtocol {
    /// Chat Completions, as OpenAI and most others speak it.
    Openai,
    /// Anthropic's Messages.
    Anthropic,
}

/// How a provider keeps a reply to JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ModelJson {
    /// To a JSON Schema.
    Schema,
    /// To any JSON object.
    Object,
    /// To the arguments of a tool that it must call.
    Tool,
    /// Not at all: it is asked for in words.
    Prompt,
}

#[cfg(test)]
mod tests {
    use super::is_at_home;

    #[test]
    fn an_address_of_the_own_network_is_told_by_its_looks() {
        for home in [
            "http://127.0.0.1:11434/v1",
            "http://localhost/v1",
            "http://[::1]:8080/v1",
            "http://[fd12::1]/v1",
            "http://10.1.2.3/v1",
            "http://192.168.0.7:8000",
            "http://ollama:11434/v1",
            "https://gpu.local/v1",
        ] {
            assert!(is_at_home(home), "{home}");
        }
        for outside in [
            "https://api.openai.com/v1",
            "http://8.8.8.8/v1",
            "http://[2001:db8::1]/v1",
            "https://localhost.example.com/v1",
            "https://localhost@evil.example/v1",
            "https://evil.example/localhost",
            "",
        ] {
            assert!(!is_at_home(outside), "{outside}");
        }
    }
}
