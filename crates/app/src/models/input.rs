//! What an administrator enters, checked.

use crate::{AppError, Fields, Result};
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use secrecy::{ExposeSecret, SecretString};

/// They are parts of addresses of the API.
const RESERVED: [&str; 2] = ["order", "test"];
const MAX_URL: usize = 300;
const MAX_MODEL: usize = 200;
const MAX_KEY: usize = 1_000;
const CONTEXT: std::ops::RangeInclusive<u32> = 1_024..=10_000_000;
/// What people copy along with an address; we add it ourselves.
const ENDPOINTS: [&str; 3] = ["/chat/completions", "/messages", "/completions"];

/// A provider as it is entered.
#[derive(Clone, Debug)]
pub struct ProviderInput {
    /// Its name.
    pub name: String,
    /// What it speaks.
    pub protocol: ModelProtocol,
    /// Its address.
    pub base_url: String,
    /// The model.
    pub model: String,
    /// Longest request and reply together, tokens, 1024..=10000000.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: ModelJson,
    /// Whether it is asked.
    pub enabled: bool,
    /// Its key.
    pub key: KeyChange,
}

/// What becomes of a key.
#[derive(Clone, Debug)]
pub enum KeyChange {
    /// It stays, or there is none yet.
    Keep,
    /// There is none from now on.
    Remove,
    /// This one.
    Set(SecretString),
}

impl ProviderInput {
    /// The settings with the key in order, or what is wrong by field.
    pub(super) fn checked(self) -> Result<(ModelProvider, KeyChange)> {
        let base_url = self.base_url.trim().trim_end_matches('/').to_owned();
        let model = self.model.trim().to_owned();
        let key = match self.key {
            KeyChange::Set(key) => KeyChange::Set(SecretString::from(key.expose_secret().trim().to_owned())),
            other => other,
        };
        let wrong = [
            ("name", wrong_name(&self.name)),
            ("base_url", wrong_url(&base_url)),
            ("model", wrong_model(&model)),
            ("context", wrong_context(self.context)),
            ("api_key", wrong_key(&key)),
        ];
        let fields: Fields = wrong
            .into_iter()
            .filter_map(|(field, message)| Some((field.to_owned(), message?.to_owned())))
            .collect();
        if !fields.is_empty() {
            return Err(AppError::fields(fields));
        }
        let Self { name, protocol, context, json, .. } = self;
        Ok((ModelProvider { name, protocol, base_url, model, context, json }, key))
    }
}

fn wrong_name(name: &str) -> Option<&'static str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let begins = name.bytes().next().is_some_and(plain);
    if !begins || name.len() > 40 || !name.bytes().all(|byte| plain(byte) || matches!(byte, b'_' | b'-')) {
        return Some("Use 1 to 40 small letters, digits, - and _, beginning with a letter or digit.");
    }
    RESERVED.contains(&name).then_some("This name has another use here; take another.")
}

fn wrong_url(url: &str) -> Option<&'static str> {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some("An address begins with http:// or https://.");
    };
    let host = rest.split('/').next().unwrap_or_default();
    if host.contains('@') {
        return Some("Leave the name and password out of the address; the key has its own field.");
    }
    let clean = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&byte));
    if host.is_empty() || host.starts_with(':') || !clean || url.len() > MAX_URL {
        return Some("This is not an address such as https://api.example.com/v1.");
    }
    ENDPOINTS
        .iter()
        .any(|end| url.ends_with(end))
        .then_some("Leave out what follows /v1: it is added when the model is asked.")
}

fn wrong_model(model: &str) -> Option<&'static str> {
    if model.is_empty() {
        return Some("Name the model, as its vendor does.");
    }
    let clean = model.chars().count() <= MAX_MODEL && !model.chars().any(char::is_control);
    (!clean).then_some("Use at most 200 characters, without line breaks.")
}

fn wrong_context(context: Option<u32>) -> Option<&'static str> {
    let fits = context.is_none_or(|tokens| CONTEXT.contains(&tokens));
    (!fits).then_some("Give 1024 to 10000000 tokens, or leave it out.")
}

fn wrong_key(key: &KeyChange) -> Option<&'static str> {
    let KeyChange::Set(key) = key else { return None };
    let key = key.expose_secret();
    if key.is_empty() {
        return Some("Enter the key.");
    }
    let fits = key.len() <= MAX_KEY && key.bytes().all(|byte| byte.is_ascii_graphic());
    (!fits).then_some("A key has no spaces and no line breaks; copy it again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for fine in [
            "https://api.openai.com/v1",
            "http://10.0.0.7:8000/v1",
            "http://[::1]:11434/v1",
            "http://gpu-box:8000",
        ] {
            assert_eq!(wrong_url(fine), None, "{fine}");
        }
        for wrong in [
            "",
            "api.openai.com",
            "ftp://x",
            "https://",
            "https:///v1",
            "http://:8000",
            "https://user:pw@host/v1",
            "https://host/v1?key=1",
            "https://host/a b",
            "https://hôst/v1",
            "https://api.openai.com/v1/chat/completions",
        ] {
            assert!(wrong_url(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn names_are_plain() {
        for fine in ["openai", "lab-2", "4all", "a_b"] {
            assert_eq!(wrong_name(fine), None, "{fine}");
        }
        for wrong in ["", "-a", "Lab", "a b", "a/b", "é", "order", "test", &"x".repeat(41)] {
            assert!(wrong_name(wrong).is_some(), "{wrong}");
        }
    }
}
