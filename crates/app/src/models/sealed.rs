//! Keys of vendors at rest: encrypted, and bound to the provider that they were entered for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use greenroom_domain::model_provider::ModelProvider;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// The form of what is stored: `1.` and base64 of nonce, ciphertext and tag (ChaCha20-Poly1305, RFC 8439).
const FORM: &str = "1.";

/// Encrypts keys of vendors, and opens them again.
pub struct Sealer(LessSafeKey);

/// What was stored cannot be opened: by another secret, for another provider, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored key cannot be opened")]
pub(crate) struct CannotOpen;

impl Sealer {
    /// By this secret of at least 32 random bytes.
    pub fn new(secret: &[u8]) -> Self {
        let digest = Sha256::digest(secret);
        let key = UnboundKey::new(&CHACHA20_POLY1305, &digest).expect("SHA-256 has as many bytes as the key");
        Self(LessSafeKey::new(key))
    }

    /// `key` as it is stored. It opens for a provider of this name at this address only, so that nobody who can write
    /// to the database can have it sent elsewhere.
    pub(crate) fn seal(&self, provider: &ModelProvider, key: &SecretString) -> String {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = key.expose_secret().as_bytes().to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound_to(provider), &mut sealed)
            .expect("a key is much shorter than what can be sealed at once");
        format!("{FORM}{}", STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    pub(crate) fn open(&self, provider: &ModelProvider, sealed: &str) -> Result<SecretString, CannotOpen> {
        let text = sealed.strip_prefix(FORM).ok_or(CannotOpen)?;
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| CannotOpen)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN).ok_or(CannotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CannotOpen)?;
        let mut sealed = sealed.to_vec();
        let opened = self.0.open_in_place(nonce, bound_to(provider), &mut sealed).map_err(|_| CannotOpen)?;
        let key = std::str::from_utf8(opened).map_err(|_| CannotOpen)?;
        Ok(SecretString::from(key.to_owned()))
    }
}

fn bound_to(provider: &ModelProvider) -> Aad<Vec<u8>> {
    Aad::from(format!("model_providers\n{}\n{}", provider.name, provider.base_url).into_bytes())
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
    fn a_key_opens_by_its_secret_for_its_provider_only() {
        let sealer = Sealer::new(b"thirty-two bytes that nobody guesses");
        let lab = provider("lab", "https://lab.example/v1");
        let key = SecretString::from("sk-0123456789");
        let sealed = sealer.seal(&lab, &key);
        assert!(!sealed.contains("0123"));
        assert_ne!(sealed, sealer.seal(&lab, &key), "two of the same look different");
        let open = |sealer: &Sealer, provider: &ModelProvider, sealed: &str| {
            sealer.open(provider, sealed).map(|key| key.expose_secret().to_owned())
        };
        assert_eq!(open(&sealer, &lab, &sealed), Ok("sk-0123456789".to_owned()));
        let other = Sealer::new(b"thirty-two bytes of somebody else...");
        assert_eq!(open(&other, &lab, &sealed), Err(CannotOpen));
        assert_eq!(open(&sealer, &provider("lap", "https://lab.example/v1"), &sealed), Err(CannotOpen));
        assert_eq!(open(&sealer, &provider("lab", "https://evil.example/v1"), &sealed), Err(CannotOpen));
        let mut damaged = sealed.clone();
        let last = if damaged.pop() == Some('A') { 'B' } else { 'A' };
        damaged.push(last);
        for wrong in [damaged.as_str(), "", "1.", "1.AAAA", "1.not base64!", "2.AAAA", &sealed[2..]] {
            assert_eq!(open(&sealer, &lab, wrong), Err(CannotOpen), "{wrong}");
        }
    }
}
