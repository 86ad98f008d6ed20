//! Where an engine is, and with which key.

use crate::options::OptionsError;
use secrecy::SecretString;

/// Where an engine is, and with which key.
pub(in crate::options) struct Place<'a> {
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
