//! Why a resume could not be read.

use serde::{Deserialize, Serialize};

/// Why a resume could not be read. The text says what happened and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResumeError {
    /// The document holds no text: a scan, a photo or an empty page.
    #[error(
        "No text was found in this file. It looks like a scan or an image. \
         Export the resume as PDF from the program it was written in, or paste its text."
    )]
    NoText,
    /// The document needs a password.
    #[error("This file is protected by a password. Save a copy without the password and try again.")]
    Encrypted,
    /// The document is damaged.
    #[error("This file is damaged and cannot be read. Save or export it again, or paste the text.")]
    Corrupt,
    /// The document is larger than the limits, or unpacks to more than the limits.
    #[error(
        "This file is too large to be read safely. A resume of up to 10 MB with plain text works; \
         export it again without large images, or paste the text."
    )]
    TooLarge,
    /// The file is not of a kind that is read.
    #[error("This kind of file is not supported. Use a PDF, DOCX, TXT or Markdown file, or paste the text.")]
    Unsupported,
    /// The process that reads resumes could not be started; the operator is to look.
    #[error("Resumes cannot be read right now. Paste the text instead, or try again later.")]
    Unavailable,
}

impl ResumeError {
    /// The stable name that programs branch on, for example `resume_no_text`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoText => "resume_no_text",
            Self::Encrypted => "resume_encrypted",
            Self::Corrupt => "resume_corrupt",
            Self::TooLarge => "resume_too_large",
            Self::Unsupported => "resume_unsupported",
            Self::Unavailable => "resume_unavailable",
        }
    }
}
