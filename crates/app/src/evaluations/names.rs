//! Names that a judge outside of this program must not see.

use crate::{App, Result};
use greenroom_domain::ids::SessionId;

/// Names of the candidate, as far as they are known: the account's and the resume's. Nothing is looked up when no
/// words leave this server.
pub(super) async fn names(app: &App, session: SessionId) -> Result<Vec<String>> {
    if app.engines().outside.is_empty() {
        return Ok(Vec::new());
    }
    let Some(record) = app.store().anybodys_session(session).await? else { return Ok(Vec::new()) };
    let user = app.store().user(record.user_id).await?.filter(|user| !user.is_guest());
    let config = app.store().config(record.user_id, record.config_id).await?;
    let resume = match config.and_then(|config| config.resume_id) {
        Some(id) => app.store().resume(record.user_id, id).await?,
        None => None,
    };
    let names = [user.map(|user| user.name), resume.and_then(|resume| resume.resume.name)];
    Ok(names.into_iter().flatten().filter(|name| !name.trim().is_empty()).collect())
}
