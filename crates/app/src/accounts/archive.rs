//! Take your data with you as files: what [`super::export`] holds, and what people can read.

use super::activity::{Activity, activity};
use crate::{App, Result, audit, interviews, recordings, resumes};
use futures::stream::{self, Stream, StreamExt, TryStreamExt};
use greenroom_documents::render::markdown;
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::SessionRecord;
use greenroom_domain::object::StoredObject;
use greenroom_domain::resume::ResumeRecord;
use greenroom_store::{Page, Paged, SessionFilter};
use serde::Serialize;
use serde_json::json;

/// Things that are read from the database at a time.
const AT_ONCE: u64 = 10;
/// What the archive says of itself.
const README: &str = include_str!("../../data/archive.md");

/// One file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFile {
    /// Path in the archive: small letters, digits, hyphens, dots and slashes.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What is read next.
enum Stage {
    Account,
    Resumes(Page),
    SetUps(Page),
    Interviews(Page),
    Judgements(Page),
    Activity(Page),
}

/// Everything that is stored of the person `id`, file by file: little is in memory at a time. A person who is not there
/// is refused at once.
pub async fn archive(
    app: &App,
    id: UserId,
) -> Result<impl Stream<Item = Result<ArchiveFile>> + Send + use<>> {
    super::me(app, id).await?;
    audit::record(app, Some(id), Action::Exported, id, "ZIP").await;
    let app = app.clone();
    let some = stream::try_unfold(Some(Stage::Account), move |stage| {
        let app = app.clone();
        async move {
            let Some(stage) = stage else { return Ok(None) };
            stage.files(&app, id).await.map(Some)
        }
    });
    Ok(some.map_ok(|files| stream::iter(files).map(Ok)).try_flatten())
}

impl Stage {
    /// The files of a stage, or of a page of it, and what comes then.
    async fn files(self, app: &App, id: UserId) -> Result<(Vec<ArchiveFile>, Option<Self>)> {
        let store = app.store();
        Ok(match self {
            Self::Account => (account(app, id).await?, Some(Self::Resumes(first()))),
            Self::Resumes(page) => {
                let (found, next) = split(store.resumes(id, &page).await?);
                let mut files = Vec::new();
                for one in found {
                    files.push(file(format!("resumes/{}.json", one.id), &one)?);
                    files.extend(original(app, &one).await?);
                }
                (files, Some(next.map_or(Self::SetUps(first()), Self::Resumes)))
            }
            Self::SetUps(page) => {
                let (found, next) = split(store.configs(id, &page).await?);
                let files = found.iter().map(|one| file(format!("set-ups/{}.json", one.id), one));
                (files.collect::<Result<_>>()?, Some(next.map_or(Self::Interviews(first()), Self::SetUps)))
            }
            Self::Interviews(page) => {
                let (found, next) = split(store.sessions(id, &SessionFilter::default(), &page).await?);
                let mut files = Vec::new();
                for one in found {
                    files.extend(interview(app, id, one).await?);
                }
                (files, Some(next.map_or(Self::Judgements(first()), Self::Interviews)))
            }
            Self::Judgements(page) => {
                let (found, next) = split(store.own_evaluations(id, &page).await?);
                let files = found.iter().map(|one| file(format!("judgements/{}.json", one.id), one));
                (files.collect::<Result<_>>()?, Some(next.map_or(Self::Activity(first()), Self::Judgements)))
            }
            Self::Activity(page) => {
                let (found, next) = split(activity(app, id, &page).await?);
                (activity_file(&found)?, next.map(Self::Activity))
            }
        })
    }
}

async fn account(app: &App, id: UserId) -> Result<Vec<ArchiveFile>> {
    let store = app.store();
    let account = json!({
        "format": "greenroom.archive/1",
        "exported_at": app.now(),
        "user": super::me(app, id).await?,
        "identities": store.identities(id).await?,
        "profile": store.profile(id).await?,
        "sign_ins": super::sign_ins(app, id).await?,
    });
    let readme = ArchiveFile { path: "README.md".to_owned(), bytes: README.as_bytes().to_vec() };
    Ok(vec![readme, file("account.json".to_owned(), &account)?])
}

