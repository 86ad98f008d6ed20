//! Files are sealed in pieces, so that one can be read from its middle and never has to be in memory as a whole.
//!
//! Each file has a key of its own, derived from its owner's data key and a random salt. A piece is sealed with
//! AES-256-GCM; its nonce is its position and whether it is the last one (the STREAM construction of Hoang, Reyhanitabar,
//! Rogaway and Vizár, 2015). So a piece opens at its place only, and a file that lost its end shows.

use super::{CannotOpen, DataKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_domain::ids::ObjectId;
use greenroom_domain::object::ObjectKind;
use ring::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use std::fmt;
use std::ops::Range;

/// How the seal of a file begins; then the id of its owner's key, a full stop, and the salt in base64.
const FORM: &str = "o1.";
/// Bytes of a piece before it is sealed.
const PIECE: u64 = 64 * 1024;
/// Bytes that sealing adds to a piece.
const TAG: u64 = 16;

/// Seals and opens the pieces of one file.
pub struct ObjectSeal {
    cipher: LessSafeKey,
    text: String,
}

impl fmt::Debug for ObjectSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ObjectSeal").field(&self.text).finish()
    }
}

impl ObjectSeal {
    /// Bytes of a piece before it is sealed; the last one may have fewer.
    pub const PIECE: u64 = PIECE;
    /// Bytes of a whole piece that is sealed.
    pub const SEALED_PIECE: u64 = PIECE + TAG;

    /// For a file that is put now. Each has another one, also when it is tried again.
    pub(crate) fn new(key: &DataKey, object: ObjectId, kind: ObjectKind) -> Self {
        let salt: [u8; 16] = rand::random();
        Self::with(key, object, kind, &URL_SAFE_NO_PAD.encode(salt))
    }

    /// For a file that was put with the seal `text`.
    pub(crate) fn of(
        key: &DataKey,
        object: ObjectId,
        kind: ObjectKind,
        text: &str,
    ) -> Result<Self, CannotOpen> {
        let (id, salt) = text.strip_prefix(FORM).and_then(|rest| rest.split_once('.')).ok_or(CannotOpen)?;
        if id != key.id() {
            return Err(CannotOpen);
        }
        Ok(Self::with(key, object, kind, salt))
    }

    fn with(key: &DataKey, object: ObjectId, kind: ObjectKind, salt: &str) -> Self {
        let purpose = format!("object\n{object}\n{}\n{salt}", kind.key());
        Self { cipher: key.for_purpose(&purpose), text: format!("{FORM}{}.{salt}", key.id()) }
    }

    /// What is stored beside the file to open it with; of no use without its owner's key.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Bytes of a sealed file that had `plain` bytes. An empty file has one empty piece.
    pub fn sealed_bytes(plain: u64) -> u64 {
        plain + pieces(plain) * TAG
    }

    /// Bytes that a file had before it was sealed, by its size afterwards.
    pub fn plain_bytes(sealed: u64) -> u64 {
        sealed - sealed.div_ceil(Self::SEALED_PIECE) * TAG
    }

    /// Which pieces the bytes `range` of a file lie in, the first and the one after the last.
    pub fn pieces_of(range: &Range<u64>) -> Range<u64> {
        range.start / PIECE..range.end.max(range.start + 1).div_ceil(PIECE)
    }

    /// Where pieces of a file that had `plain` bytes lie when it is sealed, bytes.
    pub fn place_of(pieces: &Range<u64>, plain: u64) -> Range<u64> {
        pieces.start * Self::SEALED_PIECE..(pieces.end * Self::SEALED_PIECE).min(Self::sealed_bytes(plain))
    }

    /// Whether this is the last piece of a file that had `plain` bytes.
    pub fn is_last(piece: u64, plain: u64) -> bool {
        piece + 1 == pieces(plain)
    }

    /// The piece at this position, sealed.
    pub fn seal(&self, piece: u64, is_last: bool, plain: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(plain.len() + TAG as usize);
        bytes.extend_from_slice(plain);
        self.cipher
            .seal_in_place_append_tag(nonce(piece, is_last), Aad::empty(), &mut bytes)
            .expect("a piece is much shorter than what can be encrypted at once");
        bytes
    }

