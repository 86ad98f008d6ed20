//! What a model outside of this program must not see.

use crate::{App, Result};
use greenroom_domain::ids::SessionId;

/// What is known of who the candidate is.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Names of the account and of the resume.
    pub names: Vec<String>,
    /// Schools of the resume.
    pub schools: Vec<String>,
}

/// What is known of the candidate of an interview. Nothing is looked up when no words leave this server.
pub(crate) async fn known(app: &App, session: SessionId) -> Result<Known> {
    if app.engines().outside.is_empty() {
        return Ok(Known::default());
    }
    let Some(record) = app.store().anybodys_session(session).await? else { return Ok(Known::default()) };
    let user = app.store().user(record.user_id).await?.filter(|user| !user.is_guest());
    let config = app.store().config(record.user_id, record.config_id).await?;
    let resume = match config.and_then(|config| config.resume_id) {
        Some(id) => app.store().resume(record.user_id, id).await?.map(|record| record.resume),
        None => None,
    };
    let (name, education) = resume.map(|resume| (resume.name, resume.education)).unwrap_or_default();
    let is_written = |words: &String| !words.trim().is_empty();
    Ok(Known {
        names: user.map(|user| user.name).into_iter().chain(name).filter(is_written).collect(),
        schools: education.into_iter().filter_map(|entry| entry.organization).filter(is_written).collect(),
    })
}
