//! `greenroom migrate`, `backup`.

use super::{Failure, operator, run};
use crate::config::{Config, Source, database_url};
use crate::key_file;
use crate::master_keys::{has_key, keyring};
use crate::object_copies;
use crate::wiring::{has_its_keys, open_store};
use anyhow::Context;
use greenroom_app::SystemClock;
use greenroom_domain::audit::{Action, AuditEntry};
use greenroom_domain::clock::Clock;
use greenroom_store::{Engine, Store};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub fn migrate(source: Source, cut_log: bool) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let (engine, was_cut) = run(async {
        let store = open_store(&config).await?;
        let was_cut = cut_log && store.cut_log(SystemClock.now()).await?;
        Ok((store.engine(), was_cut))
    })?;
    println!("The database ({engine:?}) is up to date.");
    match (cut_log, engine) {
        (true, Engine::Sqlite) => {
            return Err(Failure::BadInput("only a log on PostgreSQL can be cut into parts".to_owned()));
        }
        (true, Engine::Postgres) if was_cut => println!("The log of events is in parts from now on."),
        (true, Engine::Postgres) => println!("The log of events was in parts already."),
        (false, _) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Only its owner may read a copy: it holds what people said, and their passwords' hashes.
/// The keys of people are taken out of it: a copy cannot tell what somebody said whose key is gone since.
pub fn backup(source: Source, file: &Path, keys: Option<PathBuf>) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let url = database_url(&config)?;
    let database = Store::file(&url);
    if let Some(missing) = database.as_ref().filter(|database| !database.exists()) {
        return Err(Failure::BadInput(format!("there is no database at {}", missing.display())));
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let copy = options.open(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::BadInput(format!("{} is there already; choose another name", file.display()))
        }
        _ => Failure::BadInput(format!("{} cannot be written: {error}", file.display())),
    })?;
    let keys = keys.unwrap_or_else(|| beside(file, ".keys"));
    let files = beside(file, ".objects");
    if files.exists() {
        discard(file);
        return Err(Failure::BadInput(format!("{} is there already; choose another name", files.display())));
    }
    let bar = Bar::new("copied");
    let copied = run(async {
        match &database {
            Some(database) => Store::copy(database, file).await?,
            None => Store::copy_server(&url, &config.database, file, &mut bar.rows()).await?,
        }
        key_file::write_keys(&Store::take_keys_out(file).await?, &keys)?;
        // Behind the database: what it knows was there when it was copied, or is deleted since.
        match object_copies::folder(&config) {
            Some(folder) => Ok(Some(object_copies::write(&folder, &files)?)),
            None => Ok(None),
        }
    });
    if copied.is_err() {
        // Half a copy is none.
        discard(file);
    }
    let files_copied = copied?;
    copy.sync_all()?;
    println!("{}", file.display());
    eprintln!("The keys are in {}; keep them apart from the copy, and only the newest.", keys.display());
    match files_copied {
        Some(count) => eprintln!("{count} files of people are in {}.", files.display()),
        None => eprintln!("Files of people lie in {}; copy them by its own means.", shown(&config)),
    }
    let details = match files_copied {
        Some(count) => format!("{count} files of people beside it, the keys in {}", keys.display()),
        None => format!("without files of people, the keys in {}", keys.display()),
    };
    let noted = run(note(&config, &url, operator::entry(Action::BackupMade, file, file, &details)));
    if let Err(Failure::Failed(error)) = noted {
        eprintln!("The copy is whole, but the audit log does not say that it was made: {error:#}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds to the audit log of the database that was copied, which is not changed in any other way.
async fn note(config: &Config, url: &str, entry: AuditEntry) -> anyhow::Result<()> {
    anyhow::ensure!(has_key(config), "the master key that seals it is not here");
    let store = Store::open_as_it_is(url, &config.database, keyring(config)?).await?;
    let store = store.context("the database is of another version of the program")?;
    has_its_keys(&store).await?;
    store.write_audit(&entry).await?;
    Ok(store.close().await?)
}

/// Where files lie, as it was configured.
fn shown(config: &Config) -> &str {
    config.objects.url.as_deref().unwrap_or("the data directory")
}

/// Removes a database that did not come to be, with what SQLite put beside it.
pub(super) fn discard(file: &Path) {
    for end in ["", "-journal", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(file, end));
    }
}

/// Shows on a terminal how far it is.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(done: &'static str) -> Self {
        let style = format!("{{bar:40}} {{human_pos}} of {{human_len}} rows {done}, {{eta}} left");
        let bar = ProgressBar::no_length();
        if let Ok(style) = ProgressStyle::with_template(&style) {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(super) fn rows(&self) -> impl FnMut(u64, u64) + Send {
        let bar = self.0.clone();
        move |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The same name with `end` behind it.
pub(super) fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

pub(super) fn load(source: &Source) -> Result<Config, Failure> {
    Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))
}
