//! Who there is.

use super::not_found;
use crate::{App, Result};
use greenroom_domain::ids::UserId;
use greenroom_store::{ManagedUser, Page, Paged, UserFilter};

/// People, the newest first.
pub async fn list(app: &App, filter: &UserFilter, page: &Page) -> Result<Paged<ManagedUser>> {
    Ok(app.store().managed_users(filter, page, app.now()).await?)
}

/// Somebody.
pub async fn get(app: &App, id: UserId) -> Result<ManagedUser> {
    app.store().managed_user(id, app.now()).await?.ok_or_else(not_found)
}
