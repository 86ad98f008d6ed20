//! Puts the parts together.

use crate::config::{Config, database_url, make_private};
use crate::master_keys::{KEY_BYTES, keyring, read_or_make};
use crate::models::Models;
use crate::object_copies;
use crate::radio::Radio;
use anyhow::Context;
use async_trait::async_trait;
use greenroom_app::accounts::Tokens;
use greenroom_app::calibration::{self, CalibrateBank};
use greenroom_app::evaluations::EvaluateAnswer;
use greenroom_app::interviews::AskNextQuestion;
use greenroom_app::models;
use greenroom_app::objects::{ObjectError, Objects, StorageOfFiles, claim};
use greenroom_app::operations::{self, Dependency, Disk};
use greenroom_app::{Alone, App, Parts, SystemClock, SystemIds, bank, upkeep};
use greenroom_bus::Redis;
use greenroom_domain::ids::IdSource;
use greenroom_identity::Providers;
use greenroom_jobs::{Runner, RunnerOptions, Scheduler, Waker};
use greenroom_live::recordings::MixRecording;
use greenroom_live::voice::VoiceRooms;
use greenroom_providers::bank::{Bank, Shelf};
use greenroom_providers::builtin::BuiltinInterviewer;
use greenroom_store::Store;
use secrecy::ExposeSecret;
use std::sync::Arc;

/// The application and the runner of its background work.
pub struct Wired {
    /// The use cases.
    pub app: App,
    /// Does the background work.
    pub runner: Runner,
    /// Queues what comes again and again.
    pub scheduler: Scheduler,
    /// Tells other nodes; `None` without Redis.
    pub radio: Option<Arc<Radio>>,
    /// Wakes the runner.
    pub waker: Waker,
}

/// Opens the database and puts everything together.
pub async fn wire(config: &Config) -> anyhow::Result<Wired> {
    let store = open_store(config).await?;
    let clock = Arc::new(SystemClock);
    let waker = Waker::default();
    let bank = Shelf::from(Bank::shipped().context("the question bank cannot be read")?);
    let redis = Redis::open(&config.redis)?;
    if let Some(concern) = redis.as_ref().and_then(|redis| redis.concern(&config.redis)) {
        tracing::warn!("the line to Redis {concern}");
    }
    let radio = redis.map(|redis| Arc::new(Radio::new(redis, SystemIds.next())));
    let models = Arc::new(Models::new(config, clock.clone(), bank.clone())?);
    make_private(&config.data_dir())?;
    let objects = Objects::open(&config.objects, config.objects_dir())?;
    let app = App::new(Parts {
        dependencies: dependencies(config, &store, &objects)?,
        store: store.clone(),
        objects,
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
        rubrics: greenroom_scoring::rubrics::shipped(),
        interviewer: Arc::new(BuiltinInterviewer::new(bank.clone())),
        engines: models.engines(models.configured()),
        vendors: models,
        waker: waker.clone(),
        relay: match &radio {
            Some(radio) => radio.clone(),
            None => Arc::new(Alone),
        },
        tokens: Tokens::new(&token_key(config)?),
        identity_providers: Arc::new(Providers::new(&config.oauth)?),
        executable: std::env::current_exe().context("the program cannot find itself")?,
        accounts: config.accounts.clone(),
        interviews: config.interviews.clone(),
        resumes: config.resumes.clone(),
        retention: config.retention.clone(),
        bank,
    });
    if let Err(error) = bank::refresh(&app).await {
        tracing::error!(%error, "questions that were added cannot be read; those that ship are asked");
    }
    if let Err(error) = calibration::refresh(&app).await {
        tracing::error!(%error, "what answers taught of questions cannot be read; the authors' levels count");
    }
    if let Err(error) = models::refresh(&app).await {
        tracing::error!(%error, "models that were entered cannot be read; those of the configuration are asked");
    }
    operations::compare_token_keys(&app).await;
    let mut handlers: Vec<Arc<dyn greenroom_jobs::Handler>> = vec![
        Arc::new(EvaluateAnswer { app: app.clone() }),
        Arc::new(AskNextQuestion { app: app.clone() }),
        Arc::new(CalibrateBank { app: app.clone() }),
        Arc::new(MixRecording { app: app.clone() }),
    ];
    handlers.extend(upkeep::handlers(&app));
    let (ids, schedules) = (Arc::new(SystemIds), upkeep::schedules());
    let scheduler = Scheduler::new(store.clone(), clock.clone(), ids, waker.clone(), schedules);
    let runner = Runner::new(store, clock, waker.clone(), handlers, RunnerOptions::default());
    Ok(Wired { app, runner, scheduler, radio, waker })
}

