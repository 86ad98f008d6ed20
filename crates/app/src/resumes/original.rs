//! The file that a resume was read from.

use crate::objects::{self, NewObject};
use crate::{App, AppError, Result};
use bytes::Bytes;
use futures::stream;
use greenroom_documents::text_type;
use greenroom_domain::ids::{ResumeId, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_domain::resume::{ResumeRecord, Warning};
use std::convert::Infallible;

/// A file that can be had back.
#[derive(Clone, Debug)]
pub struct Original {
    /// What is known of it.
    pub object: StoredObject,
    /// Its name, as it was uploaded.
    pub file_name: String,
}

/// The file of this person's resume, to be read with [`objects::read`].
pub async fn original(app: &App, user: UserId, id: ResumeId) -> Result<Original> {
    let record = super::get(app, user, id).await?;
    let object = originals(app, user, &[id]).await?.pop();
    let missing =
        || AppError::not_found("original_not_kept", "file: this resume was pasted, or its file was not kept");
    let object = object.ok_or_else(missing)?;
    Ok(Original { object, file_name: record.file_name.unwrap_or_else(|| "resume".to_owned()) })
}

/// The files of these resumes, as far as there are any.
pub async fn originals(app: &App, user: UserId, ids: &[ResumeId]) -> Result<Vec<StoredObject>> {
    let ids = ids.iter().map(|id| id.0);
    Ok(app.store().objects_of(user, ObjectKind::ResumeOriginal, ids).await?)
}

/// Puts the file into the storage. When that fails, a warning stands beside what was read.
pub(super) async fn keep(app: &App, record: &mut ResumeRecord, file: Bytes) -> Option<StoredObject> {
    let new = NewObject {
        kind: ObjectKind::ResumeOriginal,
        belongs_to: record.id.0,
        content_type: content_type(&file),
        most: app.resume_options().max_bytes as u64,
    };
    let body = stream::iter([Ok::<_, Infallible>(file)]);
    match objects::put(app, record.user_id, new, body).await {
        Ok(object) => Some(object),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::warn!(error = error.error, cause, resume.id = %record.id, "the file of a resume was not kept");
            let why = if error.error == "file_storage_full" { "is full" } else { "did not take it" };
            let message = format!(
                "The file itself could not be kept, because the storage of files {why}. What was read from it is kept and \
                 can be used; to download the file from here later, upload it again."
            );
            record.resume.warnings.push(Warning::new("original_not_kept", message));
            None
        }
    }
}

/// By its first bytes; only what can be read gets here. Browsers are told to believe it.
fn content_type(file: &[u8]) -> &'static str {
    match file {
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'P', b'K', 3, 4, ..] => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => text_type(file),
    }
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn files_are_told_apart_by_their_first_bytes() {
        assert_eq!(content_type(b"%PDF-1.7"), "application/pdf");
        assert!(content_type(b"PK\x03\x04...").ends_with("wordprocessingml.document"));
        assert_eq!(content_type(b"<script>"), "text/plain; charset=utf-8");
        assert_eq!(content_type(b"Zo\xEB"), "text/plain; charset=windows-1252");
        assert_eq!(content_type(b""), "text/plain; charset=utf-8");
    }
}
