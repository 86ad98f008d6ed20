//! Let somebody in again.

use super::get;
use crate::{App, Result, accounts};
use greenroom_domain::ids::UserId;
use greenroom_store::ManagedUser;

/// Lifts the lock, and the wait after wrong passwords.
pub async fn unlock(app: &App, who: UserId, id: UserId) -> Result<ManagedUser> {
    let managed = get(app, id).await?;
    match &managed.user.email {
        Some(email) => accounts::unlock_by(app, email, Some(who)).await?,
        None => app.store().unlock_user(id).await?,
    };
    get(app, id).await
}
