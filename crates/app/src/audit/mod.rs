//! Who did what: what those do who look after the program, who came in and who was refused, what people do with all of
//! their data, and what the program deletes by itself.

use crate::{App, Result};
use greenroom_domain::audit::{Action, AuditEntry};
use greenroom_domain::ids::{AuditId, UserId};
use greenroom_store::{AuditCheck, AuditFilter, AuditMark, Page, Paged};
use std::fmt::Display;

/// Writes down what was done. `actor` is `None` for the command line, the program itself and who is not known.
/// `details` are ids, names of things and counts, never words of people. What was done is done: when this cannot be
/// written, the log of the program says so.
pub async fn record(
    app: &App,
    actor: Option<UserId>,
    action: Action,
    subject: impl Display + Send,
    details: impl Into<String> + Send,
) {
    let written = entry(app, actor, action, subject.to_string(), details.into());
    if let Err(error) = app.store().write_audit(&written).await {
        let (action, subject) = (written.action, written.subject);
        tracing::error!(%error, audit.action = action, audit.subject = subject, "this could not be written down");
    }
}

/// An entry of this moment.
pub(crate) fn entry(
    app: &App,
    actor: Option<UserId>,
    action: Action,
    subject: String,
    details: String,
) -> AuditEntry {
    AuditEntry {
        id: AuditId::fresh(app.ids()),
        at: app.now(),
        actor,
        action: action.key().to_owned(),
        subject,
        details,
    }
}

/// What was done, the newest first.
pub async fn list(app: &App, filter: &AuditFilter, page: &Page) -> Result<Paged<AuditEntry>> {
    Ok(app.store().audit(filter, page).await?)
}

/// Whether what is written is what was written; `noted` is where the log ended at some time before.
pub async fn check(app: &App, noted: Option<&AuditMark>) -> Result<AuditCheck> {
    Ok(app.store().check_audit(noted).await?)
}
