//! Passwords: Argon2id, off the async threads, a few at a time.

use crate::{App, AppError, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

/// Shortest password, characters.
pub const MIN_PASSWORD_CHARS: usize = 12;
/// Longest password, characters; longer ones only cost time.
pub const MAX_PASSWORD_CHARS: usize = 256;

/// Why `password` is refused; `None` when it is fine.
pub fn weakness(password: &str, email: &str) -> Option<String> {
    let chars = password.chars().count();
    if chars < MIN_PASSWORD_CHARS {
        return Some(format!("Use at least {MIN_PASSWORD_CHARS} characters; a short sentence works well."));
    }
    if chars > MAX_PASSWORD_CHARS {
        return Some(format!("Use at most {MAX_PASSWORD_CHARS} characters."));
    }
    if !email.is_empty() && password.to_lowercase().contains(email) {
        return Some("The password must not contain your address.".to_owned());
    }
    None
}

/// The Argon2id hash of `password` with a fresh salt, as a PHC string.
pub async fn hash(app: &App, password: String) -> Result<String> {
    let hash = move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string());
    app.hashers().run(hash).await?.map_err(AppError::internal)
}

/// Whether `password` is the one behind `hash`. A broken hash matches nothing.
pub async fn matches(app: &App, password: String, hash: String) -> Result<bool> {
    let check = move || {
        PasswordHash::new(&hash)
            .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    };
    app.hashers().run(check).await
}

/// A hash that no password matches, to take the same time for unknown addresses.
pub const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$u0AYgwNd6WxgNFrQsIYdIgAUnZFzvMTSyLLwLEKoTMs";
