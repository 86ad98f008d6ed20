//! An interview as it is listed.

use super::snapshot::Snapshot;
use crate::clock::Timestamp;
use crate::ids::{ConfigId, SessionId, UserId};
use serde::{Deserialize, Serialize};

/// An interview as it is listed: whose it is, what it came from, how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRecord {
    /// This interview.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// The set-up it was started from; it may have been deleted since.
    pub config_id: ConfigId,
    /// The set-up's title at the start.
    pub title: String,
    /// How it stands.
    pub snapshot: Snapshot,
    /// When it was made.
    pub created_at: Timestamp,
    /// When something last happened in it.
    pub updated_at: Timestamp,
}
