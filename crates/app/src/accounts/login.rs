//! Sign in, stay signed in, sign out.

use super::attempts::{Attempt, origin};
use super::caller::{reused, sign_in_ended};
use super::password::{self, Match};
use super::tokens::{DAY_MS, IssuedTokens, token_hash, unauthenticated};
use super::visit::Visit;
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_store::{Exchange, Rotation};

/// Signs in. Wrong address and wrong password look alike and take alike; who guesses has to wait longer and longer.
pub async fn login(app: &App, email: &str, password: String, visit: &Visit) -> Result<IssuedTokens> {
    let email = email.trim().to_lowercase();
    let attempt = Attempt::begin(app, &email, visit).await;
    let known = app.store().user_by_email(&email).await?;
    let id = known.as_ref().map(|(user, _)| user.id);
    let attempt = match attempt {
        Ok(attempt) => attempt,
        Err(error) => {
            refused(app, id, "too many attempts", visit).await;
            return Err(error);
        }
    };
    let (user, hash) = match known {
        // Who came by a provider has no password: nothing matches, and it takes as long.
        Some((user, hash)) if hash.is_empty() => (Some(user), password::NOBODY.to_owned()),
        Some((user, hash)) => (Some(user), hash),
        None => (None, password::NOBODY.to_owned()),
    };
    let matched = password::compare(app, password.clone(), hash).await?;
    match user {
        Some(user) if matched != Match::Wrong => {
            attempt.succeeded(app).await?;
            if matched == Match::Outdated {
                let hash = password::hash(app, password).await?;
                app.store().update_user(&user, Some(&hash)).await?;
            }
            let how = format!("with a password, {}", origin(app, visit));
            let tokens = app.issue_tokens(user, visit).await?;
            audit::record(app, id, Action::SignedIn, tokens.user.id, how).await;
            Ok(tokens)
        }
        _ => {
            refused(app, id, "address or password is wrong", visit).await;
            let message = "Address or password is wrong.";
            Err(AppError::new(ErrorCode::Unauthenticated, "wrong_credentials", message))
        }
    }
}

/// Writes down that somebody was not let in: into `account`, or into one that does not exist.
async fn refused(app: &App, account: Option<UserId>, why: &str, visit: &Visit) {
    let subject = account.map_or_else(|| "no account".to_owned(), |id| id.to_string());
    let details = format!("{why}, {}", origin(app, visit));
    audit::record(app, None, Action::SignInRefused, subject, details).await;
}

/// Exchanges a refresh token for a new pair. A token that was used before ends its sign-in, and the person is told;
/// one that comes twice within the grace, as from two tabs at once, gets the same successor.
pub async fn refresh(app: &App, refresh_token: &str, visit: &Visit) -> Result<IssuedTokens> {
    let options = &app.parts().accounts;
    let (plain, new) = app.refresh_token(app.parts().tokens.successor(refresh_token));
    let exchange = Exchange {
        old_hash: token_hash(refresh_token),
        new,
        place: visit.place(),
        longest_ms: i64::from(options.sign_in_max_days) * DAY_MS,
        skew_ms: app.skew_ms(),
        grace_ms: i64::from(options.refresh_grace_seconds) * 1000,
    };
    match app.store().rotate_refresh_token(&exchange).await? {
        Rotation::Rotated { user_id, sign_in, expires_at } => {
            let user = app.store().user(user_id).await?.ok_or_else(unauthenticated)?;
            app.pair(user, sign_in, plain, expires_at)
        }
        Rotation::Reused { sign_in } => {
            app.callers().forget(sign_in);
            tracing::warn!(sign_in.id = %sign_in, "a refresh token was used twice; its sign-in was ended");
            let of = app.store().sign_in(sign_in).await.ok().flatten();
            let of = of.map_or_else(|| sign_in.to_string(), |(found, _)| found.user_id.to_string());
            let details = format!("sign-in {sign_in}, {}", origin(app, visit));
            audit::record(app, None, Action::SignInCopied, of, details).await;
            Err(reused())
        }
        Rotation::Ended(ended) => Err(sign_in_ended(ended)),
        Rotation::Expired | Rotation::Unknown => Err(unauthenticated()),
    }
}

/// Signs out: the sign-in of the refresh token and `own`, that of the request, are forgotten. Unknown ones are fine.
pub async fn logout(app: &App, refresh_token: Option<&str>, own: Option<SignInId>) -> Result<()> {
    let by_token = match refresh_token {
        Some(token) => app.store().sign_in_of_token(&token_hash(token)).await?,
        None => None,
    };
    let by_request = match own {
        Some(id) => app.store().sign_in(id).await?.map(|(sign_in, _)| sign_in),
        None => None,
    };
    for sign_in in [by_token, by_request].into_iter().flatten() {
        // What the person has yet to be told of stays.
        if sign_in.ended.is_none() {
            app.store().forget_sign_in(sign_in.user_id, sign_in.id).await?;
            audit::record(app, Some(sign_in.user_id), Action::SignInEnded, sign_in.id, "signed out").await;
        }
        app.callers().forget(sign_in.id);
    }
    Ok(())
}
