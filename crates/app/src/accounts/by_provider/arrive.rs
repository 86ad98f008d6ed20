//! Come back from a provider.

use super::enter::enter;
use super::ticket::Ticket;
use super::{failed, unknown_provider};
use crate::accounts::attempts::origin;
use crate::accounts::tokens::token_hash;
use crate::accounts::{IssuedTokens, Visit};
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::LinkedIdentity;
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_identity::{Identity, IdentityError};

/// What the browser brings back.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// Name of the provider, by the address.
    pub provider: String,
    /// What the browser kept.
    pub ticket: Option<String>,
    /// The parameter `state`.
    pub state: Option<String>,
    /// The parameter `code`.
    pub code: Option<String>,
    /// The parameter `error`.
    pub error: Option<String>,
    /// The parameter `iss` (RFC 9207).
    pub issuer: Option<String>,
}

/// Somebody who is back.
#[derive(Debug)]
pub struct Arrived {
    /// Signed in; `None` when a provider was linked.
    pub tokens: Option<IssuedTokens>,
    /// The path of the web app that they wanted to.
    pub next: Option<String>,
}

/// Somebody who came back in vain.
#[derive(Debug)]
pub struct Turned {
    /// Why.
    pub error: AppError,
    /// Whether they wanted to link a provider.
    pub link: bool,
}

/// Signs in, or links, whoever comes back.
pub async fn arrive(app: &App, arrival: Arrival, visit: &Visit) -> std::result::Result<Arrived, Turned> {
    let ticket = arrival.ticket.as_deref().and_then(|sealed| Ticket::open(app, sealed));
    let link = ticket.as_ref().is_some_and(|ticket| ticket.link);
    let turned = |error| Turned { error, link };
    let ticket = ticket.ok_or_else(|| turned(not_from_here()))?;
    let (provider, user) = (ticket.provider.clone(), ticket.user.filter(|_| ticket.link));
    let outcome = go_on(app, arrival, ticket, visit).await;
    if let Err(error) = &outcome {
        let details = format!("{}, {}", error.error, origin(app, visit));
        audit::record(app, user, Action::SignInRefused, format!("by {provider}"), details).await;
    }
    outcome.map_err(turned)
}

async fn go_on(app: &App, arrival: Arrival, ticket: Ticket, visit: &Visit) -> Result<Arrived> {
    let code = check(app, &arrival, &ticket).await?;
    let finished = app
        .identity_providers()
        .finish(&ticket.provider, &code, &ticket.secrets, &ticket.redirect, app.now())
        .await;
    let identity =
        finished.ok_or_else(unknown_provider)?.map_err(|error| failed(&ticket.provider, &error))?;
    if ticket.link {
        link(app, &identity, &ticket).await?;
        return Ok(Arrived { tokens: None, next: ticket.next });
    }
    let tokens = enter(app, identity, &ticket, visit).await?;
    Ok(Arrived { tokens: Some(tokens), next: ticket.next })
}

/// The code, if everything around it is right.
async fn check(app: &App, arrival: &Arrival, ticket: &Ticket) -> Result<String> {
    let state = arrival.state.as_deref().unwrap_or_default();
    // By their hashes, so that the time it takes says nothing of where they differ.
    if ticket.provider != arrival.provider || token_hash(state) != token_hash(&ticket.secrets.state) {
        return Err(not_from_here());
    }
    if ticket.expires_at <= app.now() {
        let message = "You were at the provider for too long. Please start again.";
        return Err(AppError::new(ErrorCode::Unauthenticated, "oauth_too_late", message));
    }
    if !app.store().use_oauth_state(&token_hash(state), ticket.expires_at).await? {
        let message = "This way back from the provider was taken already. Please start again.";
        return Err(AppError::new(ErrorCode::Unauthenticated, "oauth_used", message));
    }
    match arrival.error.as_deref() {
        None => {}
        Some("access_denied") => {
            let message =
                "You did not agree at the provider, so you were not signed in. Nothing was changed.";
            return Err(AppError::new(ErrorCode::Forbidden, "oauth_denied", message));
        }
        Some("server_error" | "temporarily_unavailable") => {
            return Err(failed(&ticket.provider, &IdentityError::Unreachable("it said so".to_owned())));
        }
        Some(_) => return Err(untrusted(ticket, "it came back with an error")),
    }
    let known = app.identity_providers().get(&ticket.provider).ok_or_else(unknown_provider)?;
    if arrival.issuer.as_deref().is_some_and(|issuer| issuer != known.issuer) {
        return Err(untrusted(ticket, "another issuer answered"));
    }
    arrival.code.clone().ok_or_else(|| untrusted(ticket, "there is no code"))
}

async fn link(app: &App, identity: &Identity, ticket: &Ticket) -> Result<()> {
    let user = super::super::me(app, ticket.user.ok_or_else(not_from_here)?).await?;
    match app.store().identity_owner(&identity.issuer, &identity.subject).await? {
        Some(owner) if owner == user.id => return Ok(()),
        Some(_) => {
            let message = "This account at the provider belongs to another account here. Sign in with it, or link another one.";
            return Err(AppError::new(ErrorCode::Conflict, "oauth_taken", message));
        }
        None => {}
    }
    if app.store().identities(user.id).await?.iter().any(|one| one.issuer == identity.issuer) {
        let message = "Your account is linked to another account at this provider. Unlink that first.";
        return Err(AppError::new(ErrorCode::Conflict, "oauth_linked_already", message));
    }
    app.store().link_identity(user.id, &linked(app, identity)).await?;
    audit::record(app, Some(user.id), Action::IdentityLinked, user.id, format!("by {}", ticket.provider))
        .await;
    Ok(())
}

pub(super) fn linked(app: &App, identity: &Identity) -> LinkedIdentity {
    LinkedIdentity {
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
        email: identity.email.clone(),
        linked_at: app.now(),
        last_used_at: app.now(),
    }
}

/// Another browser, another sign-in, or something made up.
fn not_from_here() -> AppError {
    let message = "This way back from the provider does not belong to a sign-in that began in this browser. Please start again.";
    AppError::new(ErrorCode::Unauthenticated, "oauth_not_from_here", message)
}

fn untrusted(ticket: &Ticket, reason: &str) -> AppError {
    failed(&ticket.provider, &IdentityError::Untrusted(reason.to_owned()))
}
