//! `greenroom restore`.

use super::data::{Bar, beside, discard, load};
use super::{Failure, operator, run};
use crate::config::{Config, Source, database_url};
use crate::key_file;
use crate::master_keys::keyring;
use crate::object_copies;
use crate::wiring::has_its_keys;
use anyhow::Context;
use greenroom_app::SystemClock;
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Clock;
use greenroom_store::{AuditMark, Store, StoreError, WrappedKey};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use uuid::Uuid;

/// Longer ago than anything is remembered, ms.
const AGES_MS: i64 = 20 * 365 * 86_400_000;

/// What the present database says of people, for the copy that takes its place.
#[derive(Default)]
struct Present {
    keys: Vec<WrappedKey>,
    erased: Vec<Uuid>,
    /// Where its audit log ends.
    log: Option<AuditMark>,
}

/// A copy that cannot be used changes nothing, and neither does one that would take data away, without `force`.
/// Who was erased since the copy was made stays erased.
pub fn restore(source: Source, file: &Path, keys: Option<PathBuf>, force: bool) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let url = database_url(&config)?;
    let keys = keys_for(file, keys)?;
    let erased = match Store::file(&url) {
        Some(target) => restore_file(&config, &target, file, keys, force),
        None => restore_server(&config, &url, file, keys, force),
    }?;
    let files = beside(file, ".objects");
    if let Some(folder) = object_copies::folder(&config).filter(|_| files.exists()) {
        let missing = run(async {
            let store = open(&config, &url).await?;
            let missing = object_copies::put_back(&store, &files, &folder).await?;
            store.close().await?;
            Ok(missing)
        })?;
        if missing > 0 {
            println!("{missing} files of people are neither here nor beside the copy.");
        }
    }
    if erased > 0 {
        println!("{erased} people and interviews of the copy were erased since, and stay so.");
    }
    Ok(ExitCode::SUCCESS)
}

/// The database that was there is kept beside the new one. Returns how many were erased since.
fn restore_file(
    config: &Config,
    target: &Path,
    file: &Path,
    keys: Vec<WrappedKey>,
    force: bool,
) -> Result<u64, Failure> {
    if target.exists() && run(async { Ok(Store::is_in_use(target).await) })? {
        return Err(Failure::BadInput(format!("{} is in use; stop the server first", target.display())));
    }
    let fresh = beside(target, ".restoring");
    let made = make_ready(file, &fresh).and_then(|()| {
        if target.exists() && !force && !run(async { Ok(Store::is_empty(target).await) })? {
            return Err(not_empty("The file that is there is kept beside the new one then."));
        }
        let present = target.exists().then(|| format!("sqlite://{}", target.display()));
        run(take_over(config, present, &fresh, file, keys))
    });
    if made.is_err() {
        discard(&fresh);
    }
    let erased = made?;
    let old = if target.exists() { Some(set_aside(target)?) } else { None };
    fs::rename(&fresh, target)?;
    match old {
        Some(old) => println!("Restored. What was there before is in {}", old.display()),
        None => println!("Restored."),
    }
    Ok(erased)
}

