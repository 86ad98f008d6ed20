//! Leave: everything of a person is deleted.

use crate::{App, Result};
use greenroom_domain::ids::UserId;

/// Guests erased in one go.
const BATCH: u64 = 100;

/// Deletes the person and everything of theirs, in one transaction.
pub async fn erase(app: &App, id: UserId) -> Result<()> {
    Ok(app.store().delete_user(id).await?)
}

/// Erases guests whose time is over. Returns how many.
pub async fn erase_expired_guests(app: &App) -> Result<usize> {
    let expired = app.store().expired_guests(app.now(), BATCH).await?;
    for id in &expired {
        erase(app, *id).await?;
    }
    Ok(expired.len())
}