/// Opens the database and brings it up to date.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let url = database_url(config)?;
    let store = Store::open(&url, &config.database, keyring(config)?).await;
    let store = store.context("the database cannot be opened (database.url)")?;
    has_its_keys(&store).await?;
    Ok(store)
}

/// Whether every master key that wraps something is here: without one of them nobody can read what people said.
pub async fn has_its_keys(store: &Store) -> anyhow::Result<()> {
    let missing = store.keys_of_people().await?.into_iter().find(|of| !of.is_here);
    if let Some(of) = missing {
        anyhow::bail!(
            "what {} people said is encrypted with the master key {}, which is not here (the present one is {}): put \
             its secret.key into the data directory, or its text into secrets.key or secrets.old_keys",
            of.people,
            of.master,
            store.keyring().current(),
        );
    }
    Ok(())
}

/// Takes the storage of files for this installation. One that refuses is an error of the settings; one that does not
/// answer may later.
pub async fn claim_objects(app: &App) -> anyhow::Result<()> {
    let Err(error) = claim(app).await? else { return Ok(()) };
    match error {
        ObjectError::Refused(_) => anyhow::bail!(
            "objects.url: {}; check the name of the bucket, and objects.access_key_id and objects.secret_access_key, \
             objects.account and objects.account_key or objects.service_account_file, or the variables of the vendor \
             that stand for them",
            error.in_full()
        ),
        ObjectError::NotOurs => tracing::warn!(
            "objects.url: {error}, or of this one before its database was made anew; files that nobody knows are not \
             cleared away there. Name another folder or prefix, or, when nobody needs those files any more, delete the \
             file `installation` there"
        ),
        error => tracing::warn!(
            error = error.in_full(),
            "the storage of files does not answer; files can be neither kept nor had until it does"
        ),
    }
    Ok(())
}

/// Spoken interviews of this process, whose lines are held here or at other nodes.
pub fn voice_rooms(config: &Config, are_held_here: bool) -> anyhow::Result<VoiceRooms> {
    let ids = || format!("{:032x}", rand::random::<u128>());
    let rooms = VoiceRooms::of(config.voice.clone(), &config.speech, |name| std::env::var(name).ok(), ids)?;
    if !are_held_here {
        return Ok(rooms.held_elsewhere());
    }
    let rooms = rooms.with_spool(&config.spool_dir());
    rooms.with_webrtc().context("no sound can come in over WebRTC (voice.webrtc)")
}

/// What the program needs beside the database.
fn dependencies(
    config: &Config,
    store: &Store,
    objects: &Objects,
) -> anyhow::Result<Vec<Arc<dyn Dependency>>> {
    let files = StorageOfFiles {
        objects: objects.clone(),
        store: store.clone(),
        ids: Arc::new(SystemIds),
        folder: object_copies::folder(config),
    };
    let mut needed: Vec<Arc<dyn Dependency>> =
        vec![Arc::new(Disk { folder: config.data_dir() }), Arc::new(files)];
    if let Some(redis) = Redis::open(&config.redis)? {
        needed.push(Arc::new(NeedsRedis(redis)));
    }
    Ok(needed)
}

struct NeedsRedis(Redis);

#[async_trait]
impl Dependency for NeedsRedis {
    fn name(&self) -> &'static str {
        "redis"
    }

    /// Without it nodes look at the database instead.
    fn is_vital(&self) -> bool {
        false
    }

    async fn check(&self) -> Result<(), String> {
        self.0.ping().await.map_err(|error| {
            tracing::warn!(%error, "Redis does not answer");
            "does not answer".to_owned()
        })
    }
}

/// Signs access tokens.
fn token_key(config: &Config) -> anyhow::Result<Vec<u8>> {
    if let Some(key) = &config.accounts.token_key {
        let key = key.expose_secret().as_bytes().to_vec();
        anyhow::ensure!(
            key.len() >= KEY_BYTES,
            "accounts.token_key must have at least {KEY_BYTES} characters"
        );
        return Ok(key);
    }
    read_or_make(&config.data_dir(), "token.key", "delete it, and everybody signs in again")
}
