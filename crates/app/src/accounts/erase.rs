//! Leave: everything of a person is deleted.

use crate::{App, Result};
use greenroom_domain::ids::UserId;

/// Guests looked up at a time.
const BATCH: u64 = 100;

/// Deletes the person and everything of theirs, in one transaction.
pub async fn erase(app: &App, id: UserId) -> Result<()> {
    Ok(app.store().delete_user(id).await?)
}

/// Erases guests whose time is over. Returns how many.
pub async fn erase_expired_guests(app: &App) -> Result<usize> {
    let now = app.now();
    let mut erased = 0;
    loop {
        let expired = app.store().expired_guests(now, BATCH).await?;
        let is_last = (expired.len() as u64) < BATCH;
        for id in expired {
            erased += usize::from(app.store().delete_expired_guest(id, now).await?);
        }
        if is_last {
            return Ok(erased);
        }
    }
}
