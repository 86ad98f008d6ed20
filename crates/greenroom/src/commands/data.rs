//! `greenroom migrate`, `backup`, `restore`.

use super::{Failure, run};
use crate::config::{Config, Source, database_url};
use crate::wiring::open_store;
use anyhow::Context;
use greenroom_store::Store;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub fn migrate(source: Source) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let engine = run(async { Ok(open_store(&config).await?.engine()) })?;
    println!("The database ({engine:?}) is up to date.");
    Ok(ExitCode::SUCCESS)
}

/// Only its owner may read a copy: it holds what people said, and their passwords' hashes.
pub fn backup(source: Source, file: &Path) -> Result<ExitCode, Failure> {
    let database = sqlite_file(&source, "pg_dump")?;
    if !database.exists() {
        return Err(Failure::BadInput(format!("there is no database at {}", database.display())));
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
    let copied = run(async { Ok(Store::copy(&database, file).await?) });
    if copied.is_err() {
        // Half a copy is none.
        let _ = fs::remove_file(file);
    }
    copied?;
    copy.sync_all()?;
    println!("{}", file.display());
    Ok(ExitCode::SUCCESS)
}

/// The database that was there is kept beside the new one. A copy that cannot be used changes nothing.
pub fn restore(source: Source, file: &Path) -> Result<ExitCode, Failure> {
    let target = sqlite_file(&source, "pg_restore")?;
    if target.exists() && run(async { Ok(Store::is_in_use(&target).await) })? {
        return Err(Failure::BadInput(format!("{} is in use; stop the server first", target.display())));
    }
    let fresh = beside(&target, ".restoring");
    let made = make_ready(file, &fresh);
    if made.is_err() {
        for end in ["", "-journal"] {
            let _ = fs::remove_file(beside(&fresh, end));
        }
    }
    made?;
    let old = if target.exists() { Some(set_aside(&target)?) } else { None };
    fs::rename(&fresh, &target)?;
    match old {
        Some(old) => println!("Restored. What was there before is in {}", old.display()),
        None => println!("Restored."),
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

/// The same name with `end` behind it.
fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The file of the database; on PostgreSQL the name of the tool that does it instead.
fn sqlite_file(source: &Source, instead: &str) -> Result<PathBuf, Failure> {
    let url = database_url(&load(source)?)?;
    Store::file(&url).ok_or_else(|| Failure::BadInput(format!("on PostgreSQL, use {instead}")))
}

fn load(source: &Source) -> Result<Config, Failure> {
    Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))
}