/// All or nothing, in one transaction. Returns how many were erased since.
fn restore_server(
    config: &Config,
    url: &str,
    file: &Path,
    keys: Vec<WrappedKey>,
    force: bool,
) -> Result<u64, Failure> {
    let folder = tempfile::tempdir().context("there is no room for a copy of the copy")?;
    let fresh = folder.path().join("copy");
    make_ready(file, &fresh)?;
    let bar = Bar::new("put back");
    let put_back = run(async {
        if let Err(error) = Store::may_be_replaced(url, &config.database, force).await {
            return Ok(Err(error));
        }
        let erased = take_over(config, Some(url.to_owned()), &fresh, file, keys).await?;
        let restored = Store::restore_server(&fresh, url, &config.database, force, &mut bar.rows()).await;
        Ok(restored.map(|()| erased))
    })?;
    match put_back {
        Ok(erased) => {
            println!("Restored.");
            Ok(erased)
        }
        Err(StoreError::NotEmpty) => Err(not_empty("What is there is gone then: make a backup of it first.")),
        Err(StoreError::InUse) => {
            let message = "somebody is connected to the database; stop all servers first";
            Err(Failure::BadInput(message.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

fn not_empty(then: &str) -> Failure {
    let message = "the database holds data already and nothing was changed; to replace it, add --force.";
    Failure::BadInput(format!("{message} {then}"))
}

/// A copy of the copy, checked and up to date.
fn make_ready(file: &Path, fresh: &Path) -> Result<(), Failure> {
    if let Some(folder) = fresh.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(file, fresh)
        .map_err(|error| Failure::BadInput(format!("{} cannot be copied: {error}", file.display())))?;
    run(async { Ok(Store::make_ready(fresh).await) })?.map_err(|error| {
        let reason = anyhow::Error::from(error);
        Failure::BadInput(format!("{} cannot be restored: {reason:#}", file.display()))
    })?;
    Ok(fs::File::open(fresh)?.sync_all()?)
}

/// Moves a database and what belongs to it out of the way; returns its new name.
fn set_aside(database: &Path) -> Result<PathBuf, Failure> {
    let numbered = (2..).map(|number| beside(database, &format!(".before-restore-{number}")));
    let mut names = std::iter::once(beside(database, ".before-restore")).chain(numbered);
    let old = names.find(|name| !name.exists()).context("every name is taken")?;
    for end in ["", "-wal", "-shm"] {
        let part = beside(database, end);
        if part.exists() {
            fs::rename(part, beside(&old, end))?;
        }
    }
    Ok(old)
}

/// The keys in the file that goes with the copy; none when it is not there and was not named.
fn keys_for(copy: &Path, named: Option<PathBuf>) -> Result<Vec<WrappedKey>, Failure> {
    let file = named.clone().unwrap_or_else(|| beside(copy, ".keys"));
    if named.is_none() && !file.exists() {
        return Ok(Vec::new());
    }
    key_file::read(&file).map_err(|error| Failure::BadInput(format!("{error:#}")))
}

/// Gives the copy the keys of its people, erases who was erased since, by what the database at `present` says, and notes
/// in its audit log that `file` was put back. Returns how many were erased.
async fn take_over(
    config: &Config,
    present: Option<String>,
    fresh: &Path,
    file: &Path,
    keys: Vec<WrappedKey>,
) -> anyhow::Result<u64> {
    // One that is broken has nothing to say.
    let present = match present {
        Some(url) => said_by(config, &url).await.unwrap_or_default(),
        None => Present::default(),
    };
    let store = open(config, &format!("sqlite://{}", fresh.display())).await?;
    store.put_wrapped_keys(&keys).await?;
    store.put_wrapped_keys(&present.keys).await?;
    let has_keys = !store.keys_of_people().await?.is_empty();
    let now = SystemClock.now();
    let mut erased = store.erase_again(&present.erased, now).await?;
    has_its_keys(&store).await?;
    if has_keys {
        erased += store.erase_unreadable(now).await?;
    } else {
        let unreadable = store.has_sealed_texts().await?;
        anyhow::ensure!(
            !unreadable,
            "what people said in this copy is encrypted, and their keys are not here: name the file with --keys"
        );
    }
    let before = match &present.log {
        Some(end) => format!("the log before ended at {end}"),
        None => "there was no log before".to_owned(),
    };
    let details = format!("{erased} erased since; {before}");
    store.write_audit(&operator::entry(Action::BackupRestored, file, fresh, &details)).await?;
    store.close().await?;
    // Folds its log into it: only the file itself is moved.
    anyhow::ensure!(!Store::is_in_use(fresh).await, "{} is in use", fresh.display());
    Ok(erased)
}

async fn said_by(config: &Config, url: &str) -> anyhow::Result<Present> {
    let store = open(config, url).await?;
    let mut keys = Vec::new();
    loop {
        let some = store.wrapped_keys(keys.last().map(|key: &WrappedKey| key.user_id), 1000).await?;
        if some.is_empty() {
            break;
        }
        keys.extend(some);
    }
    let erased = store.erased_since(SystemClock.now().plus_ms(-AGES_MS)).await?;
    let log = store.audit_end().await?;
    store.close().await?;
    Ok(Present { keys, erased, log })
}

async fn open(config: &Config, url: &str) -> anyhow::Result<Store> {
    Ok(Store::open(url, &config.database, keyring(config)?).await?)
}
