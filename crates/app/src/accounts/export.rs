//! Take your data with you.

use super::activity::{Activity, activity};
use crate::{App, Result, audit};
use greenroom_domain::account::{LinkedIdentity, Profile, User};
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::feedback::Feedback;
use greenroom_domain::ids::UserId;
use greenroom_domain::interview::{InterviewConfig, Logged, SessionRecord};
use greenroom_domain::resume::ResumeRecord;
use greenroom_domain::sign_in::SignIn;
use greenroom_store::{Page, Paged, SessionFilter};
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
    /// Accounts at providers that lead into it.
    pub identities: Vec<LinkedIdentity>,
    /// The profile.
    pub profile: Profile,
    /// Where the person is signed in.
    pub sign_ins: Vec<SignIn>,
    /// Resumes.
    pub resumes: Vec<ResumeRecord>,
    /// Interview set-ups.
    pub configs: Vec<InterviewConfig>,
    /// Interviews with their whole logs.
    pub sessions: Vec<ExportedSession>,
    /// Judgements of answers outside of interviews.
    pub evaluations: Vec<Evaluation>,
    /// What the audit log says of the person, the newest first.
    pub activity: Vec<Activity>,
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
    audit::record(app, Some(id), Action::Exported, id, "JSON").await;
    let store = app.store();
    let (mut resumes, mut configs, mut records, mut evaluations) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut page = Some(FIRST);
    while let Some(at) = page {
        page = next(&mut resumes, store.resumes(id, &at).await?);
    }
    page = Some(FIRST);
    while let Some(at) = page {
        page = next(&mut configs, store.configs(id, &at).await?);
    }
    page = Some(FIRST);
    while let Some(at) = page {
        page = next(&mut records, store.sessions(id, &SessionFilter::default(), &at).await?);
    }
    page = Some(FIRST);
    while let Some(at) = page {
        page = next(&mut evaluations, store.own_evaluations(id, &at).await?);
    }
    let mut said = Vec::new();
    page = Some(FIRST);
    while let Some(at) = page {
        page = next(&mut said, activity(app, id, &at).await?);
    }
    let mut sessions = Vec::with_capacity(records.len());
    for session in records {
        let events = store.log(session.id, 0, u64::MAX).await?;
        let feedback = store.session_feedback(id, session.id).await?;
        sessions.push(ExportedSession { session, events, feedback });
    }
    Ok(Export {
        format: "greenroom.export/1",
        exported_at: app.now(),
        user,
        identities: store.identities(id).await?,
        profile: store.profile(id).await?,
        sign_ins: super::sign_ins(app, id).await?,
        resumes,
        configs,
        sessions,
        evaluations,
        activity: said,
    })
}

const FIRST: Page = Page { limit: 100, after: None };

/// Takes a page and names the one after it.
fn next<T>(all: &mut Vec<T>, page: Paged<T>) -> Option<Page> {
    all.extend(page.items);
    page.next.map(|after| Page { after: Some(after), ..FIRST })
}