/// An interview's log, its transcript and its report.
async fn interview(app: &App, user: UserId, session: SessionRecord) -> Result<Vec<ArchiveFile>> {
    let id = session.id;
    let folder = format!("interviews/{}-{id}", day(session.created_at));
    let transcript = interviews::transcript_document(&interviews::transcript(app, user, id).await?);
    let report = interviews::report_document(app, &interviews::report(app, user, id).await?);
    let sound = recording(app, &folder, user, id).await?;
    let events = app.store().log(id, 0, u64::MAX).await?;
    let feedback = app.store().session_feedback(user, id).await?;
    let whole = super::ExportedSession { session, events, feedback };
    let mut files = vec![
        file(format!("{folder}/interview.json"), &whole)?,
        ArchiveFile { path: format!("{folder}/transcript.md"), bytes: markdown(&transcript).into_bytes() },
        ArchiveFile { path: format!("{folder}/report.md"), bytes: markdown(&report).into_bytes() },
    ];
    files.extend(sound);
    Ok(files)
}

/// The sound of an interview: for each line what each side said, and both.
async fn recording(app: &App, folder: &str, user: UserId, id: SessionId) -> Result<Vec<ArchiveFile>> {
    let mut files = Vec::new();
    for (found, number) in recordings::parts(app, user, id).await?.into_iter().zip(1..) {
        let tracks =
            [("candidate", found.candidate), ("interviewer", found.interviewer), ("both", found.mix)];
        for (name, track) in tracks {
            let path = format!("{folder}/recording-{number}-{name}.ogg");
            files.extend(stored(app, path, track).await?);
        }
        if let Some(numbers) = found.numbers {
            let path = format!("{folder}/voice-{number}.numbers");
            files.extend(stored(app, path, Some(numbers)).await?);
        }
    }
    Ok(files)
}

/// The file that a resume was read from.
async fn original(app: &App, resume: &ResumeRecord) -> Result<Option<ArchiveFile>> {
    let original = resumes::originals(app, resume.user_id, &[resume.id]).await?.pop();
    let ending = match original.as_ref().map(|original| original.content_type.as_str()) {
        Some("application/pdf") => "pdf",
        Some(text) if text.starts_with("text/plain") => "txt",
        _ => "docx",
    };
    stored(app, format!("resumes/{}-original.{ending}", resume.id), original).await
}

/// A file of the storage. One that is missing there is left out: the rest is worth having.
async fn stored(app: &App, path: String, object: Option<StoredObject>) -> Result<Option<ArchiveFile>> {
    let Some(object) = object else { return Ok(None) };
    match recordings::bytes_of(app, &object).await {
        Err(error) if error.code == ErrorCode::NotFound => {
            tracing::error!(object.id = %object.id, "a file is not in the storage, and not in an export");
            Ok(None)
        }
        bytes => Ok(Some(ArchiveFile { path, bytes: bytes?.to_vec() })),
    }
}

/// A page of what the audit log says of them.
fn activity_file(found: &[Activity]) -> Result<Vec<ArchiveFile>> {
    let Some(newest) = found.first() else { return Ok(Vec::new()) };
    let path = format!("activity/{}-{}.json", day(newest.at), newest.id);
    Ok(vec![file(path, &found)?])
}

fn file(path: String, of: &impl Serialize) -> Result<ArchiveFile> {
    let bytes = serde_json::to_vec_pretty(of).map_err(crate::AppError::internal)?;
    Ok(ArchiveFile { path, bytes })
}

fn day(at: Timestamp) -> String {
    at.as_datetime().format("%Y-%m-%d").to_string()
}

fn first() -> Page {
    Page { limit: AT_ONCE, after: None }
}

/// The things of a page, and the page after it.
fn split<T>(page: Paged<T>) -> (Vec<T>, Option<Page>) {
    (page.items, page.next.map(|after| Page { limit: AT_ONCE, after: Some(after) }))
}
