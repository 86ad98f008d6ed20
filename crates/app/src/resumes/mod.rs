//! Resumes: read, shown, corrected, forgotten.

mod original;

pub use original::{Original, original, originals};

use crate::{App, AppError, Result, objects};
use bytes::Bytes;
use chrono::Datelike;
use greenroom_documents::{Limits, ResumeError, read_resume_text, refresh, sandbox, seniority_on};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{ResumeId, UserId};
use greenroom_domain::resume::{Resume, ResumeRecord};
use greenroom_store::{Page, Paged};

/// Longest pasted resume, characters.
const MAX_PASTED_CHARS: usize = 200_000;
/// Longest name of a file that is kept, characters; the rest is cut off.
const MAX_NAME_CHARS: usize = 200;
/// Longest list in a corrected resume, entries.
const MAX_ENTRIES: usize = 500;

/// Reads an uploaded file in a process of its own and keeps what was read, and the file. When the file cannot be kept, a
/// warning beside what was read says so.
pub async fn upload(
    app: &App,
    user: UserId,
    file_name: Option<String>,
    bytes: Bytes,
) -> Result<ResumeRecord> {
    if bytes.is_empty() {
        let message = "This file is empty. Choose another one, or paste the text of your resume.";
        return Err(unreadable(ErrorCode::Invalid, ResumeError::NoText, message));
    }
    let file_name = file_name.as_deref().and_then(last_part);
    let limits = Limits { max_bytes: app.resume_options().max_bytes, ..Limits::default() };
    let executable = app.parts().executable.clone();
    let (name, file) = (file_name.clone(), bytes.clone());
    let read = move || sandbox::parse_in_child(&executable, &file, name.as_deref(), &limits);
    let resume = app.readers().run(read).await?.map_err(refused)?;
    keep(app, user, file_name, resume, Some(bytes)).await
}

/// Reads pasted text and keeps what was read.
pub async fn paste(app: &App, user: UserId, text: &str) -> Result<ResumeRecord> {
    if text.trim().is_empty() {
        return Err(AppError::field("text", "Paste the text of your resume, or choose a file."));
    }
    if text.chars().count() > MAX_PASTED_CHARS {
        return Err(AppError::field("text", format!("Use at most {MAX_PASTED_CHARS} characters.")));
    }
    let text = text.to_owned();
    let reading = tokio::task::spawn_blocking(move || read_resume_text(&text));
    let resume = reading.await.map_err(AppError::internal)?;
    keep(app, user, None, resume, None).await
}

/// The resume of this person.
pub async fn get(app: &App, user: UserId, id: ResumeId) -> Result<ResumeRecord> {
    app.store().resume(user, id).await?.ok_or_else(not_found)
}

/// This person's resumes, newest first.
pub async fn list(app: &App, user: UserId, page: &Page) -> Result<Paged<ResumeRecord>> {
    Ok(app.store().resumes(user, page).await?)
}

/// Keeps its owner's corrections. The text as read and the warnings stay.
pub async fn correct(app: &App, user: UserId, id: ResumeId, corrected: Resume) -> Result<ResumeRecord> {
    let lists = [
        ("skills", corrected.skills.len()),
        ("experience", corrected.experience.len()),
        ("education", corrected.education.len()),
        ("links", corrected.links.len()),
    ];
    if let Some((field, _)) = lists.into_iter().find(|(_, len)| *len > MAX_ENTRIES) {
        return Err(AppError::field(field, format!("Use at most {MAX_ENTRIES} entries.")));
    }
    let mut record = get(app, user, id).await?;
    let read = record.resume;
    record.resume = Resume { text: read.text, pages: read.pages, warnings: read.warnings, ..corrected };
    record.updated_at = app.now();
    let today = record.updated_at.as_datetime();
    refresh(&mut record.resume, today.year(), today.month());
    if app.store().update_resume(&record).await? { Ok(record) } else { Err(not_found()) }
}

/// Forgets a resume and its file. Interviews keep the lines that their questions quote.
pub async fn delete(app: &App, user: UserId, id: ResumeId) -> Result<()> {
    if !app.store().delete_resume(user, id, app.now()).await? {
        return Err(not_found());
    }
    objects::clear_soon(app);
    Ok(())
}

async fn keep(
    app: &App,
    user: UserId,
    file_name: Option<String>,
    mut resume: Resume,
    file: Option<Bytes>,
) -> Result<ResumeRecord> {
    crate::accounts::me(app, user).await?;
    let now = app.now();
    // A position held "until now" has a length only for those who know the date.
    let today = now.as_datetime();
    resume.seniority = seniority_on(&resume, today.year(), today.month());
    refresh(&mut resume, today.year(), today.month());
    let id = ResumeId::fresh(app.ids());
    let mut record = ResumeRecord { id, user_id: user, file_name, resume, created_at: now, updated_at: now };
    let original = match file {
        Some(file) => original::keep(app, &mut record, file).await,
        None => None,
    };
    let inserted = app.store().insert_resume(&record, original.as_ref()).await;
    if let (Err(_), Some(original)) = (&inserted, &original) {
        objects::give_up(app, original).await;
    }
    inserted?;
    Ok(record)
}

fn refused(error: ResumeError) -> AppError {
    let code = match error {
        ResumeError::TooLarge => ErrorCode::TooLarge,
        ResumeError::Unsupported => ErrorCode::Unsupported,
        ResumeError::Unavailable => ErrorCode::Unavailable,
        _ => ErrorCode::Invalid,
    };
    unreadable(code, error, &error.to_string())
}

fn unreadable(code: ErrorCode, error: ResumeError, message: &str) -> AppError {
    let mut refused = AppError::new(code, error.code(), message);
    refused.fields.insert("file".to_owned(), message.to_owned());
    refused
}

/// What is said of a file that is larger than is accepted.
pub fn too_large() -> AppError {
    refused(ResumeError::TooLarge)
}

/// The name without the folders before it, which some programs send too.
fn last_part(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect();
    (!kept.is_empty()).then_some(kept)
}

fn not_found() -> AppError {
    AppError::not_found("resume_not_found", "resume")
}

#[cfg(test)]
mod tests {
    use super::last_part;

    #[test]
    fn a_file_is_kept_by_its_own_name() {
        let cases = [
            ("cv.pdf", Some("cv.pdf")),
            ("../../etc/passwd.txt", Some("passwd.txt")),
            ("C:\\Users\\Ada\\Lebenslauf.docx", Some("Lebenslauf.docx")),
            ("简历\r\n.txt", Some("简历.txt")),
            ("folder/", None),
            ("", None),
        ];
        for (given, kept) in cases {
            assert_eq!(last_part(given).as_deref(), kept, "{given:?}");
        }
    }
}
