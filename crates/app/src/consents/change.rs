//! Agree, withdraw, and whether somebody has agreed.

use super::texts::text;
use crate::accounts::me;
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::{Consent, Purpose};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;

/// Everything this person ever agreed to, the newest last.
pub async fn given(app: &App, id: UserId) -> Result<Vec<Consent>> {
    Ok(me(app, id).await?.consents)
}

/// Whether this person agrees to the text of today.
pub async fn has_agreed(app: &App, id: UserId, purpose: Purpose) -> Result<bool> {
    let version = &text(purpose).version;
    let user = app.store().user(id).await?;
    Ok(user.is_some_and(|user| user.consents.iter().any(|consent| consent.is_to(purpose, version))))
}

/// Agrees to the text of this version. One of another version than today's is refused: it is not what was shown.
pub async fn give(app: &App, id: UserId, purpose: Purpose, version: &str) -> Result<Vec<Consent>> {
    if version != text(purpose).version {
        let message = "This text was changed since it was shown. Read it again, then choose.";
        return Err(AppError::new(ErrorCode::Conflict, "consent_text_changed", message));
    }
    let consents = change(app, id, |consents| {
        if consents.iter().any(|consent| consent.is_to(purpose, version)) {
            return;
        }
        let now = app.now();
        withdraw_all(consents, purpose, now);
        let (purpose, version) = (purpose.name().to_owned(), version.to_owned());
        consents.push(Consent { purpose, version, given_at: now, withdrawn_at: None });
    })
    .await?;
    audit::record(app, Some(id), Action::ConsentGiven, purpose.name(), version).await;
    Ok(consents)
}

/// Withdraws. From the next step on nothing is collected for this purpose.
pub async fn withdraw(app: &App, id: UserId, purpose: Purpose) -> Result<Vec<Consent>> {
    let consents = change(app, id, |consents| withdraw_all(consents, purpose, app.now())).await?;
    audit::record(app, Some(id), Action::ConsentWithdrawn, purpose.name(), "").await;
    Ok(consents)
}

fn withdraw_all(consents: &mut [Consent], purpose: Purpose, now: greenroom_domain::clock::Timestamp) {
    let standing = consents.iter_mut().filter(|consent| consent.purpose == purpose.name());
    standing
        .filter(|consent| consent.withdrawn_at.is_none())
        .for_each(|consent| consent.withdrawn_at = Some(now));
}

async fn change(app: &App, id: UserId, change: impl Fn(&mut Vec<Consent>) + Send) -> Result<Vec<Consent>> {
    let changed = app.store().change_consents(id, app.now(), change).await?;
    changed.ok_or_else(crate::accounts::unauthenticated)
}
