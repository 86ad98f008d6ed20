//! Take your data with you.

use crate::{App, Result};
use greenroom_domain::account::{Profile, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::feedback::Feedback;
use greenroom_domain::ids::UserId;
use greenroom_domain::interview::{InterviewConfig, Logged, SessionRecord};
use greenroom_domain::resume::ResumeRecord;
use greenroom_store::{Page, Paged};
use serde::Serialize;

/// Everything that is stored of one person.
#[derive(Debug, Serialize)]
pub struct Export {
    /// Name and version of this format.
    pub format: &'static str,
    /// When it was made.
    pub exported_at: Timestamp,
    /// The account.
    pub user: User,
    /// The profile.
    pub profile: Profile,
    /// Resumes.
    pub resumes: Vec<ResumeRecord>,
    /// Interview set-ups.
    pub configs: Vec<InterviewConfig>,
    /// Interviews with their whole logs.
    pub sessions: Vec<ExportedSession>,
}

/// An interview with its log.
#[derive(Debug, Serialize)]
pub struct ExportedSession {
    /// The interview.
    pub session: SessionRecord,
    /// Its log: questions, answers, judgements.
    pub events: Vec<Logged>,
    /// Feedback that was asked for.
    pub feedback: Vec<Feedback>,
}

/// Everything that is stored of the person `id`.
pub async fn export(app: &App, id: UserId) -> Result<Export> {
    let user = super::me(app, id).await?;
    let store = app.store();
    let mut sessions = Vec::new();
    for session in all(async |page| store.sessions(id, &Default::default(), &page).await).await? {
        let events = store.log(session.id, 0, u64::MAX >> 1).await?;
        let feedback = store.session_feedback(id, session.id).await?;
        sessions.push(ExportedSession { session, events, feedback });
    }
    Ok(Export {
        format: "greenroom.export/1",
        exported_at: app.now(),
        user,
        profile: store.profile(id).await?,
        resumes: all(async |page| store.resumes(id, &page).await).await?,
        configs: all(async |page| store.configs(id, &page).await).await?,
        sessions,
    })
}

async fn all<T>(
    read: impl AsyncFn(Page) -> std::result::Result<Paged<T>, greenroom_store::StoreError>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    let mut after = None;
    loop {
        let page = read(Page { limit: 100, after }).await?;
        items.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(items);
        }
    }
}
