//! Forget an interview with everything in it.

use crate::{App, AppError, Result, objects};
use greenroom_domain::ids::{SessionId, UserId};

/// Deletes the interview: log, judgements, feedback, pending work, files.
pub async fn delete(app: &App, user: UserId, id: SessionId) -> Result<()> {
    let deleted = app.store().delete_session(user, id, app.now()).await?;
    app.states().forget(id);
    objects::clear_soon(app);
    if !deleted {
        return Err(AppError::not_found("session_not_found", "interview"));
    }
    // Other nodes forget it too.
    app.parts().relay.changed();
    Ok(())
}
