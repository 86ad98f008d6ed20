//! What the environment variables that everybody uses say of a provider: `OPENAI_API_KEY`, `OPENAI_BASE_URL`,
//! `OPENAI_MODEL`, and so on for each provider known by name, and `OLLAMA_HOST`.

use crate::options::{KnownProvider, Protocol};
use secrecy::SecretString;

/// Settings of one provider from the environment; blank variables say nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables {
    pub key: Option<SecretString>,
    pub base_url: Option<String>,
    pub model: Option<String>,
}

impl Variables {
    pub fn of(name: &str, known: &KnownProvider, variable: &impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
        let own = |setting: &str| set(&format!("{}_{setting}", name.to_uppercase()));
        let host = known.host.as_deref().and_then(set);
        Self {
            key: known.key.as_deref().and_then(set).map(SecretString::from),
            base_url: own("BASE_URL")
                .map(|url| versioned(url, known.protocol))
                .or_else(|| host.map(|host| address(&host, known))),
            model: own("MODEL"),
        }
    }

    /// Whether they are enough to ask the provider without any other setting.
    pub fn are_enough(&self) -> bool {
        self.key.is_some() || self.base_url.is_some()
    }
}

/// Anthropic's own variable holds the address without the version.
fn versioned(url: String, protocol: Protocol) -> String {
    let bare = url.trim_end_matches('/');
    let has_path = bare.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    if protocol == Protocol::Anthropic && !has_path { format!("{bare}/v1") } else { url }
}

/// The address of a host as its variable says it: `lab`, `10.0.0.7:11434`, `https://lab/`. What listens everywhere is
/// asked on this machine; port and path are those of the known address.
fn address(host: &str, known: &KnownProvider) -> String {
    let (scheme, rest) = host.split_once("://").unwrap_or(("http", host));
    let rest = rest.trim_end_matches('/');
    let usual = known.base_url.split_once("://").map_or("", |(_, rest)| rest);
    let (usual_host, path) = usual.split_once('/').unwrap_or((usual, ""));
    let (name, port) = match rest.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, Some(port)),
        _ => (rest, None),
    };
    let name = if matches!(name, "" | "0.0.0.0" | "[::]") { "127.0.0.1" } else { name };
    let usual_port = usual_host.rsplit_once(':').map(|(_, port)| port).filter(|_| scheme == "http");
    let port = port.or(usual_port).map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{name}{port}/{path}")
}

#[cfg(test)]
mod tests {
    use crate::options::{Options, Provider};

    fn from_variables(settings: &str, variables: &[(&str, &str)]) -> Vec<Provider> {
        let set = |name: &str| Some(variables.iter().find(|(set, _)| *set == name)?.1.to_owned());
        let options: Options = toml::from_str(settings).expect("valid settings");
        options.providers(set).expect("providers")
    }

    #[test]
    fn well_known_variables_name_address_and_model() {
        let found = from_variables(
            "",
            &[
                ("OPENAI_BASE_URL", "http://127.0.0.1:4000/v1"),
                ("OPENAI_MODEL", "m1"),
                ("ANTHROPIC_API_KEY", "k"),
                ("ANTHROPIC_BASE_URL", "http://127.0.0.1:4001"),
                ("ANTHROPIC_MODEL", "m2"),
                ("MISTRAL_API_KEY", " "),
            ],
        );
        let found: Vec<_> = found.iter().map(|p| (&*p.name, &*p.base_url, &*p.model)).collect();
        let wanted =
            [("anthropic", "http://127.0.0.1:4001/v1", "m2"), ("openai", "http://127.0.0.1:4000/v1", "m1")];
        assert_eq!(found, wanted);
        let own = "[providers.openai]\nbase_url = 'http://lab/v1'\nmodel = 'm3'";
        let found = from_variables(own, &[("OPENAI_BASE_URL", "http://other/v1"), ("OPENAI_MODEL", "m1")]);
        assert_eq!((&*found[0].base_url, &*found[0].model), ("http://lab/v1", "m3"), "the file says more");
    }

    #[test]
    fn a_host_of_ollama_is_enough() {
        for (host, address) in [
            ("lab", "http://lab:11434/v1"),
            ("10.0.0.7:8000", "http://10.0.0.7:8000/v1"),
            ("0.0.0.0", "http://127.0.0.1:11434/v1"),
            (":11435", "http://127.0.0.1:11435/v1"),
            ("https://lab.example/", "https://lab.example/v1"),
            ("[::1]:11434", "http://[::1]:11434/v1"),
        ] {
            let found = from_variables("", &[("OLLAMA_HOST", host)]);
            assert_eq!((&*found[0].name, &*found[0].base_url), ("ollama", address), "{host}");
        }
    }
}
