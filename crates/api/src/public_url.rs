//! The address under which people reach this server.

use axum::http::Uri;
use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt;

/// Scheme, host and port, without a path: `https://greenroom.example`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Whether people come by HTTPS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    /// Without a slash at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is not an address such as https://greenroom.example, without a path");
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
        let host = uri.authority().filter(|host| !host.as_str().contains('@'));
        match (scheme, host) {
            (Some(scheme), Some(host)) if uri.path() == "/" && uri.query().is_none() => {
                Ok(Self(format!("{scheme}://{}", host.as_str().to_ascii_lowercase())))
            }
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        PublicUrl::try_from(text.to_owned()).map(|url| url.to_string())
    }

    #[test]
    fn an_address_is_scheme_host_and_port() {
        assert_eq!(read("https://Greenroom.example/"), Ok("https://greenroom.example".to_owned()));
        assert_eq!(read("http://localhost:8080"), Ok("http://localhost:8080".to_owned()));
        for wrong in
            ["greenroom.example", "ftp://a", "https://a/b", "https://a?b", "https://u@a", "https://", ""]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