    /// The piece that was sealed for this position.
    pub fn open(&self, piece: u64, is_last: bool, mut sealed: Vec<u8>) -> Result<Vec<u8>, CannotOpen> {
        let opened = self.cipher.open_in_place(nonce(piece, is_last), Aad::empty(), &mut sealed);
        let length = opened.map_err(|_| CannotOpen)?.len();
        sealed.truncate(length);
        Ok(sealed)
    }
}

fn pieces(plain: u64) -> u64 {
    plain.div_ceil(PIECE).max(1)
}

/// No two pieces of a file have the same one, and no other file has the same key.
fn nonce(piece: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3] = u8::from(is_last);
    bytes[4..].copy_from_slice(&piece.to_be_bytes());
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::KEY_BYTES;
    use super::*;
    use uuid::Uuid;

    const FILE: ObjectId = ObjectId(Uuid::from_u128(7));
    const KIND: ObjectKind = ObjectKind::Recording;

    fn key(byte: u8) -> DataKey {
        DataKey::new("0a1b".to_owned(), &[byte; KEY_BYTES])
    }

    #[test]
    fn a_piece_opens_at_its_place_only() {
        let seal = ObjectSeal::new(&key(7), FILE, KIND);
        let sealed = seal.seal(3, false, b"heard");
        let again = ObjectSeal::of(&key(7), FILE, KIND, seal.text()).unwrap();
        assert_eq!(again.open(3, false, sealed.clone()), Ok(b"heard".to_vec()));
        assert_eq!(again.open(2, false, sealed.clone()), Err(CannotOpen), "moved");
        assert_eq!(again.open(3, true, sealed.clone()), Err(CannotOpen), "made the last one");
        assert_eq!(again.open(3, false, sealed[1..].to_vec()), Err(CannotOpen));
        let other_file = ObjectSeal::of(&key(7), ObjectId(Uuid::from_u128(8)), KIND, seal.text()).unwrap();
        let other_kind = ObjectSeal::of(&key(7), FILE, ObjectKind::ResumeOriginal, seal.text()).unwrap();
        let other_salt = ObjectSeal::new(&key(7), FILE, KIND);
        let other_key = ObjectSeal::of(&key(8), FILE, KIND, seal.text()).unwrap();
        for other in [other_file, other_kind, other_salt, other_key] {
            assert_eq!(other.open(3, false, sealed.clone()), Err(CannotOpen), "{other:?}");
        }
        let renamed = DataKey::new("ffff".to_owned(), &[7; KEY_BYTES]);
        for (key, text) in [(&renamed, seal.text()), (&key(7), "s1.0a1b.x"), (&key(7), "")] {
            assert_eq!(ObjectSeal::of(key, FILE, KIND, text).err(), Some(CannotOpen), "{text}");
        }
    }

    #[test]
    fn ranges_lie_in_pieces() {
        assert_eq!(ObjectSeal::sealed_bytes(0), 16);
        assert_eq!(ObjectSeal::sealed_bytes(PIECE), PIECE + 16);
        assert_eq!(ObjectSeal::sealed_bytes(PIECE + 1), PIECE + 1 + 32);
        for plain in [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE, 5 * PIECE + 7] {
            assert_eq!(ObjectSeal::plain_bytes(ObjectSeal::sealed_bytes(plain)), plain);
        }
        assert_eq!(ObjectSeal::pieces_of(&(0..0)), 0..1);
        assert_eq!(ObjectSeal::pieces_of(&(0..PIECE)), 0..1);
        assert_eq!(ObjectSeal::pieces_of(&(PIECE - 1..PIECE + 1)), 0..2);
        assert_eq!(ObjectSeal::pieces_of(&(PIECE..2 * PIECE)), 1..2);
        assert_eq!(ObjectSeal::place_of(&(1..2), 3 * PIECE), PIECE + 16..2 * (PIECE + 16));
        assert_eq!(ObjectSeal::place_of(&(1..2), PIECE + 5), PIECE + 16..PIECE + 16 + 21);
        assert!(
            ObjectSeal::is_last(0, 0)
                && ObjectSeal::is_last(1, PIECE + 1)
                && !ObjectSeal::is_last(0, PIECE + 1)
        );
    }
}
