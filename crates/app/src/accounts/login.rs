//! Sign in, stay signed in, sign out.

use super::password;
use super::tokens::{IssuedTokens, token_hash, unauthenticated};
use crate::{App, AppError, Result};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{TokenFamilyId, UserId};
use greenroom_store::Rotation;

/// Signs in. Wrong address and wrong password look alike and take alike.
pub async fn login(app: &App, email: &str, password: String) -> Result<IssuedTokens> {
    let known = app.store().user_by_email(&email.trim().to_lowercase()).await?;
    let (user, hash) = match known {
        Some((user, hash)) => (Some(user), hash),
        None => (None, password::NOBODY.to_owned()),
    };
    let right = password::matches(app, password, hash).await?;
    match user {
        Some(user) if right => app.issue_tokens(user).await,
        _ => Err(AppError::new(
            ErrorCode::Unauthenticated,
            "wrong_credentials",
            "Address or password is wrong.",
        )),
    }
}

/// Exchanges a refresh token for a new pair. A token that was used before revokes its whole family.
pub async fn refresh(app: &App, refresh_token: &str) -> Result<IssuedTokens> {
    let unknown = UserId(uuid::Uuid::nil());
    // Family and owner are the old token's; the store fills them in.
    let (plain, next) = app.fresh_refresh_token(unknown, TokenFamilyId(uuid::Uuid::nil()));
    match app.store().rotate_refresh_token(&token_hash(refresh_token), &next, app.now()).await? {
        Rotation::Rotated { user_id } => {
            let user = app.store().user(user_id).await?.ok_or_else(unauthenticated)?;
            app.pair(user, plain)
        }
        Rotation::Reused { .. } => Err(AppError::new(
            ErrorCode::Unauthenticated,
            "refresh_token_reused",
            "This sign-in was used twice, so it was ended to protect you. Please sign in again.",
        )),
        Rotation::Expired | Rotation::Unknown => Err(unauthenticated()),
    }
}

/// Signs out: the refresh token and its family end. Unknown tokens are fine.
pub async fn logout(app: &App, refresh_token: Option<&str>) -> Result<()> {
    if let Some(token) = refresh_token {
        app.store().revoke_refresh_family(&token_hash(token)).await?;
    }
    Ok(())
}
