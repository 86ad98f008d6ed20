//! Settings of a provider: `[oauth.NAME]`.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// Where Google's documents are.
const GOOGLE: &str = "https://accounts.google.com";
/// Where GitHub is.
const GITHUB: &str = "https://github.com";

/// A provider that people may sign in with. The section's name stands in addresses: `[oauth.google]` comes back to
/// `/api/oauth/google/callback`, which must be registered there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderOptions {
    /// Address of the issuer, as its own documents write it. Not needed for sections called `google` and `github`.
    /// For `kind = "github"`: the address of GitHub Enterprise.
    #[serde(default)]
    pub issuer: Option<String>,
    /// What it speaks. Default: `github` for the section of that name, else `oidc`.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// What this server is called there.
    pub client_id: String,
    /// The secret that the provider gave. None for a public client.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub client_secret: Option<SecretString>,
    /// A file with that secret instead.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What the button says: "Continue with LABEL". Default: the section's name.
    #[serde(default)]
    pub label: Option<String>,
    /// What is asked for. Default `["openid", "email", "profile"]`; for GitHub `["read:user", "user:email"]`.
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
}

/// What a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// OpenID Connect.
    Oidc,
    /// GitHub's OAuth 2.
    Github,
}

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("oauth.{name}: {problem}")]
pub struct OptionsError {
    /// The section.
    pub name: String,
    /// What is wrong, and what to do.
    pub problem: String,
}

/// Settings that were looked at.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub kind: Kind,
    /// Without a slash at the end, unless that is how the issuer writes itself.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<SecretString>,
    pub label: String,
    pub scopes: Vec<String>,
}

pub(crate) fn check(name: &str, options: &ProviderOptions) -> Result<Checked, OptionsError> {
    let wrong = |problem: String| OptionsError { name: name.to_owned(), problem };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 32 || !name.chars().all(plain) {
        return Err(wrong("call it by at most 32 small letters, digits, hyphens and underscores".to_owned()));
    }
    if options.client_id.is_empty() {
        return Err(wrong("client_id is empty".to_owned()));
    }
    let kind = options.kind.unwrap_or(if name == "github" { Kind::Github } else { Kind::Oidc });
    let issuer = match (&options.issuer, name, kind) {
        (Some(issuer), ..) => issuer.clone(),
        (None, _, Kind::Github) => GITHUB.to_owned(),
        (None, "google", Kind::Oidc) => GOOGLE.to_owned(),
        (None, ..) => return Err(wrong("issuer is missing: the address of the provider".to_owned())),
    };
    if !is_safe(&issuer) {
        return Err(wrong(format!(
            "issuer {issuer:?} must begin with https:// (http:// only on this machine)"
        )));
    }
    let scopes: &[&str] = match kind {
        Kind::Oidc => &["openid", "email", "profile"],
        Kind::Github => &["read:user", "user:email"],
    };
    Ok(Checked {
        kind,
        issuer: if kind == Kind::Github { issuer.trim_end_matches('/').to_owned() } else { issuer },
        client_id: options.client_id.clone(),
        client_secret: secret(options).map_err(wrong)?,
        label: options.label.clone().unwrap_or_else(|| titled(name)),
        scopes: options
            .scopes
            .clone()
            .unwrap_or_else(|| scopes.iter().map(|&scope| scope.to_owned()).collect()),
    })
}

fn secret(options: &ProviderOptions) -> Result<Option<SecretString>, String> {
    match (&options.client_secret, &options.client_secret_file) {
        (Some(_), Some(_)) => Err("give client_secret or client_secret_file, not both".to_owned()),
        (Some(secret), None) => Ok(Some(secret.clone())),
        (None, None) => Ok(None),
        (None, Some(file)) => match std::fs::read_to_string(file) {
            Ok(text) if !text.trim().is_empty() => Ok(Some(SecretString::from(text.trim().to_owned()))),
            Ok(_) => Err(format!("client_secret_file {} is empty", file.display())),
            Err(error) => Err(format!("client_secret_file {} cannot be read: {error}", file.display())),
        },
    }
}

/// Tokens go to this address: by HTTPS, or not off this machine.
fn is_safe(issuer: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(issuer) else { return false };
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    plain && (url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url))
}

pub(crate) fn is_loopback(url: &reqwest::Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

fn titled(name: &str) -> String {
    match name {
        "github" => "GitHub".to_owned(),
        name => name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, json: &str) -> Result<Checked, String> {
        let options = serde_json::from_str(json).map_err(|error: serde_json::Error| error.to_string())?;
        check(name, &options).map_err(|error| error.to_string())
    }

    #[test]
    fn google_and_github_need_no_address() {
        let google = read("google", r#"{"client_id": "a", "client_secret": "s"}"#).expect("valid");
        assert_eq!(
            (google.issuer.as_str(), google.kind, google.label.as_str()),
            (GOOGLE, Kind::Oidc, "Google")
        );
        let github = read("github", r#"{"client_id": "a"}"#).expect("valid");
        assert_eq!(
            (github.issuer.as_str(), github.kind, github.label.as_str()),
            (GITHUB, Kind::Github, "GitHub")
        );
    }

    #[test]
    fn what_cannot_be_used_says_so() {
        let cases = [
            ("work", r#"{"client_id": "a"}"#, "issuer is missing"),
            ("work", r#"{"client_id": "a", "issuer": "http://id.example"}"#, "must begin with https://"),
            ("work", r#"{"client_id": "a", "issuer": "id.example"}"#, "must begin with https://"),
            ("work", r#"{"client_id": "", "issuer": "https://id.example"}"#, "client_id is empty"),
            ("My Work", r#"{"client_id": "a", "issuer": "https://id.example"}"#, "small letters"),
            ("work", r#"{"client_id": "a", "issuers": "https://id.example"}"#, "unknown field"),
            ("google", r#"{"client_id": "a", "client_secret_file": "/nowhere/at/all"}"#, "cannot be read"),
            ("google", r#"{"client_id": "a", "client_secret": "b", "client_secret_file": "c"}"#, "not both"),
        ];
        for (name, json, words) in cases {
            let error = read(name, json).expect_err(json);
            assert!(error.contains(words), "{error}");
        }
        assert!(read("dev", r#"{"client_id": "a", "issuer": "http://localhost:9000/realms/x"}"#).is_ok());
    }
}
