//! Keys of vendors at rest: encrypted, and bound to the provider that they were entered for.

use crate::{App, Result};
use greenroom_domain::model_provider::ModelProvider;
use greenroom_store::Keyring;
use secrecy::{ExposeSecret, SecretString};

/// `key` as it is stored. It opens for a provider of this name at this address only, so that nobody who can write
/// to the database can have it sent elsewhere.
pub(super) fn seal(keys: &Keyring, provider: &ModelProvider, key: &SecretString) -> String {
    keys.wrap(&place(provider), key.expose_secret().as_bytes())
}

/// The key that was stored; `None` when it cannot be opened: by another secret, for another provider, or damaged.
pub(super) fn open(keys: &Keyring, provider: &ModelProvider, sealed: &str) -> Option<SecretString> {
    let key = keys.unwrap(&place(provider), sealed).ok()?;
    String::from_utf8(key).ok().map(SecretString::from)
}

/// Encrypts the keys of vendors with the present master key, where another one was used. Those that cannot be opened
/// stay as they are. Returns how many were.
pub async fn seal_anew(app: &App) -> Result<u64> {
    let (store, keys) = (app.store(), app.store().keyring());
    let mut changed = 0;
    for mut stored in store.model_providers().await? {
        let Some(sealed) = stored.sealed_key.as_deref() else { continue };
        if Keyring::wrapped_by(sealed) == Some(keys.current().as_str()) {
            continue;
        }
        let Some(key) = open(keys, &stored.provider, sealed) else { continue };
        stored.sealed_key = Some(seal(keys, &stored.provider, &key));
        changed += u64::from(store.change_model_provider(&stored).await?);
    }
    Ok(changed)
}

fn place(provider: &ModelProvider) -> String {
    format!("model_providers\n{}\n{}", provider.name, provider.base_url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenroom_domain::model_provider::{ModelJson, ModelProtocol};

    fn provider(name: &str, base_url: &str) -> ModelProvider {
        ModelProvider {
            name: name.to_owned(),
            protocol: ModelProtocol::Openai,
            base_url: base_url.to_owned(),
            model: "m".to_owned(),
            context: None,
            json: ModelJson::Schema,
        }
    }

    #[test]
    fn a_key_opens_for_its_provider_only() {
        let keys = Keyring::new(|| vec![b"thirty-two bytes that nobody guesses".to_vec()]);
        let lab = provider("lab", "https://lab.example/v1");
        let sealed = seal(&keys, &lab, &SecretString::from("sk-0123456789"));
        let opened = |provider: &ModelProvider| {
            open(&keys, provider, &sealed).map(|key| key.expose_secret().to_owned())
        };
        assert!(!sealed.contains("0123"));
        assert_eq!(opened(&lab), Some("sk-0123456789".to_owned()));
        assert_eq!(opened(&provider("lap", "https://lab.example/v1")), None);
        assert_eq!(opened(&provider("lab", "https://evil.example/v1")), None);
    }
}
