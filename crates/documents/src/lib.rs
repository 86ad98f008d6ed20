//! Resumes and job descriptions in: text, structure and doubts out. No network, no clock.
//!
//! [`read_resume`] takes the bytes of a PDF, DOCX, text or Markdown file. A hostile file can make it
//! slow or hungry, so a server calls [`sandbox::parse_in_child`], which does the same in a process
//! with hard limits. [`read_job`] takes the text of a job description.
//!
//! Whatever is returned stands in the document: a name, skill or date that was not found is absent.
#![deny(missing_docs)]

mod document;
mod docx;
mod error;
mod format;
mod headings;
mod job;
mod lexicon;
mod limits;
mod pdf;
mod plain;
pub mod render;
mod resume;
pub mod sandbox;
mod shown;
mod skill_names;

pub use error::ResumeError;
pub use job::read_job;
pub use limits::Limits;
pub use plain::text_type;
pub use resume::{refresh, seniority_on};
pub use shown::Shown;
pub use skill_names::{TaxonomySkill, skill_of};

use format::Format;
use greenroom_domain::resume::Resume;

/// Reads a resume from the bytes of a file.
///
/// The type is decided by content; `file_name` only tells Markdown from plain text. This may be slow or
/// hungry on hostile input: see [`sandbox::parse_in_child`].
pub fn read_resume(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Resume, ResumeError> {
    if bytes.len() > limits.max_bytes {
        return Err(ResumeError::TooLarge);
    }
    let mut document = match format::detect(bytes, file_name)? {
        Format::Pdf => pdf::read(bytes, limits)?,
        Format::Docx => docx::read(bytes, limits)?,
        Format::Text => plain::read_text(&plain::decode(bytes)?),
        Format::Markdown => plain::read_markdown(&plain::decode(bytes)?),
    };
    document.limit_chars(limits.max_text_chars);
    if document.is_blank() {
        return Err(ResumeError::NoText);
    }
    Ok(resume::extract(document))
}

/// Reads a resume from text: pasted, or the text of an earlier reading after its owner corrected it.
pub fn read_resume_text(text: &str) -> Resume {
    resume::extract(plain::read_text(text))
}
