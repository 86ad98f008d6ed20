//! Background work.

use crate::catalogue::{JOB_SECONDS, JOBS, JOBS_DEAD, JOBS_OLDEST, JOBS_WAITING};
use metrics::{counter, gauge, histogram};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is done.
    Done,
    /// It failed and is tried again.
    Retried,
    /// It failed and was given up.
    Buried,
}

/// The queue of one kind of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Which work.
    pub kind: String,
    /// Waiting or running.
    pub waiting: u64,
    /// How long the oldest that is due has been waiting.
    pub oldest: Duration,
    /// Given up.
    pub dead: u64,
}

/// An attempt at work of this kind ended.
pub fn attempted(kind: &str, ended: Ended, took: Duration) {
    let outcome = match ended {
        Ended::Done => "done",
        Ended::Retried => "retried",
        Ended::Buried => "buried",
    };
    counter!(JOBS, "kind" => kind.to_owned(), "outcome" => outcome).increment(1);
    histogram!(JOB_SECONDS, "kind" => kind.to_owned()).record(took);
}

/// What stands in the queue. Kinds that stood there before and are not among these have nothing waiting.
pub fn queued(queues: &[Queue]) {
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let seen = seen.get_or_insert_default();
    for kind in seen.iter().filter(|kind| queues.iter().all(|queue| queue.kind != **kind)) {
        set(&Queue { kind: kind.clone(), waiting: 0, oldest: Duration::ZERO, dead: 0 });
    }
    for queue in queues {
        set(queue);
        seen.insert(queue.kind.clone());
    }
}

fn set(queue: &Queue) {
    gauge!(JOBS_WAITING, "kind" => queue.kind.clone()).set(queue.waiting as f64);
    gauge!(JOBS_OLDEST, "kind" => queue.kind.clone()).set(queue.oldest);
    gauge!(JOBS_DEAD, "kind" => queue.kind.clone()).set(queue.dead as f64);
}
