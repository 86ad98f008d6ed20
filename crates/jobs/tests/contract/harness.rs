//! Work to be done, and who does it.

use async_trait::async_trait;
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use greenroom_jobs::{Done, Handler, JobError, Runner, RunnerOptions, Waker};
use greenroom_store::Store;
use greenroom_testkit::{ManualClock, SequentialIds};
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// Longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(20);

/// Awaits something that must happen.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, what).await.expect("it happens in time")
}

/// How an attempt goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Succeed,
    Fail,
    Panic,
    /// Goes on for ever.
    Hang,
    /// Succeeds when the gate is opened.
    AtGate,
}

/// Does what its script says, the last line again and again, and keeps a record.
pub struct Scripted {
    script: Vec<Course>,
    begun: watch::Sender<Vec<JobId>>,
    finished: Mutex<Vec<JobId>>,
    gate: Semaphore,
}

impl Scripted {
    pub fn new(script: &[Course]) -> Arc<Self> {
        let (begun, gate) = (watch::Sender::new(Vec::new()), Semaphore::new(0));
        Arc::new(Self { script: script.to_vec(), begun, finished: Mutex::default(), gate })
    }

    /// Attempts so far, in order.
    pub fn begun(&self) -> Vec<JobId> {
        self.begun.borrow().clone()
    }

    /// Successes so far, in order.
    pub fn finished(&self) -> Vec<JobId> {
        self.finished.lock().unwrap().clone()
    }

    /// Waits until there were this many attempts.
    pub async fn have_begun(&self, count: usize) {
        soon(self.begun.subscribe().wait_for(|begun| begun.len() >= count)).await.unwrap();
    }

    pub fn open_gate(&self) {
        self.gate.add_permits(1);
    }
}

#[async_trait]
impl Handler for Scripted {
    fn kind(&self) -> &'static str {
        "test"
    }

    async fn run(&self, job: &Job) -> Result<Done, JobError> {
        self.begun.send_modify(|begun| begun.push(job.id));
        let line = self.begun().iter().filter(|id| **id == job.id).count() - 1;
        match self.script.get(line).or(self.script.last()).expect("a script has a line") {
            Course::Succeed => {}
            Course::Fail => return Err(JobError::new(format!("attempt {} went wrong", job.attempts))),
            Course::Panic => panic!("attempt {} panics on purpose", job.attempts),
            Course::Hang => std::future::pending().await,
            Course::AtGate => self.gate.acquire().await.unwrap().forget(),
        }
        self.finished.lock().unwrap().push(job.id);
        Ok(Done::Finished)
    }
}

/// A clock and ids for one test.
#[derive(Default)]
pub struct World {
    pub clock: Arc<ManualClock>,
    pub waker: Waker,
    ids: SequentialIds,
}

impl World {
    /// Queues work that is due.
    pub async fn queue(&self, store: &Store, count: usize) -> Vec<JobId> {
        let jobs: Vec<Job> = (0..count)
            .map(|_| Job {
                id: JobId::fresh(&self.ids),
                kind: "test".to_owned(),
                payload: "{}".to_owned(),
                run_at: self.clock.now(),
                attempts: 0,
                trace: None,
            })
            .collect();
        store.enqueue(&jobs).await.unwrap();
        jobs.into_iter().map(|job| job.id).collect()
    }

    /// A runner that finds work only when it looks or is woken.
    pub fn runner(&self, store: &Store, handler: &Arc<Scripted>, options: RunnerOptions) -> Runner {
        let options = RunnerOptions { poll_ms: 3_600_000, ..options };
        Runner::new(store.clone(), self.clock.clone(), self.waker.clone(), vec![handler.clone()], options)
    }
}
