//! Sign in as who a provider says one is; the first time, make an account.

use super::arrive::linked;
use super::ticket::Ticket;
use crate::accounts::attempts::origin;
use crate::accounts::register::{bad_email, bad_name};
use crate::accounts::{IssuedTokens, Visit};
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::{Consent, Role, User};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_identity::Identity;
use greenroom_store::{Constraint, StoreError};

pub(super) async fn enter(
    app: &App,
    identity: Identity,
    ticket: &Ticket,
    visit: &Visit,
) -> Result<IssuedTokens> {
    if let Some(user) = known(app, &identity).await? {
        return let_in(app, user, Action::SignedIn, ticket, visit).await;
    }
    let user = match newcomer(app, &identity, ticket).await? {
        Made::Stored(user) => return let_in(app, user, Action::Registered, ticket, visit).await,
        // Somebody pressed twice: the other one was faster.
        Made::Meanwhile => {
            known(app, &identity).await?.ok_or_else(|| AppError::internal("an identity vanished"))?
        }
    };
    let_in(app, user, Action::SignedIn, ticket, visit).await
}

async fn let_in(
    app: &App,
    user: User,
    action: Action,
    ticket: &Ticket,
    visit: &Visit,
) -> Result<IssuedTokens> {
    let how = format!("by {}, {}", ticket.provider, origin(app, visit));
    audit::record(app, Some(user.id), action, user.id, how).await;
    app.issue_tokens(user, visit).await
}

enum Made {
    Stored(User),
    Meanwhile,
}

async fn known(app: &App, identity: &Identity) -> Result<Option<User>> {
    let Some(owner) = app.store().identity_owner(&identity.issuer, &identity.subject).await? else {
        return Ok(None);
    };
    app.store().identity_used(&identity.issuer, &identity.subject, app.now()).await?;
    Ok(app.store().user(owner).await?)
}

/// Makes an account: out of the guest who left, so that their data stays, or a new one.
async fn newcomer(app: &App, identity: &Identity, ticket: &Ticket) -> Result<Made> {
    let email = own_address(identity)?;
    if app.store().user_by_email(&email).await?.is_some() {
        return Err(address_taken());
    }
    let guest = match ticket.user {
        Some(id) => app.store().user(id).await?.filter(User::is_guest),
        None => None,
    };
    let linked = linked(app, identity);
    let user = user(app, identity, ticket, email, guest.clone());
    let stored = match guest {
        Some(_) => app.store().claim_guest_with_identity(&user, &linked).await,
        None => app.store().create_user_with_identity(&user, &linked).await.map(|()| true),
    };
    match stored {
        Ok(true) => Ok(Made::Stored(user)),
        Ok(false) | Err(StoreError::Conflict(Constraint::Other)) => Ok(Made::Meanwhile),
        Err(StoreError::Conflict(Constraint::Email)) => Err(address_taken()),
        Err(error) => Err(error.into()),
    }
}

fn user(app: &App, identity: &Identity, ticket: &Ticket, email: String, guest: Option<User>) -> User {
    let now = app.now();
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let given = identity.name.as_deref().map(str::trim).filter(|name| bad_name(name).is_none());
    let agreed = ticket.texts.as_ref().into_iter().flat_map(|version| {
        ["terms", "privacy"].map(|purpose| Consent {
            purpose: purpose.to_owned(),
            version: version.clone(),
            given_at: now,
            withdrawn_at: None,
        })
    });
    let name = given.map_or(local, str::to_owned);
    let consents = agreed.collect();
    match guest {
        Some(guest) => {
            User { email: Some(email), name, consents, expires_at: None, updated_at: now, ..guest }
        }
        None => User {
            id: UserId::fresh(app.ids()),
            email: Some(email),
            name,
            role: Role::JobSeeker,
            expires_at: None,
            consents,
            created_at: now,
            updated_at: now,
        },
    }
}

/// The address of somebody new. One that the provider has not seen to be theirs may be anybody's.
fn own_address(identity: &Identity) -> Result<String> {
    let email = identity.email.as_deref().map(|email| email.trim().to_lowercase()).unwrap_or_default();
    if bad_email(&email).is_some() {
        let message = "The provider did not say your e-mail address, which an account needs. Allow it there, or make an account with a password.";
        return Err(AppError::new(ErrorCode::Invalid, "oauth_no_email", message));
    }
    if !identity.email_verified {
        let message = "The provider has not confirmed that your e-mail address is yours. Confirm it there, or make an account with a password.";
        return Err(AppError::new(ErrorCode::Invalid, "oauth_email_unverified", message));
    }
    Ok(email)
}

fn address_taken() -> AppError {
    let message = "There is an account with your address already. Sign in to it as you did before, then link this provider on the account page.";
    AppError::new(ErrorCode::Conflict, "oauth_email_taken", message)
}
