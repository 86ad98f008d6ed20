//! Master keys: they wrap the keys of people, and little else. They are not in the database.

use super::{KEY_BYTES, cipher, decrypted, derived, encrypted, root};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{CHACHA20_POLY1305, LessSafeKey, UnboundKey};
use ring::hmac;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// How a wrapped value begins; then the id of the master key, a full stop, and the rest in base64.
const FORM: &str = "m1.";
/// How a seal begins; then the id of the master key, a full stop, and the tag in base64.
const SEAL_FORM: &str = "h1.";
/// How the keys of vendors were stored before there was a ring: ChaCha20-Poly1305 under the digest of the secret.
const FIRST_FORM: &str = "1.";

/// What was stored cannot be opened: by another key, for another place, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what is stored cannot be opened with the keys that are here")]
pub struct CannotOpen;

/// Where secrets come from: the present one first, then older ones that still open what they wrapped.
type Secrets = dyn Fn() -> Vec<Vec<u8>> + Send + Sync;

struct Master {
    id: String,
    seal: hmac::Key,
    cipher: LessSafeKey,
    first_cipher: LessSafeKey,
}

struct Inner {
    masters: RwLock<Vec<Arc<Master>>>,
    source: Box<Secrets>,
}

/// The master keys. Cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keyring").field(&self.current()).finish()
    }
}

impl Keyring {
    /// Of secrets of at least 32 random bytes each, the present one first: asked again when a key is not known, so
    /// that a running program takes up a new one.
    ///
    /// # Panics
    /// When the source has no secret at the first time.
    pub fn new(source: impl Fn() -> Vec<Vec<u8>> + Send + Sync + 'static) -> Self {
        let masters = masters(&source());
        assert!(!masters.is_empty(), "there is a present secret");
        Self(Arc::new(Inner { masters: RwLock::new(masters), source: Box::new(source) }))
    }

    /// The id of the present key: the first eight hexadecimal digits of what is derived from its secret.
    pub fn current(&self) -> String {
        self.first().id.clone()
    }

    /// Looks for new secrets. What was known stays known when the source is empty at this moment.
    pub fn refresh(&self) {
        let found = masters(&(self.0.source)());
        if !found.is_empty() {
            *self.0.masters.write().unwrap_or_else(PoisonError::into_inner) = found;
        }
    }

    /// Whether the key with this id is here.
    pub fn knows(&self, id: &str) -> bool {
        self.by_id(id).is_some()
    }

    /// `plain` as it is stored: encrypted with the present key, bound to `place`.
    pub fn wrap(&self, place: &str, plain: &[u8]) -> String {
        let master = self.first();
        format!("{FORM}{}.{}", master.id, encrypted(&master.cipher, place, plain))
    }

    /// What was wrapped for `place`.
    pub fn unwrap(&self, place: &str, wrapped: &str) -> Result<Vec<u8>, CannotOpen> {
        if let Some(text) = wrapped.strip_prefix(FIRST_FORM) {
            let opened =
                self.all().into_iter().find_map(|key| decrypted(&key.first_cipher, place, text).ok());
            return opened.ok_or(CannotOpen);
        }
        let text = wrapped.strip_prefix(FORM).and_then(|rest| rest.split_once('.'));
        let (id, text) = text.ok_or(CannotOpen)?;
        decrypted(&self.by_id(id).ok_or(CannotOpen)?.cipher, place, text)
    }

    /// A seal over `text` by the present key: whoever lacks the key can make none.
    pub fn sign(&self, text: &str) -> String {
        let master = self.first();
        let tag = hmac::sign(&master.seal, text.as_bytes());
        format!("{SEAL_FORM}{}.{}", master.id, STANDARD_NO_PAD.encode(tag))
    }

    /// Whether `seal` is over exactly this; `None` when its key is not here.
    pub fn verify(&self, text: &str, seal: &str) -> Option<bool> {
        let parts = seal.strip_prefix(SEAL_FORM).and_then(|rest| rest.split_once('.'));
        let Some((id, tag)) = parts else { return Some(false) };
        let master = self.by_id(id)?;
        let Ok(tag) = STANDARD_NO_PAD.decode(tag) else { return Some(false) };
        Some(hmac::verify(&master.seal, text.as_bytes(), &tag).is_ok())
    }

    /// The id of the key that wrapped this.
    pub fn wrapped_by(wrapped: &str) -> Option<&str> {
        wrapped.strip_prefix(FORM)?.split_once('.').map(|(id, _)| id)
    }

