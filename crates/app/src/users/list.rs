//! Who there is.

use super::not_found;
use crate::{App, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use greenroom_store::{ManagedUser, Page, Paged, UserFilter};

/// People, the newest first, as `who` looks at them.
pub async fn list(app: &App, who: UserId, filter: &UserFilter, page: &Page) -> Result<Paged<ManagedUser>> {
    let found = app.store().managed_users(filter, page, app.now()).await?;
    let shown = format!("{} shown", found.items.len());
    audit::record(app, Some(who), Action::PeopleListed, "people", shown).await;
    Ok(found)
}

/// Somebody, as `who` looks at them.
pub async fn view(app: &App, who: UserId, id: UserId) -> Result<ManagedUser> {
    let found = get(app, id).await?;
    audit::record(app, Some(who), Action::AccountViewed, id, "").await;
    Ok(found)
}

/// Somebody.
pub(super) async fn get(app: &App, id: UserId) -> Result<ManagedUser> {
    app.store().managed_user(id, app.now()).await?.ok_or_else(not_found)
}
