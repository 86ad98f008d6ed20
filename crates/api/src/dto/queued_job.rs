use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::{JobLoad, JobState, QueuedJob};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where background work stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueuedJobStatus {
    /// Waits for its time, or for a node that has room.
    Waiting,
    /// A node is at it.
    Running,
    /// Given up: it failed too often.
    Dead,
}

/// Background work.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueuedJobBody {
    id: JobId,
    /// Which work.
    kind: String,
    status: QueuedJobStatus,
    /// What it needs to know, JSON: ids, no words of anybody.
    payload: String,
    /// Not before this moment.
    run_at: Timestamp,
    /// Times it was started.
    attempts: u32,
    /// Why it failed the last time; null when it did not.
    error: Option<String>,
}

/// How much work there is of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobLoadBody {
    kind: String,
    /// Due or not, and nobody is at it.
    waiting: u64,
    /// Nodes are at it.
    running: u64,
    /// Given up.
    dead: u64,
    /// Since when the oldest due work waits; null when none is due.
    due_since: Option<Timestamp>,
}

impl From<QueuedJobStatus> for JobState {
    fn from(status: QueuedJobStatus) -> Self {
        match status {
            QueuedJobStatus::Waiting => Self::Waiting,
            QueuedJobStatus::Running => Self::Running,
            QueuedJobStatus::Dead => Self::Dead,
        }
    }
}

impl From<QueuedJob> for QueuedJobBody {
    fn from(QueuedJob { job, state, error }: QueuedJob) -> Self {
        let status = match state {
            JobState::Waiting => QueuedJobStatus::Waiting,
            JobState::Running => QueuedJobStatus::Running,
            JobState::Dead => QueuedJobStatus::Dead,
        };
        let (id, kind, payload) = (job.id, job.kind, job.payload);
        Self { id, kind, status, payload, run_at: job.run_at, attempts: job.attempts, error }
    }
}

impl From<JobLoad> for JobLoadBody {
    fn from(load: JobLoad) -> Self {
        let JobLoad { kind, waiting, running, dead, due_since } = load;
        Self { kind, waiting, running, dead, due_since }
    }
}
