//! Where a person is signed in: listed and ended.

use super::caller::Caller;
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::{EndReason, Ended, SignIn};

/// Sign-ins that are listed, the last used first.
const LISTED: u64 = 100;
/// Sign-ins that fell and that the person is told of at a time.
const TOLD: u64 = 10;

/// Where the person is signed in, the last used first, at most 100.
pub async fn sign_ins(app: &App, user: UserId) -> Result<Vec<SignIn>> {
    Ok(app.store().sign_ins(user, app.now(), LISTED).await?)
}

/// Sign-ins that fell because somebody had a copy of them. The person is told until they say that they know.
pub async fn alerts(app: &App, user: UserId) -> Result<Vec<SignIn>> {
    Ok(app.store().ended_sign_ins(user, EndReason::Reused, TOLD).await?)
}

/// Ends one of the person's own sign-ins at once. One that fell is forgotten: the person knows of it.
pub async fn end_sign_in(app: &App, caller: &Caller, id: SignInId) -> Result<()> {
    let missing = || AppError::not_found("sign_in_not_found", "sign-in");
    let (sign_in, _) = app.store().sign_in(id).await?.ok_or_else(missing)?;
    let is_own = id == caller.sign_in;
    let done = if is_own || sign_in.ended.is_some() {
        app.store().forget_sign_in(caller.user, id).await?
    } else {
        let ended = Ended { at: app.now(), why: EndReason::EndedElsewhere };
        app.store().end_sign_in(caller.user, id, ended).await?
    };
    app.callers().forget(id);
    if !done {
        return Err(missing());
    }
    audit::record(app, Some(caller.user), Action::SignInEnded, id, "by the person").await;
    Ok(())
}

/// Ends all sign-ins of the person but the one that asks. Returns how many.
pub async fn end_other_sign_ins(app: &App, caller: &Caller) -> Result<usize> {
    let ended = end_others(app, caller.user, Some(caller.sign_in), EndReason::EndedElsewhere).await?;
    let details = format!("all but the one that asks: {ended}");
    audit::record(app, Some(caller.user), Action::SignInEnded, caller.user, details).await;
    Ok(ended)
}

/// Ends all sign-ins of a person but `kept`, at once at this node. Returns how many.
pub(crate) async fn end_others(
    app: &App,
    user: UserId,
    kept: Option<SignInId>,
    why: EndReason,
) -> Result<usize> {
    let ended = app.store().end_other_sign_ins(user, kept, Ended { at: app.now(), why }).await?;
    ended.iter().for_each(|id| app.callers().forget(*id));
    Ok(ended.len())
}

/// Forgets sign-ins whose time is over. Returns how many.
pub async fn forget_expired_sign_ins(app: &App) -> Result<u64> {
    Ok(app.store().prune_sign_ins(app.now().plus_ms(-app.skew_ms())).await?)
}
