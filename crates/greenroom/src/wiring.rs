//! Puts the parts together.

use crate::config::{Config, database_url, make_private};
use crate::models::Models;
use anyhow::Context;
use greenroom_app::accounts::Tokens;
use greenroom_app::calibration::{self, CalibrateBank};
use greenroom_app::evaluations::EvaluateAnswer;
use greenroom_app::interviews::AskNextQuestion;
use greenroom_app::models::{self, Sealer};
use greenroom_app::{App, Parts, SystemClock, SystemIds, bank};
use greenroom_jobs::{Runner, RunnerOptions, Waker};
use greenroom_providers::bank::{Bank, Shelf};
use greenroom_providers::builtin::BuiltinInterviewer;
use greenroom_store::Store;
use secrecy::{ExposeSecret, SecretString};
use std::path::Path;
use std::sync::Arc;

/// Bytes of the keys that are made, and fewest characters of those that are configured.
const KEY_BYTES: usize = 32;

/// The application and the runner of its background work.
pub struct Wired {
    /// The use cases.
    pub app: App,
    /// Does the background work.
    pub runner: Runner,
}

/// Opens the database and puts everything together.
pub async fn wire(config: &Config) -> anyhow::Result<Wired> {
    let store = open_store(config).await?;
    let clock = Arc::new(SystemClock);
    let waker = Waker::default();
    let bank = Shelf::from(Bank::shipped().context("the question bank cannot be read")?);
    let models = Arc::new(Models::new(config, clock.clone(), bank.clone())?);
    let app = App::new(Parts {
        store: store.clone(),
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
        rubrics: greenroom_scoring::rubrics::shipped(),
        interviewer: Arc::new(BuiltinInterviewer::new(bank.clone())),
        engines: models.engines(models.configured()),
        vendors: models,
        sealer: Sealer::new(&secret_key(config)?),
        waker: waker.clone(),
        tokens: Tokens::new(&token_key(config)?),
        executable: std::env::current_exe().context("the program cannot find itself")?,
        accounts: config.accounts.clone(),
        interviews: config.interviews.clone(),
        resumes: config.resumes.clone(),
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
    let handlers: Vec<Arc<dyn greenroom_jobs::Handler>> = vec![
        Arc::new(EvaluateAnswer { app: app.clone() }),
        Arc::new(AskNextQuestion { app: app.clone() }),
        Arc::new(CalibrateBank { app: app.clone() }),
    ];
    let runner = Runner::new(store, clock, waker, handlers, RunnerOptions::default());
    Ok(Wired { app, runner })
}

/// Opens the database and brings it up to date.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let url = database_url(config)?;
    Store::open(&url, &config.database).await.context("the database cannot be opened (database.url)")
}

/// Signs access tokens.
fn token_key(config: &Config) -> anyhow::Result<Vec<u8>> {
    let lost = "delete it, and everybody signs in again";
    key(config, config.accounts.token_key.as_ref(), "accounts.token_key", "token.key", lost)
}

/// Encrypts keys of vendors.
fn secret_key(config: &Config) -> anyhow::Result<Vec<u8>> {
    let lost = "put the right one back, or delete it and enter the keys of model providers again";
    key(config, config.secrets.key.as_ref(), "secrets.key", "secret.key", lost)
}

/// The configured key, else one that is made at the first start and kept in the data directory.
fn key(
    config: &Config,
    configured: Option<&SecretString>,
    setting: &str,
    file: &str,
    lost: &str,
) -> anyhow::Result<Vec<u8>> {
    if let Some(key) = configured {
        let key = key.expose_secret().as_bytes().to_vec();
        anyhow::ensure!(key.len() >= KEY_BYTES, "{setting} must have at least {KEY_BYTES} characters");
        return Ok(key);
    }
    let dir = config.data_dir();
    make_private(&dir)?;
    let file = dir.join(file);
    match std::fs::read(&file) {
        Ok(key) if key.len() >= KEY_BYTES => Ok(key),
        Ok(_) => anyhow::bail!("{} is too short; {lost}", file.display()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key(&file),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}

fn make_key(file: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Write;
    let key: [u8; KEY_BYTES] = rand::random();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file).with_context(|| format!("{} cannot be written", file.display()))?;
    out.write_all(&key)?;
    out.sync_all()?;
    Ok(key.to_vec())
}
