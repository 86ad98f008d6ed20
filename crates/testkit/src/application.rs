//! A real application on a fresh SQLite file.

use crate::clock::{ManualClock, SequentialIds};
use crate::database::{Database, sqlite};
use crate::vendors::PlayedVendors;
use greenroom_app::accounts::Tokens;
use greenroom_app::calibration::CalibrateBank;
use greenroom_app::evaluations::EvaluateAnswer;
use greenroom_app::interviews::AskNextQuestion;
use greenroom_app::objects::{ObjectOptions, Objects};
use greenroom_app::{
    AccountOptions, Alone, App, Engines, InterviewOptions, Parts, ResumeOptions, RetentionOptions, upkeep,
};
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::{IdSource, SignInId, UserId};
use greenroom_domain::permission::Standing;
use greenroom_domain::sign_in::{Place, SignIn};
use greenroom_identity::Providers;
use greenroom_jobs::{Runner, RunnerOptions, Scheduler, Waker};
use greenroom_live::recordings::MixRecording;
use greenroom_providers::bank::{Bank, Shelf};
use greenroom_providers::builtin::{BuiltinInterviewer, BuiltinJudge};
use greenroom_store::{RefreshToken, Store};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Signs access tokens.
const TOKEN_KEY: &[u8] = b"a key for tests, of thirty-two bytes";

/// An application with what a test needs to steer it.
pub struct TestApp {
    /// The use cases.
    pub app: App,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// Does the background work when the test says so.
    pub runner: Runner,
    /// Queues scheduled work when the test says so.
    pub scheduler: Scheduler,
    ids: Arc<SequentialIds>,
    database: Arc<Database>,
    providers: Arc<Providers>,
    files: Arc<TempDir>,
}

impl TestApp {
    /// The database it is on.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The folder where files of people lie.
    pub fn files(&self) -> &Path {
        self.files.path()
    }

    /// Does all background work that is due.
    pub async fn work(&self) {
        while self.runner.run_due().await.expect("work can be claimed") > 0 {}
    }

    /// An access token of somebody new of this standing.
    pub async fn sign_in_as(&self, standing: Standing) -> String {
        let (now, store) = (self.clock.now(), self.app.store());
        let id = UserId(self.ids.next());
        let is_guest = standing == Standing::Guest;
        let user = User {
            id,
            email: (!is_guest).then(|| format!("{id}@example.com")),
            name: "Somebody".to_owned(),
            role: match standing {
                Standing::Guest | Standing::JobSeeker => Role::JobSeeker,
                Standing::Recruiter => Role::Recruiter,
                Standing::Curator => Role::Curator,
                Standing::Admin => Role::Admin,
            },
            expires_at: is_guest.then(|| now.plus_ms(86_400_000)),
            consents: Vec::new(),
            created_at: now,
            updated_at: now,
        };
        store.create_user(&user, None).await.expect("somebody new");
        let sign_in = SignIn {
            id: SignInId(self.ids.next()),
            user_id: id,
            place: Place::default(),
            created_at: now,
            used_at: now,
            expires_at: now.plus_ms(86_400_000),
            ended: None,
        };
        let token =
            RefreshToken { hash: sign_in.id.to_string(), issued_at: now, expires_at: sign_in.expires_at };
        store.begin_sign_in(&sign_in, &token).await.expect("a sign-in");
        Tokens::new(TOKEN_KEY).sign(&user, sign_in.id, now, 1800).expect("an access token")
    }

    /// Another application on the same database, as another process is: nothing is shared but what is stored.
    pub async fn again(&self) -> Self {
        let store = self.database.again().await;
        let (clock, ids) = (self.clock.clone(), self.ids.clone());
        assemble(store, clock, ids, self.database.clone(), self.providers.clone(), self.files.clone())
    }
}

/// A fresh application with the shipped bank, rubrics and built-in engines.
pub async fn test_app() -> TestApp {
    test_app_with(Providers::default()).await
}

/// The same on this database.
pub async fn test_app_on(database: Database) -> TestApp {
    let store = database.store.clone();
    assemble(store, Arc::default(), Arc::default(), Arc::new(database), Arc::default(), folder())
}

/// The same, and people may sign in by these providers.
pub async fn test_app_with(providers: Providers) -> TestApp {
    let database = Arc::new(sqlite().await);
    let store = database.store.clone();
    assemble(store, Arc::default(), Arc::default(), database, Arc::new(providers), folder())
}

fn folder() -> Arc<TempDir> {
    Arc::new(tempfile::tempdir().expect("a temporary directory"))
}

fn assemble(
    store: Store,
    clock: Arc<ManualClock>,
    ids: Arc<SequentialIds>,
    database: Arc<Database>,
    providers: Arc<Providers>,
    files: Arc<TempDir>,
) -> TestApp {
    let folder = files.path().to_owned();
    let objects = Objects::open(&ObjectOptions::default(), folder).expect("a folder can be used");
    let bank = Shelf::from(Bank::shipped().expect("the shipped bank is valid"));
    let waker = Waker::default();
    let app = App::new(Parts {
        store: store.clone(),
        objects,
        clock: clock.clone(),
        ids: ids.clone(),
        rubrics: greenroom_scoring::rubrics::shipped(),
        interviewer: Arc::new(BuiltinInterviewer::new(bank.clone())),
        engines: Engines {
            judge: Arc::new(BuiltinJudge),
            conversation: None,
            outside: Vec::new(),
            at_home: None,
        },
        vendors: Arc::new(PlayedVendors),
        waker: waker.clone(),
        dependencies: Vec::new(),
        relay: Arc::new(Alone),
        tokens: Tokens::new(TOKEN_KEY),
        identity_providers: providers.clone(),
        executable: PathBuf::from("no resume files are read here"),
        accounts: AccountOptions::default(),
        interviews: InterviewOptions::default(),
        resumes: ResumeOptions::default(),
        retention: RetentionOptions::default(),
        bank,
    });
    let mut handlers: Vec<Arc<dyn greenroom_jobs::Handler>> = vec![
        Arc::new(EvaluateAnswer { app: app.clone() }),
        Arc::new(AskNextQuestion { app: app.clone() }),
        Arc::new(CalibrateBank { app: app.clone() }),
        Arc::new(MixRecording { app: app.clone() }),
    ];
    handlers.extend(upkeep::handlers(&app));
    let scheduler =
        Scheduler::new(store.clone(), clock.clone(), ids.clone(), waker.clone(), upkeep::schedules());
    let runner = Runner::new(store, clock.clone(), waker, handlers, RunnerOptions::default());
    TestApp { app, clock, runner, scheduler, ids, database, providers, files }
}
