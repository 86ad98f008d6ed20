//! Give somebody another role.

use super::{get, not_found};
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::Role;
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_store::ManagedUser;

/// From their next request on. The last administrator stays one; a guest has no role to change.
pub async fn set_role(app: &App, who: UserId, id: UserId, role: Role) -> Result<ManagedUser> {
    let user = get(app, id).await?.user;
    if user.is_guest() {
        let message = "A guest has no account, so no role either. They can register to keep what is theirs.";
        return Err(AppError::new(ErrorCode::Conflict, "guest_has_no_role", message));
    }
    app.store().set_role(id, role, app.now()).await?.ok_or_else(not_found)?;
    let changed = format!("{} to {}", user.role.name(), role.name());
    audit::record(app, Some(who), Action::RoleChanged, id, changed).await;
    get(app, id).await
}
