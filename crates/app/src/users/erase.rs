//! Erase somebody.

use super::{get, not_oneself};
use crate::{App, Result, accounts};
use greenroom_domain::ids::UserId;

/// Erases the person with everything of theirs; nobody can undo it. Oneself one erases on one's own account page, where
/// it is asked once more.
pub async fn erase(app: &App, who: UserId, id: UserId) -> Result<()> {
    if who == id {
        return Err(not_oneself("To erase your own account, use your account page. Nothing was changed."));
    }
    get(app, id).await?;
    accounts::erase_by(app, id, who).await
}
