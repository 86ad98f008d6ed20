//! Access tokens (signed, short) and refresh tokens (unguessable, stored as a hash, used once).

use super::visit::Visit;
use crate::{App, AppError, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::SignIn;
use greenroom_store::RefreshToken;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ring::hmac;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A day, ms.
pub(super) const DAY_MS: i64 = 86_400_000;
const ISSUER: &str = "greenroom";

/// Signs and checks access tokens, and derives refresh tokens.
#[derive(Clone)]
pub struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
    deriving: hmac::Key,
}

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub sub: UserId,
    /// By which sign-in.
    pub sid: SignInId,
    /// What they may do; for clients to read. The server looks it up.
    pub role: Role,
    /// Who issued it.
    pub iss: String,
    /// When, seconds since 1970.
    pub iat: i64,
    /// Until when, seconds since 1970.
    pub exp: i64,
}

/// An access token is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the access token is not valid or has expired")]
pub struct TokenError;

/// Tokens for a person who signed in.
#[derive(Clone, Debug)]
pub struct IssuedTokens {
    /// Who.
    pub user: User,
    /// For each request; short-lived.
    pub access_token: String,
    /// For the next pair; used once.
    pub refresh_token: String,
    /// Life of the access token, seconds.
    pub expires_in: u32,
    /// Life of the refresh token, seconds.
    pub refresh_expires_in: u64,
}

impl Tokens {
    /// Tokens signed with `key` (HMAC-SHA-256), at least 32 bytes.
    pub fn new(key: &[u8]) -> Self {
        Self {
            signing: EncodingKey::from_secret(key),
            checking: DecodingKey::from_secret(key),
            deriving: hmac::Key::new(hmac::HMAC_SHA256, key),
        }
    }

    /// A signed access token.
    pub fn sign(&self, user: &User, sign_in: SignInId, now: Timestamp, seconds: u32) -> Result<String> {
        let iat = now.as_datetime().timestamp();
        let claims = Claims {
            sub: user.id,
            sid: sign_in,
            role: user.role,
            iss: ISSUER.to_owned(),
            iat,
            exp: iat + i64::from(seconds),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(AppError::internal)
    }

    /// What `token` says, if it is ours and valid at `now`, give or take `skew_seconds`: nodes' clocks differ.
    pub fn check(
        &self,
        token: &str,
        now: Timestamp,
        skew_seconds: u32,
    ) -> std::result::Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        // The time comes from our clock below, so that tests can set it.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.checking, &validation)
            .map_err(|_| TokenError)?
            .claims;
        let (now, skew) = (now.as_datetime().timestamp(), i64::from(skew_seconds));
        // One that was issued in the future is taken: a clock that is set back signs nobody out.
        if claims.exp + skew <= now { Err(TokenError) } else { Ok(claims) }
    }

    /// What tells `text` apart from others without saying what it is: only who has the key can try.
    pub(crate) fn fingerprint(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.deriving, text.as_bytes()))
    }

    /// Tells keys apart, without saying what they are.
    pub(crate) fn key_id(&self) -> Uuid {
        let mac = hmac::sign(&self.deriving, b"which key signs access tokens");
        let (half, _) = mac.as_ref().split_at(16);
        Uuid::from_bytes(half.try_into().expect("half of 32 bytes"))
    }

    /// The refresh token that takes the place of `refresh_token`: always the same one, so that whoever renews twice at
    /// once gets it twice and nothing but hashes needs to be stored. Without the key nobody can tell it.
    pub(crate) fn successor(&self, refresh_token: &str) -> String {
        self.fingerprint(&format!("refresh token after {refresh_token}"))
    }
}

impl App {
    /// A new pair of tokens; begins a new sign-in.
    pub(crate) async fn issue_tokens(&self, user: User, visit: &Visit) -> Result<IssuedTokens> {
        let (plain, token) = self.refresh_token(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
        let sign_in = SignIn {
            id: SignInId::fresh(self.ids()),
            user_id: user.id,
            place: visit.place(),
            created_at: token.issued_at,
            used_at: token.issued_at,
            expires_at: token.expires_at,
            ended: None,
        };
        self.store().begin_sign_in(&sign_in, &token).await?;
        self.pair(user, sign_in.id, plain, sign_in.expires_at)
    }

    /// An access token beside a refresh token that is already stored; it ends with that at the latest.
    pub(crate) fn pair(
        &self,
        user: User,
        sign_in: SignInId,
        refresh_token: String,
        expires_at: Timestamp,
    ) -> Result<IssuedTokens> {
        let now = self.now();
        let left = (expires_at.as_datetime() - now.as_datetime()).num_seconds().max(0).unsigned_abs();
        let seconds = self.parts().accounts.access_token_seconds.min(u32::try_from(left).unwrap_or(u32::MAX));
        let access_token = self.parts().tokens.sign(&user, sign_in, now, seconds)?;
        Ok(IssuedTokens { user, access_token, refresh_token, expires_in: seconds, refresh_expires_in: left })
    }

    /// A refresh token beside what is stored of it.
    pub(crate) fn refresh_token(&self, plain: String) -> (String, RefreshToken) {
        let now = self.now();
        let options = &self.parts().accounts;
        let days = i64::from(options.refresh_token_days.min(options.sign_in_max_days));
        let hash = token_hash(&plain);
        (plain, RefreshToken { hash, issued_at: now, expires_at: now.plus_ms(days * DAY_MS) })
    }
}

/// What is stored of a refresh token: its SHA-256, base64.
pub(crate) fn token_hash(plain: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(plain.as_bytes()))
}

pub(crate) fn unauthenticated() -> AppError {
    AppError::new(
        ErrorCode::Unauthenticated,
        "unauthenticated",
        "You are not signed in, or your sign-in has expired. Please sign in again.",
    )
}
