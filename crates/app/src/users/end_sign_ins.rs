//! Sign somebody out everywhere.

use super::get;
use crate::accounts::end_others;
use crate::{App, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use greenroom_domain::sign_in::EndReason;

/// Ends all their sign-ins, one's own too. Returns how many.
pub async fn end_sign_ins(app: &App, who: UserId, id: UserId) -> Result<usize> {
    get(app, id).await?;
    let ended = end_others(app, id, None, EndReason::EndedByAdministrator).await?;
    audit::record(app, Some(who), Action::SignInEnded, id, "everywhere").await;
    Ok(ended)
}
