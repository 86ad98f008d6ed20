//! Read interviews.

use crate::{App, AppError, Result};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{InterviewConfig, Logged, SessionRecord, State};
use greenroom_store::{Page, Paged, SessionFilter};
use std::sync::Arc;

/// The interview of this person.
pub async fn get(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    owned(app, user, id).await
}

/// This person's interviews, newest first.
pub async fn list(
    app: &App,
    user: UserId,
    filter: &SessionFilter,
    page: &Page,
) -> Result<Paged<SessionRecord>> {
    Ok(app.store().sessions(user, filter, page).await?)
}

/// Events after position `after`, at most `limit`.
pub async fn events(app: &App, user: UserId, id: SessionId, after: u64, limit: u64) -> Result<Vec<Logged>> {
    owned(app, user, id).await?;
    Ok(app.store().log(id, after, limit).await?)
}

/// The same for one who follows a log and was let in. Only when there is nothing is it asked again whether the
/// interview is still there: its log goes with it.
pub async fn follow(app: &App, user: UserId, id: SessionId, after: u64, limit: u64) -> Result<Vec<Logged>> {
    let events = app.store().log(id, after, limit).await?;
    if events.is_empty() {
        owned(app, user, id).await?;
    }
    Ok(events)
}

/// The newest state of this person's interview.
pub async fn state(app: &App, user: UserId, id: SessionId) -> Result<Arc<State>> {
    owned(app, user, id).await?;
    app.states().read(app, id).await?.ok_or_else(not_found)
}

/// The set-up that an interview was started from, if it is still there.
pub async fn config_of(app: &App, record: &SessionRecord) -> Result<Option<InterviewConfig>> {
    Ok(app.store().config(record.user_id, record.config_id).await?)
}

/// Somebody else's interview is not found.
pub(super) async fn owned(app: &App, user: UserId, id: SessionId) -> Result<SessionRecord> {
    app.store().session(user, id).await?.ok_or_else(not_found)
}

fn not_found() -> AppError {
    AppError::not_found("session_not_found", "interview")
}
