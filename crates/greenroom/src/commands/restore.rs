//! `greenroom restore`.

use super::data::{beside, load, sqlite_file};
use super::{Failure, run};
use crate::config::{Config, Source};
use crate::key_file;
use crate::master_keys::keyring;
use crate::wiring::has_its_keys;
use anyhow::Context;
use greenroom_app::SystemClock;
use greenroom_domain::clock::Clock;
use greenroom_store::{Store, WrappedKey};
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
}

/// The database that was there is kept beside the new one. A copy that cannot be used changes nothing.
/// Who was erased since the copy was made stays erased.
pub fn restore(source: Source, file: &Path, keys: Option<PathBuf>) -> Result<ExitCode, Failure> {
    let target = sqlite_file(&source, "pg_restore")?;
    if target.exists() && run(async { Ok(Store::is_in_use(&target).await) })? {
        return Err(Failure::BadInput(format!("{} is in use; stop the server first", target.display())));
    }
    let fresh = beside(&target, ".restoring");
    let config = load(&source)?;
    let keys = keys_for(file, keys)?;
    let made = make_ready(file, &fresh).and_then(|()| run(take_over(&config, &target, &fresh, keys)));
    if made.is_err() {
        for end in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&fresh, end));
        }
    }
    let erased = made?;
    let old = if target.exists() { Some(set_aside(&target)?) } else { None };
    fs::rename(&fresh, &target)?;
    match old {
        Some(old) => println!("Restored. What was there before is in {}", old.display()),
        None => println!("Restored."),
    }
    if erased > 0 {
        println!("{erased} people and interviews of the copy were erased since, and stay so.");
    }
    Ok(ExitCode::SUCCESS)
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

/// Gives the copy the keys of its people, and erases who was erased since. Returns how many that were.
async fn take_over(
    config: &Config,
    target: &Path,
    fresh: &Path,
    keys: Vec<WrappedKey>,
) -> anyhow::Result<u64> {
    // One that is broken has nothing to say.
    let present =
        if target.exists() { present(config, target).await.unwrap_or_default() } else { Present::default() };
    let store = open(config, fresh).await?;
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
    store.close().await?;
    // Folds its log into it: only the file itself is moved.
    anyhow::ensure!(!Store::is_in_use(fresh).await, "{} is in use", fresh.display());
    Ok(erased)
}

async fn present(config: &Config, target: &Path) -> anyhow::Result<Present> {
    let store = open(config, target).await?;
    let mut keys = Vec::new();
    loop {
        let some = store.wrapped_keys(keys.last().map(|key: &WrappedKey| key.user_id), 1000).await?;
        if some.is_empty() {
            break;
        }
        keys.extend(some);
    }
    let erased = store.erased_since(SystemClock.now().plus_ms(-AGES_MS)).await?;
    store.close().await?;
    Ok(Present { keys, erased })
}

async fn open(config: &Config, file: &Path) -> anyhow::Result<Store> {
    let url = format!("sqlite://{}", file.display());
    Ok(Store::open(&url, &config.database, keyring(config)?).await?)
}
