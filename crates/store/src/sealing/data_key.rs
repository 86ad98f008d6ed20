//! The key of one person.

use super::{CannotOpen, KEY_BYTES, cipher, decrypted, derived, encrypted, root};
use ring::aead::LessSafeKey;
use ring::hkdf::Prk;
use std::fmt;

/// How a sealed text begins; then the id of the key, a full stop, and the rest in base64. No JSON begins like this.
const FORM: &str = "s1.";

/// Where a text lies. It opens there and nowhere else, so that nobody who can write to the database can pass one
/// text off as another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<I> {
    /// Table and column.
    pub column: &'static str,
    /// The row.
    pub row: I,
}

impl<I: fmt::Display> Place<I> {
    fn name(&self) -> String {
        format!("{}\n{}", self.column, self.row)
    }
}

/// The key of one person, ready for use.
pub(crate) struct DataKey {
    id: String,
    cipher: LessSafeKey,
    root: Prk,
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl DataKey {
    pub(crate) fn new(id: String, key: &[u8; KEY_BYTES]) -> Self {
        Self { id, cipher: cipher(key), root: root(key) }
    }

    /// Its name in what it sealed.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// A key for one purpose.
    pub(crate) fn for_purpose(&self, purpose: &str) -> LessSafeKey {
        cipher(&derived(&self.root, purpose.as_bytes()))
    }

    /// `text` as it is stored.
    pub(crate) fn seal(&self, place: Place<impl fmt::Display>, text: &str) -> String {
        format!("{FORM}{}.{}", self.id, encrypted(&self.cipher, &place.name(), text.as_bytes()))
    }

    fn open(&self, place: Place<impl fmt::Display>, rest: &str) -> Result<String, CannotOpen> {
        let (id, text) = rest.split_once('.').ok_or(CannotOpen)?;
        if id != self.id {
            return Err(CannotOpen);
        }
        String::from_utf8(decrypted(&self.cipher, &place.name(), text)?).map_err(|_| CannotOpen)
    }
}

/// The text behind what is stored. One from before texts were sealed is as it is stored.
pub(crate) fn opened(
    key: Option<&DataKey>,
    place: Place<impl fmt::Display>,
    stored: String,
) -> Result<String, CannotOpen> {
    match stored.strip_prefix(FORM) {
        None => Ok(stored),
        Some(rest) => key.ok_or(CannotOpen)?.open(place, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<u32> = Place { column: "t.c", row: 7 };

    #[test]
    fn a_text_opens_by_its_key_at_its_place_only() {
        let key = DataKey::new("0a1b".to_owned(), &[7; KEY_BYTES]);
        let sealed = key.seal(HERE, "Zoë led 40 people 🙂");
        assert!(!sealed.contains("Zo") && sealed.starts_with("s1.0a1b."));
        assert_ne!(sealed, key.seal(HERE, "Zoë led 40 people 🙂"), "two of the same look different");
        assert_eq!(opened(Some(&key), HERE, sealed.clone()), Ok("Zoë led 40 people 🙂".to_owned()));
        let other = DataKey::new("0a1b".to_owned(), &[8; KEY_BYTES]);
        let renamed = DataKey::new("ffff".to_owned(), &[7; KEY_BYTES]);
        for wrong in [None, Some(&other), Some(&renamed)] {
            assert_eq!(opened(wrong, HERE, sealed.clone()), Err(CannotOpen));
        }
        for elsewhere in [Place { row: 8, ..HERE }, Place { column: "t.d", row: 7 }] {
            assert_eq!(opened(Some(&key), elsewhere, sealed.clone()), Err(CannotOpen));
        }
        let mut damaged = sealed.clone();
        let last = if damaged.pop() == Some('A') { 'B' } else { 'A' };
        damaged.push(last);
        for wrong in [damaged.as_str(), "s1.", "s1.0a1b.", "s1.0a1b.AAAA", "s1.0a1b.not base64!"] {
            assert_eq!(opened(Some(&key), HERE, wrong.to_owned()), Err(CannotOpen), "{wrong}");
        }
        assert_eq!(opened(None, HERE, r#"{"old":1}"#.to_owned()), Ok(r#"{"old":1}"#.to_owned()));
    }
}
