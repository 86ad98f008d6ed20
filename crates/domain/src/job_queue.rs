//! Background work as it is queued.

use crate::clock::Timestamp;
use crate::ids::JobId;
use serde::{Deserialize, Serialize};

/// Work is put off for this long at most, ms. What seems to wait for longer was queued by a clock that was ahead, and is
/// due.
pub const LONGEST_DELAY_MS: i64 = 1_200_000;

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
    /// The trace that made it necessary (W3C `traceparent`), where traces are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

/// Where background work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its time, or for a node that has room.
    Waiting,
    /// A node is at it.
    Running,
    /// Given up: it failed too often.
    Dead,
}

/// Background work as it lies in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedJob {
    /// The work.
    pub job: Job,
    /// Where it stands.
    pub state: JobState,
    /// Why it failed the last time, if it did.
    pub error: Option<String>,
}

/// How much work of one kind there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLoad {
    /// Which kind.
    pub kind: String,
    /// Due or not, and nobody is at it.
    pub waiting: u64,
    /// Nodes are at it.
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// Since when the oldest due work waits.
    pub due_since: Option<Timestamp>,
}

/// Work that the cluster does again and again, once each time, however many nodes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Which handler does it.
    pub kind: &'static str,
    /// From one time to the next, ms.
    pub every_ms: i64,
    /// From the first start of all to the first time, ms.
    pub first_after_ms: i64,
}
