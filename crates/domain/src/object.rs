//! Files that lie in a storage beside the database: resumes as they were uploaded, recordings.

use crate::clock::Timestamp;
use crate::ids::{ObjectId, UserId};
use uuid::Uuid;

/// What is known of a file in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredObject {
    /// The file; its name in the storage is made of this and its owner's id.
    pub id: ObjectId,
    /// Whose it is.
    pub user_id: UserId,
    /// What it is.
    pub kind: ObjectKind,
    /// What it belongs to and falls with: the resume, the interview.
    pub belongs_to: Uuid,
    /// What kind of content it has, for who downloads it, such as `application/pdf`.
    pub content_type: String,
    /// Bytes before it was sealed.
    pub bytes: u64,
    /// SHA-256 of what lies in the storage, hexadecimal.
    pub digest: String,
    /// How it was sealed; of no use without its owner's key.
    pub seal: String,
    /// When it was put there.
    pub created_at: Timestamp,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A resume as it was uploaded.
    ResumeOriginal,
    /// The sound of an interview.
    Recording,
    /// What was measured of a voice while it passed: numbers, and no sound.
    VoiceNumbers,
}

impl ObjectKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::ResumeOriginal, Self::Recording, Self::VoiceNumbers];

    /// The name that is stored, such as `resume_original`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ResumeOriginal => "resume_original",
            Self::Recording => "recording",
            Self::VoiceNumbers => "voice_numbers",
        }
    }

    /// By which rule it is kept and forgotten.
    pub const fn retention(self) -> &'static str {
        match self {
            Self::ResumeOriginal => "resumes",
            Self::Recording => "recordings",
            Self::VoiceNumbers => "interviews",
        }
    }

    /// The kind with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
