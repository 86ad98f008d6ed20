//! Background work as it is queued.

use crate::clock::Timestamp;
use crate::ids::JobId;
use serde::{Deserialize, Serialize};

/// A unit of background work. It is stored in the transaction that makes it necessary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// This job.
    pub id: JobId,
    /// Which handler runs it.
    pub kind: String,
    /// What the handler needs to know, JSON.
    pub payload: String,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// Times it was started.
    pub attempts: u32,
}
