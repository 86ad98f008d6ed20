//! Keep somebody out.

use super::{get, not_found, not_oneself};
use crate::accounts::end_others;
use crate::{App, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use greenroom_domain::sign_in::EndReason;
use greenroom_store::ManagedUser;

/// All their sign-ins end, and nobody signs in to the account until it is unlocked. What is in it is kept. The last
/// administrator, and oneself, cannot be locked.
pub async fn lock(app: &App, who: UserId, id: UserId) -> Result<ManagedUser> {
    if who == id {
        return Err(not_oneself(
            "You cannot lock your own account. Nothing was changed; another administrator can.",
        ));
    }
    if !app.store().lock_user(id, app.now()).await? {
        return Err(not_found());
    }
    end_others(app, id, None, EndReason::Locked).await?;
    audit::record(app, Some(who), Action::Locked, id, "").await;
    get(app, id).await
}
