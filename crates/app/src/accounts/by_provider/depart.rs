//! Leave for a provider.

use super::ticket::Ticket;
use super::{failed, unknown_provider};
use crate::accounts::me;
use crate::{App, AppError, Result};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;

/// How long somebody may be at a provider, seconds.
pub(super) const AWAY_SECONDS: u32 = 600;

/// Somebody who wants to leave.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// Name of the provider.
    pub provider: String,
    /// Where the provider is to send them back to.
    pub redirect: String,
    /// Who is signed in.
    pub user: Option<UserId>,
    /// To link the provider to the account that is signed in.
    pub link: bool,
    /// A path of the web app to go to afterwards.
    pub next: Option<String>,
    /// Version of the terms and the privacy text that were shown.
    pub texts: Option<String>,
}

/// Somebody who leaves.
#[derive(Clone, Debug)]
pub struct Left {
    /// Where to.
    pub url: String,
    /// For the browser to keep until they are back.
    pub ticket: String,
    /// How long it is good for, seconds.
    pub seconds: u32,
}

/// Sends somebody to a provider.
pub async fn depart(app: &App, leaving: Leaving) -> Result<Left> {
    if leaving.link {
        check_link(app, leaving.user).await?;
    }
    let now = app.now();
    let begun = app.identity_providers().begin(&leaving.provider, &leaving.redirect, now).await;
    let departure = begun.ok_or_else(unknown_provider)?.map_err(|error| failed(&leaving.provider, &error))?;
    let ticket = Ticket {
        provider: leaving.provider,
        secrets: departure.secrets,
        redirect: leaving.redirect,
        user: leaving.user,
        link: leaving.link,
        next: leaving.next,
        texts: leaving.texts,
        expires_at: now.plus_ms(i64::from(AWAY_SECONDS) * 1000),
    };
    Ok(Left { url: departure.url, ticket: ticket.seal(app), seconds: AWAY_SECONDS })
}

async fn check_link(app: &App, user: Option<UserId>) -> Result<()> {
    let nobody = || {
        AppError::new(
            ErrorCode::Unauthenticated,
            "oauth_sign_in_first",
            "Sign in first, then link the provider.",
        )
    };
    if me(app, user.ok_or_else(nobody)?).await.map_err(|_| nobody())?.is_guest() {
        Err(nobody())
    } else {
        Ok(())
    }
}
