//! What people said is encrypted before it reaches the database, and opened when it leaves.
//!
//! Each person has a data key; it encrypts their texts (AES-256-GCM), each bound to its place. The data keys lie in the
//! database wrapped by a master key that does not. Without a person's data key their texts cannot be read, wherever a
//! copy of them lies: erasing the key erases them all. See docs/adr for the reasons.

mod data_key;
mod keyring;
mod object;
mod old_rows;
mod people;
mod rotation;

pub use keyring::{CannotOpen, Keyring};
pub use object::ObjectSeal;
pub use old_rows::{SealingAt, Unsealed};
pub use rotation::{KeysOf, WrappedKey};

pub(crate) use data_key::{DataKey, Place};
pub(crate) use people::{Opener, PeopleKeys, new_key_row};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};

/// Bytes of a key of AES-256.
const KEY_BYTES: usize = 32;

fn cipher(key: &[u8; KEY_BYTES]) -> LessSafeKey {
    LessSafeKey::new(
        UnboundKey::new(&AES_256_GCM, key).expect("the key has as many bytes as the cipher needs"),
    )
}

/// What keys are derived from that only who knows `secret` can have.
fn root(secret: &[u8]) -> Prk {
    Salt::new(HKDF_SHA256, b"greenroom").extract(secret)
}

/// Bytes that are different for each purpose (HKDF, RFC 5869).
fn derived<const N: usize>(root: &Prk, purpose: &[u8]) -> [u8; N] {
    struct Bytes(usize);
    impl KeyType for Bytes {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut out = [0; N];
    root.expand(&[purpose], Bytes(N))
        .and_then(|made| made.fill(&mut out))
        .expect("so few bytes can be derived");
    out
}

/// Nonce, ciphertext and tag, in base64.
fn encrypted(cipher: &LessSafeKey, bound_to: &str, plain: &[u8]) -> String {
    let nonce: [u8; NONCE_LEN] = rand::random();
    let mut bytes = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(plain);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = cipher
        .seal_in_place_separate_tag(nonce, Aad::from(bound_to.as_bytes()), &mut bytes[NONCE_LEN..])
        .expect("a text is much shorter than what can be encrypted at once");
    bytes.extend_from_slice(tag.as_ref());
    STANDARD_NO_PAD.encode(bytes)
}

fn decrypted(cipher: &LessSafeKey, bound_to: &str, text: &str) -> Result<Vec<u8>, CannotOpen> {
    let mut bytes = STANDARD_NO_PAD.decode(text).map_err(|_| CannotOpen)?;
    let nonce = Nonce::try_assume_unique_for_key(bytes.get(..NONCE_LEN).ok_or(CannotOpen)?);
    let nonce = nonce.map_err(|_| CannotOpen)?;
    let opened = cipher
        .open_within(nonce, Aad::from(bound_to.as_bytes()), &mut bytes, NONCE_LEN..)
        .map_err(|_| CannotOpen)?;
    let length = opened.len();
    bytes.truncate(length);
    Ok(bytes)
}
