//! By which ways somebody can sign in, and taking one away.

use super::unknown_provider;
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::LinkedIdentity;
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_store::Unlinked;

/// By which ways somebody can sign in.
#[derive(Clone, Debug)]
pub struct WaysIn {
    /// Whether there is a password.
    pub has_password: bool,
    /// Accounts at providers.
    pub linked: Vec<LinkedAccount>,
}

/// An account at a provider.
#[derive(Clone, Debug)]
pub struct LinkedAccount {
    /// The provider's name in addresses; `None` when it is not configured any more.
    pub provider: Option<String>,
    /// The provider's name for people.
    pub label: String,
    /// What is known of it.
    pub identity: LinkedIdentity,
}

/// The ways into the account `id`.
pub async fn ways_in(app: &App, id: UserId) -> Result<WaysIn> {
    let user = crate::accounts::me(app, id).await?;
    let providers = app.identity_providers();
    let linked = app.store().identities(user.id).await?.into_iter().map(|identity| {
        let known = providers.known().find(|known| known.issuer == identity.issuer);
        LinkedAccount {
            provider: known.map(|known| known.name.to_owned()),
            label: known.map_or_else(|| identity.issuer.clone(), |known| known.label.to_owned()),
            identity,
        }
    });
    let linked = linked.collect();
    Ok(WaysIn { has_password: app.store().has_password(user.id).await?, linked })
}

/// Takes the account at `provider` away, unless nothing else leads into the account.
pub async fn unlink(app: &App, id: UserId, provider: &str) -> Result<()> {
    let providers = app.identity_providers();
    let issuer = providers.get(provider).ok_or_else(unknown_provider)?.issuer;
    let usable: Vec<&str> = providers.known().map(|known| known.issuer).collect();
    match app.store().unlink_identity(id, issuer, &usable).await? {
        Unlinked::Done => {
            audit::record(app, Some(id), Action::IdentityUnlinked, id, format!("from {provider}")).await;
            Ok(())
        }
        Unlinked::NotThere => Err(AppError::not_found("oauth_not_linked", "link to this provider")),
        Unlinked::LastWayIn => Err(AppError::new(
            ErrorCode::Conflict,
            "oauth_last_way_in",
            "This is the only way into your account. Set a password or link another provider first; nothing was changed.",
        )),
    }
}
