//! What a model outside of this program must not see.

use crate::{App, Result};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::resume::Resume;

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
    let config = app.store().config(record.user_id, record.config_id).await?;
    let resume = match config.and_then(|config| config.resume_id) {
        Some(id) => app.store().resume(record.user_id, id).await?.map(|record| record.resume),
        None => None,
    };
    known_of(app, record.user_id, resume.as_ref()).await
}

/// What is known of a person with these papers. Nothing is looked up when no words leave this server.
pub(crate) async fn known_of(app: &App, user: UserId, resume: Option<&Resume>) -> Result<Known> {
    if app.engines().outside.is_empty() {
        return Ok(Known::default());
    }
    let user = app.store().user(user).await?.filter(|user| !user.is_guest());
    let name = resume.and_then(|resume| resume.name.clone());
    let schools = resume.into_iter().flat_map(|resume| &resume.education);
    let is_written = |words: &String| !words.trim().is_empty();
    Ok(Known {
        names: user.map(|user| user.name).into_iter().chain(name).filter(is_written).collect(),
        schools: schools.filter_map(|entry| entry.organization.clone()).filter(is_written).collect(),
    })
}
