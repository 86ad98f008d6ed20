//! Leave: everything of a person is deleted.

use crate::retention::rules;
use crate::{App, Result, audit, objects};
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use std::sync::{Arc, Mutex, PoisonError};

/// Guests looked up at a time.
const BATCH: u64 = 100;
/// Clocks of nodes may differ by this much, and a transaction may take as long, ms.
const MARGIN_MS: i64 = 120_000;

/// Until when this node knows who was erased elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forgotten(Arc<Mutex<Option<Timestamp>>>);

/// Deletes the person and everything of theirs, in one transaction. Their key goes too, so that what they said cannot
/// be read wherever a copy of it lies.
pub async fn erase(app: &App, id: UserId) -> Result<()> {
    erase_all(app, id).await?;
    audit::record(app, Some(id), Action::Erased, id, "by the person").await;
    Ok(())
}

/// The same, by an administrator.
pub(crate) async fn erase_by(app: &App, id: UserId, who: UserId) -> Result<()> {
    erase_all(app, id).await?;
    audit::record(app, Some(who), Action::Erased, id, "by an administrator").await;
    Ok(())
}

async fn erase_all(app: &App, id: UserId) -> Result<()> {
    let standing = app.store().sign_ins(id, app.now(), u64::from(u32::MAX)).await?;
    let interviews = app.store().delete_user(id, app.now()).await?;
    standing.into_iter().for_each(|sign_in| app.callers().forget(sign_in.id));
    interviews.into_iter().for_each(|interview| app.states().forget(interview));
    app.parts().relay.changed();
    objects::clear_soon(app);
    Ok(())
}

/// Erases guests whose time is over. Returns how many.
pub async fn erase_expired_guests(app: &App) -> Result<usize> {
    let mut erased = 0;
    let outcome = erase_expired(app, &mut erased).await;
    if let Some(rule) = rules(app).into_iter().find(|rule| erased > 0 && rule.kind == "guests") {
        let details = format!("{erased} by the rule: {}", rule.words);
        audit::record(app, None, Action::RetentionDeleted, rule.kind, details).await;
        app.parts().relay.changed();
    }
    outcome.map(|()| erased)
}

/// `erased` counts also those before a failure.
async fn erase_expired(app: &App, erased: &mut usize) -> Result<()> {
    let now = app.now();
    loop {
        let expired = app.store().expired_guests(now, BATCH).await?;
        let is_last = (expired.len() as u64) < BATCH;
        for id in expired {
            let Some(interviews) = app.store().delete_expired_guest(id, now).await? else { continue };
            interviews.into_iter().for_each(|interview| app.states().forget(interview));
            *erased += 1;
        }
        if is_last {
            objects::clear_soon(app);
            return Ok(());
        }
    }
}

/// Forgets what was erased at another node since the last time: nothing of it stays in memory here.
pub async fn forget_erased(app: &App) -> Result<()> {
    let now = app.now();
    let known = *app.forgotten().0.lock().unwrap_or_else(PoisonError::into_inner);
    let since = known.unwrap_or(now).plus_ms(-MARGIN_MS);
    for id in app.store().erased_since(since).await? {
        app.states().forget(SessionId(id));
        app.store().forget_erased(id);
    }
    *app.forgotten().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    Ok(())
}
