//! Access tokens (signed, short) and refresh tokens (random, stored as a hash, used once).

use crate::{App, AppError, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{TokenFamilyId, UserId};
use greenroom_store::RefreshToken;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const ISSUER: &str = "greenroom";

/// Signs and checks access tokens.
#[derive(Clone)]
pub struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
}

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub sub: UserId,
    /// What they may do.
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
        Self { signing: EncodingKey::from_secret(key), checking: DecodingKey::from_secret(key) }
    }

    /// A signed access token.
    pub fn sign(&self, user: &User, now: Timestamp, seconds: u32) -> Result<String> {
        let iat = now.as_datetime().timestamp();
        let claims = Claims {
            sub: user.id,
            role: user.role,
            iss: ISSUER.to_owned(),
            iat,
            exp: iat + i64::from(seconds),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(AppError::internal)
    }

    /// What `token` says, if it is ours and valid at `now`.
    pub fn check(&self, token: &str, now: Timestamp) -> std::result::Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        // The time comes from our clock below, so that tests can set it.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.checking, &validation)
            .map_err(|_| TokenError)?
            .claims;
        if claims.exp <= now.as_datetime().timestamp() { Err(TokenError) } else { Ok(claims) }
    }
}

impl App {
    /// Who sends this access token. The account must still be there for anything that is stored.
    pub fn authenticate(&self, token: &str) -> Result<Claims> {
        self.parts().tokens.check(token, self.now()).map_err(|_| unauthenticated())
    }

    /// A new pair of tokens; begins a new family.
    pub(crate) async fn issue_tokens(&self, user: User) -> Result<IssuedTokens> {
        let (plain, token) = self.fresh_refresh_token(user.id, TokenFamilyId::fresh(self.ids()));
        self.store().insert_refresh_token(&token).await?;
        self.pair(user, plain)
    }

    /// An access token beside a refresh token that is already stored.
    pub(crate) fn pair(&self, user: User, refresh_token: String) -> Result<IssuedTokens> {
        let options = &self.parts().accounts;
        let access_token = self.parts().tokens.sign(&user, self.now(), options.access_token_seconds)?;
        Ok(IssuedTokens {
            user,
            access_token,
            refresh_token,
            expires_in: options.access_token_seconds,
            refresh_expires_in: u64::from(options.refresh_token_days) * 86_400,
        })
    }

    pub(crate) fn fresh_refresh_token(
        &self,
        user_id: UserId,
        family: TokenFamilyId,
    ) -> (String, RefreshToken) {
        let plain = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let now = self.now();
        let days = i64::from(self.parts().accounts.refresh_token_days);
        let token = RefreshToken {
            hash: token_hash(&plain),
            family,
            user_id,
            issued_at: now,
            expires_at: now.plus_ms(days * 86_400_000),
        };
        (plain, token)
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
