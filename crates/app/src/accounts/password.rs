//! Passwords at rest: Argon2id, off the async threads, a few at a time. Hashes that came from elsewhere (bcrypt) and
//! older ones are checked as they are and made anew at the next sign-in.

use super::password_rules::normalised;
use crate::{App, AppError, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};

/// What a password is to a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// Another one.
    Wrong,
    /// The one.
    Right,
    /// The one, but the hash is to be made anew.
    Outdated,
}

/// The Argon2id hash of `password` with a fresh salt, as a PHC string.
pub(super) async fn hash(app: &App, password: String) -> Result<String> {
    let hash = move || {
        let hash = Argon2::default().hash_password(normalised(&password).as_bytes());
        hash.map(|hash| hash.to_string())
    };
    app.hashers().run(hash).await?.map_err(AppError::internal)
}

/// Whether `password` is the one behind `hash`. A broken hash matches nothing.
pub(super) async fn compare(app: &App, password: String, hash: String) -> Result<Match> {
    app.hashers().run(move || compared(&password, &hash)).await
}

fn compared(password: &str, hash: &str) -> Match {
    let normal = normalised(password);
    if is_bcrypt(hash) {
        // As it was typed: whoever made the hash did not normalise.
        let is_it = |typed: &str| bcrypt::verify(typed, hash).unwrap_or(false);
        let right = is_it(&normal) || (normal != password && is_it(password));
        return if right { Match::Outdated } else { Match::Wrong };
    }
    let Ok(parsed) = PasswordHash::new(hash) else { return Match::Wrong };
    let is_it = |typed: &str| Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok();
    if is_it(&normal) {
        return if is_present(&parsed) { Match::Right } else { Match::Outdated };
    }
    // Made before passwords were normalised.
    if normal != password && is_it(password) { Match::Outdated } else { Match::Wrong }
}

/// Whether `hash` is one that can be checked: what may be imported.
pub(super) fn is_hash(hash: &str) -> bool {
    let is_argon2 =
        || PasswordHash::new(hash).is_ok_and(|hash| hash.algorithm.as_str().starts_with("argon2"));
    (is_bcrypt(hash) && hash.len() == 60) || is_argon2()
}

fn is_bcrypt(hash: &str) -> bool {
    ["$2a$", "$2b$", "$2y$"].iter().any(|kind| hash.starts_with(kind))
}

/// Whether it was made as hashes are made now.
fn is_present(hash: &PasswordHash) -> bool {
    let now = Argon2::default();
    let params = Params::try_from(hash).ok();
    let of = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    hash.algorithm.as_str() == "argon2id" && params.is_some_and(|made| of(&made) == of(now.params()))
}

/// A hash that no password matches, to take the same time for unknown addresses.
pub(super) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$u0AYgwNd6WxgNFrQsIYdIgAUnZFzvMTSyLLwLEKoTMs";

#[cfg(test)]
mod tests {
    use super::{Match, NOBODY, compared, is_hash};
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};

    #[test]
    fn hashes_from_elsewhere_are_checked_and_made_anew() {
        let bcrypt = bcrypt::hash("a quiet green room", 4).expect("a hash");
        assert!(is_hash(&bcrypt));
        assert_eq!(compared("a quiet green room", &bcrypt), Match::Outdated);
        assert_eq!(compared("a louder red room", &bcrypt), Match::Wrong);
        let weak = Params::new(8 * 1024, 1, 1, None).expect("parameters");
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, weak);
        let weak = weak.hash_password(b"a quiet green room").expect("a hash").to_string();
        assert_eq!(compared("a quiet green room", &weak), Match::Outdated);
        let now = Argon2::default().hash_password(b"a quiet green room").expect("a hash").to_string();
        assert_eq!(compared("a quiet green room", &now), Match::Right);
        assert_eq!(compared("", NOBODY), Match::Wrong);
    }

    #[test]
    fn the_same_letters_are_the_same_password_however_they_are_typed() {
        let (composed, apart) = ("caf\u{e9} au lait", "cafe\u{301} au lait");
        let now = Argon2::default().hash_password(composed.as_bytes()).expect("a hash").to_string();
        assert_eq!(compared(apart, &now), Match::Right);
        let before = Argon2::default().hash_password(apart.as_bytes()).expect("a hash").to_string();
        assert_eq!(compared(apart, &before), Match::Outdated, "made before passwords were normalised");
    }

    #[test]
    fn what_is_no_hash_matches_nothing() {
        for broken in ["", "$2b$", "$2b$04$short", "plain words", "$argon2id$", "$scrypt$ln=1$c2FsdA$aGFzaA"]
        {
            assert!(!is_hash(broken), "{broken}");
            assert_eq!(compared("", broken), Match::Wrong, "{broken}");
        }
    }
}