    fn first(&self) -> Arc<Master> {
        self.all().into_iter().next().expect("a ring is never empty")
    }

    fn all(&self) -> Vec<Arc<Master>> {
        self.0.masters.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn by_id(&self, id: &str) -> Option<Arc<Master>> {
        let look = || self.all().into_iter().find(|master| master.id == id);
        look().or_else(|| {
            self.refresh();
            look()
        })
    }
}

fn masters(secrets: &[Vec<u8>]) -> Vec<Arc<Master>> {
    let master = |secret: &Vec<u8>| {
        let root = root(secret);
        let key: [u8; KEY_BYTES] = derived(&root, b"greenroom wrapping key");
        let seal: [u8; KEY_BYTES] = derived(&root, b"greenroom audit seal");
        let id: [u8; 4] = derived(&root, b"greenroom key id");
        let first: [u8; KEY_BYTES] = Sha256::digest(secret).into();
        let first =
            UnboundKey::new(&CHACHA20_POLY1305, &first).expect("a digest has as many bytes as the key");
        Arc::new(Master {
            id: format!("{:08x}", u32::from_be_bytes(id)),
            seal: hmac::Key::new(hmac::HMAC_SHA256, &seal),
            cipher: cipher(&key),
            first_cipher: LessSafeKey::new(first),
        })
    };
    secrets.iter().map(master).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn what_was_stored_before_there_was_a_ring_opens() {
        let ring = Keyring::new(|| vec![b"thirty-two bytes that nobody guesses".to_vec()]);
        let stored = "1.AAECAwQFBgcICQoL8qHpR6HMEnSKhZyjFY9QqU8KgIaPfAWeeAo/7tk";
        assert_eq!(
            ring.unwrap("model_providers\nlab\nhttps://lab.example/v1", stored),
            Ok(b"sk-0123456789".to_vec())
        );
        assert_eq!(ring.unwrap("model_providers\nlap\nhttps://lab.example/v1", stored), Err(CannotOpen));
    }

    #[test]
    fn a_seal_is_over_one_text_by_one_key() {
        let ring = Keyring::new(|| vec![b"thirty-two bytes that nobody guesses".to_vec()]);
        let other = Keyring::new(|| vec![b"thirty-two other bytes of the future".to_vec()]);
        let seal = ring.sign("what was done");
        assert_eq!(ring.verify("what was done", &seal), Some(true));
        assert_eq!(ring.verify("what was not done", &seal), Some(false));
        assert_eq!(other.verify("what was done", &seal), None);
        for wrong in ["", "h1.", "made up", &seal[..seal.len() - 4]] {
            assert_ne!(ring.verify("what was done", wrong), Some(true), "{wrong}");
        }
    }

    #[test]
    fn what_a_key_wrapped_opens_as_long_as_it_is_on_the_ring() {
        let old = b"thirty-two bytes that nobody guesses".to_vec();
        let new = b"thirty-two other bytes of the future".to_vec();
        let secrets = Arc::new(Mutex::new(vec![old.clone()]));
        let source = secrets.clone();
        let ring = Keyring::new(move || source.lock().unwrap().clone());
        let wrapped = ring.wrap("here", b"the key of a person");
        assert_eq!(Keyring::wrapped_by(&wrapped), Some(ring.current().as_str()));
        assert_eq!(ring.unwrap("here", &wrapped), Ok(b"the key of a person".to_vec()));
        assert_eq!(ring.unwrap("there", &wrapped), Err(CannotOpen));

        // Another process changed the key; this one finds out when it meets what it wrapped.
        let elsewhere = Keyring::new(move || vec![new.clone(), old.clone()]);
        let rewrapped = elsewhere.wrap("here", b"the key of a person");
        assert_ne!(elsewhere.current(), ring.current());
        assert_eq!(ring.unwrap("here", &rewrapped), Err(CannotOpen));
        *secrets.lock().unwrap() = vec![b"thirty-two other bytes of the future".to_vec()];
        assert_eq!(ring.unwrap("here", &rewrapped), Ok(b"the key of a person".to_vec()));
        assert_eq!(ring.current(), elsewhere.current());
        assert_eq!(ring.unwrap("here", &wrapped), Err(CannotOpen), "the old one was taken off the ring");
        assert_eq!(elsewhere.unwrap("here", &wrapped), Ok(b"the key of a person".to_vec()));
    }
}
