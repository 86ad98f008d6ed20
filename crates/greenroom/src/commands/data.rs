//! `greenroom migrate`, `backup`.

use super::{Failure, run};
use crate::config::{Config, Source, database_url};
use crate::key_file;
use crate::wiring::open_store;
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
/// The keys of people are taken out of it: a copy cannot tell what somebody said whose key is gone since.
pub fn backup(source: Source, file: &Path, keys: Option<PathBuf>) -> Result<ExitCode, Failure> {
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
    let keys = keys.unwrap_or_else(|| beside(file, ".keys"));
    let copied = run(async {
        Store::copy(&database, file).await?;
        key_file::write_keys(&Store::take_keys_out(file).await?, &keys)
    });
    if copied.is_err() {
        // Half a copy is none.
        let _ = fs::remove_file(file);
    }
    copied?;
    copy.sync_all()?;
    println!("{}", file.display());
    eprintln!("The keys are in {}; keep them apart from the copy, and only the newest.", keys.display());
    Ok(ExitCode::SUCCESS)
}

/// The same name with `end` behind it.
pub(super) fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The file of the database; on PostgreSQL the name of the tool that does it instead.
pub(super) fn sqlite_file(source: &Source, instead: &str) -> Result<PathBuf, Failure> {
    let url = database_url(&load(source)?)?;
    Store::file(&url).ok_or_else(|| Failure::BadInput(format!("on PostgreSQL, use {instead}")))
}

pub(super) fn load(source: &Source) -> Result<Config, Failure> {
    Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))
}
