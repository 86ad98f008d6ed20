//! What the use cases share.

use crate::Result;
use crate::accounts::caller::Callers;
use crate::accounts::{Forgotten, Tokens};
use crate::bank::Shelved;
use crate::calibration::{Going, Taken};
use crate::clock_watch::ClockWatch;
use crate::engines::{Engines, Exchange};
use crate::interviews::States;
use crate::judge_checks::UnderWay;
use crate::listeners::Listeners;
use crate::models::{Built, Vendors};
use crate::operations::Dependency;
use crate::options::{AccountOptions, InterviewOptions, ResumeOptions, RetentionOptions};
use crate::relay::Relay;
use crate::seats::Seats;
use crate::tasks::Tasks;
use greenroom_domain::clock::{Clock, Timestamp};
use greenroom_domain::ids::IdSource;
use greenroom_domain::rubric::Rubric;
use greenroom_identity::Providers;
use greenroom_jobs::Waker;
use greenroom_objects::Objects;
use greenroom_providers::Interviewer;
use greenroom_providers::bank::{Bank, Shelf};
use greenroom_store::Store;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Where files lie.
    pub objects: Objects,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn IdSource>,
    /// The question bank, with what the operator added.
    pub bank: Shelf,
    /// Rubrics, the default first.
    pub rubrics: Vec<Rubric>,
    /// Who plans and asks when nobody else does.
    pub interviewer: Arc<dyn Interviewer>,
    /// Who judges and converses, until they are exchanged.
    pub engines: Engines,
    /// Talks to vendors of language models.
    pub vendors: Arc<dyn Vendors>,
    /// Wakes the runner of background work.
    pub waker: Waker,
    /// What the program needs beside the database.
    pub dependencies: Vec<Arc<dyn Dependency>>,
    /// Tells other nodes.
    pub relay: Arc<dyn Relay>,
    /// Signs and checks access tokens.
    pub tokens: Tokens,
    /// Who people may sign in by.
    pub identity_providers: Arc<Providers>,
    /// The program that reads resumes in a process of its own: this one.
    pub executable: PathBuf,
    /// Settings of accounts.
    pub accounts: AccountOptions,
    /// Settings of interviews.
    pub interviews: InterviewOptions,
    /// Settings of uploads.
    pub resumes: ResumeOptions,
    /// How long what is kept.
    pub retention: RetentionOptions,
}

/// The use cases' shared parts. Cheap to clone.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
    engines: Arc<Exchange>,
    built: Built,
    shelved: Shelved,
    calibrating: Going,
    calibration_taken: Taken,
    under_way: UnderWay,
    listeners: Listeners,
    node: Uuid,
    tasks: Tasks,
    states: States,
    forgotten: Forgotten,
    callers: Callers,
    readers: Seats,
    hashers: Seats,
    clock_watch: ClockWatch,
}

impl App {
    /// An application of `parts`.
    pub fn new(parts: Parts) -> Self {
        Self {
            states: States::new(parts.interviews.states_mib),
            readers: Seats::new(parts.resumes.parallel),
            hashers: Seats::new(std::thread::available_parallelism().map_or(1, NonZero::get)),
            forgotten: Forgotten::default(),
            clock_watch: ClockWatch::default(),
            engines: Arc::new(Exchange::new(parts.engines.clone())),
            callers: Callers::default(),
            built: Built::default(),
            shelved: Shelved::default(),
            calibrating: Going::default(),
            calibration_taken: Taken::default(),
            under_way: UnderWay::default(),
            listeners: Listeners::new(parts.relay.clone()),
            node: parts.ids.next(),
            tasks: Tasks::default(),
            parts: Arc::new(parts),
        }
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// Where files lie.
    pub fn objects(&self) -> &Objects {
        &self.parts.objects
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    /// What this process has seen of the clock.
    pub(crate) fn clock_watch(&self) -> &ClockWatch {
        &self.clock_watch
    }

    /// The question bank of this moment.
    pub fn bank(&self) -> Bank {
        self.parts.bank.now()
    }

    /// Who judges and converses at this moment.
    pub fn engines(&self) -> Arc<Engines> {
        self.engines.now()
    }

    /// From now on these judge and converse. What is under way ends with those before.
    pub fn exchange_engines(&self, engines: Engines) {
        self.engines.replace(engines);
    }

    /// Who talks to vendors of language models.
    pub fn vendors(&self) -> &dyn Vendors {
        &*self.parts.vendors
    }

    /// Who people may sign in by.
    pub fn identity_providers(&self) -> &Providers {
        &self.parts.identity_providers
    }

    /// What the engines were built of.
    pub(crate) fn built(&self) -> &Built {
        &self.built
    }

    /// What stands in the bank beside what ships.
    pub(crate) fn shelved(&self) -> &Shelved {
        &self.shelved
    }

    /// The calibration of questions that is under way.
    pub(crate) fn calibrating(&self) -> &Going {
        &self.calibrating
    }

    /// What interviews use of the last calibration.
    pub(crate) fn calibration_taken(&self) -> &Taken {
        &self.calibration_taken
    }

    /// The judge that is tried at this moment.
    pub(crate) fn under_way(&self) -> &UnderWay {
        &self.under_way
    }

    /// Who watches which interview.
    pub fn listeners(&self) -> &Listeners {
        &self.listeners
    }

    /// This process, among others on the same database.
    pub fn node(&self) -> Uuid {
        self.node
    }

    /// What runs behind requests.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// There is background work: somebody should look.
    pub(crate) fn wake_workers(&self) {
        self.parts.waker.wake();
        self.parts.relay.work();
    }

    /// Gives up what this process holds among others, for them to take at once.
    pub async fn leave(&self) -> Result<()> {
        self.tasks.leave().await;
        self.store().release_leases(self.node).await?;
        Ok(())
    }

    /// Settings of uploads.
    pub fn resume_options(&self) -> &ResumeOptions {
        &self.parts.resumes
    }

    /// The rubric with this key; the newest version. The default when `id` is `None`.
    pub fn rubric(&self, id: Option<&str>) -> Option<&Rubric> {
        match id {
            None => self.parts.rubrics.first(),
            Some(id) => self.parts.rubrics.iter().filter(|r| r.id == id).max_by_key(|r| r.version),
        }
    }

    /// All rubrics, the default first.
    pub fn rubrics(&self) -> &[Rubric] {
        &self.parts.rubrics
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(crate) fn ids(&self) -> &dyn IdSource {
        &*self.parts.ids
    }

    pub(crate) fn states(&self) -> &States {
        &self.states
    }

    pub(crate) fn forgotten(&self) -> &Forgotten {
        &self.forgotten
    }

    /// What was read of sign-ins a moment ago.
    pub(crate) fn callers(&self) -> &Callers {
        &self.callers
    }

    /// Where resume files are read.
    pub(crate) fn readers(&self) -> &Seats {
        &self.readers
    }

    /// Where passwords are hashed: each takes 19 MiB and all of a processor.
    pub(crate) fn hashers(&self) -> &Seats {
        &self.hashers
    }
}
