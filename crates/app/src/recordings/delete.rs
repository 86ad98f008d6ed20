//! Delete a recording, and leave the interview.

use crate::{App, AppError, Result, audit, interviews, objects};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::object::ObjectKind;

/// Deletes the sound of this person's interview. Its words, and the numbers of how it was spoken, stay.
pub async fn delete(app: &App, user: UserId, session: SessionId) -> Result<()> {
    interviews::get(app, user, session).await?;
    let kind = ObjectKind::Recording;
    if app.store().delete_objects_of(user, kind, session.0, app.now()).await? == 0 {
        return Err(AppError::not_found("recording_not_found", "recording"));
    }
    objects::clear_soon(app);
    audit::record(app, Some(user), Action::RecordingDeleted, session, "").await;
    Ok(())
}
