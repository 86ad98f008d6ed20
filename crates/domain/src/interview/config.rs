//! An interview set-up that can be started any number of times.

use super::settings::Settings;
use crate::clock::Timestamp;
use crate::ids::{ConfigId, ResumeId, UserId};
use crate::job::JobPosting;
use serde::{Deserialize, Serialize};

/// An interview set-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterviewConfig {
    /// This set-up.
    pub id: ConfigId,
    /// Whose it is.
    pub user_id: UserId,
    /// Name for people.
    pub title: String,
    /// The job description as given.
    pub job_description: String,
    /// What was read in it, or what its owner corrected.
    pub posting: JobPosting,
    /// The resume to ask about.
    pub resume_id: Option<ResumeId>,
    /// How the interview runs.
    pub settings: Settings,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
