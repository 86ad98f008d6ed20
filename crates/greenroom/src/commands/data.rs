//! `greenroom migrate`, `backup`, `restore`.

use super::{Failure, run};
use crate::config::{Config, Source, database_url};
use crate::wiring::open_store;
use std::path::Path;
use std::process::ExitCode;

pub fn migrate(source: Source) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let engine = run(async { Ok(open_store(&config).await?.engine()) })?;
    println!("The database ({engine:?}) is up to date.");
    Ok(ExitCode::SUCCESS)
}

pub fn backup(source: Source, file: &Path) -> Result<ExitCode, Failure> {
    if file.exists() {
        return Err(Failure::BadInput(format!("{} is there already; choose another name", file.display())));
    }
    let config = load(&source)?;
    run(async { Ok(open_store(&config).await?.backup_to(file).await?) })?;
    println!("{}", file.display());
    Ok(ExitCode::SUCCESS)
}

/// The database that was there is kept beside the new one.
pub fn restore(source: Source, file: &Path) -> Result<ExitCode, Failure> {
    let config = load(&source)?;
    let url = database_url(&config)?;
    let Some(target) =
        url.strip_prefix("sqlite://").map(|path| Path::new(path.split('?').next().unwrap_or(path)))
    else {
        return Err(Failure::BadInput("on PostgreSQL, use pg_restore".to_owned()));
    };
    let head = std::fs::read(file)
        .map_err(|error| Failure::BadInput(format!("{} cannot be read: {error}", file.display())))?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(Failure::BadInput(format!("{} is not a backup of Greenroom", file.display())));
    }
    let old = target.with_extension("db.before-restore");
    if target.exists() {
        // Folds the log into the file, so that the copy beside it is whole.
        run(async { Ok(open_store(&config).await?.close().await?) })?;
        std::fs::rename(target, &old)?;
    }
    for log in ["db-wal", "db-shm"] {
        let log = target.with_extension(log);
        if log.exists() {
            std::fs::remove_file(log)?;
        }
    }
    std::fs::copy(file, target)?;
    run(async { Ok(open_store(&config).await?.ping().await?) })?;
    println!("Restored. What was there before is in {}", old.display());
    Ok(ExitCode::SUCCESS)
}

fn load(source: &Source) -> Result<Config, Failure> {
    Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))
}
