//! What the audit log says of a person: what they did, and what others did to their account or saw of it.

use crate::{App, Result};
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{AuditId, UserId};
use greenroom_store::{AuditFilter, Page, Paged};
use serde::Serialize;

/// An entry of the audit log, for the person that it is about.
#[derive(Debug, Serialize)]
pub struct Activity {
    /// Its name.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// `you`, or the id of another account; `None` for the command line, the program itself and who is not known.
    pub by: Option<String>,
    /// Stable name of an action.
    pub action: String,
    /// To whom or what.
    pub subject: String,
    /// More about it.
    pub details: String,
}

/// What the log says of the person `id`, the newest first.
pub(super) async fn activity(app: &App, id: UserId, page: &Page) -> Result<Paged<Activity>> {
    let about = AuditFilter { about: Some(id), ..AuditFilter::default() };
    let paged = app.store().audit(&about, page).await?;
    Ok(Paged { items: paged.items.into_iter().map(|entry| told(entry, id)).collect(), next: paged.next })
}

fn told(entry: AuditEntry, to: UserId) -> Activity {
    let AuditEntry { id, at, actor, action, subject, details } = entry;
    let by = actor.map(|actor| if actor == to { "you".to_owned() } else { actor.to_string() });
    Activity { id, at, by, action, subject, details }
}
