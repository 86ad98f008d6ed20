//! What the program needs to do its work, and whether that answers.

use super::token_key::TokenKey;
use crate::App;
use crate::clock_watch::clock_doubt;
use async_trait::async_trait;
use futures::future::join_all;
use greenroom_telemetry::disk::Space;
use greenroom_telemetry::{database, disk};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a check may take before the dependency counts as gone.
const PATIENCE: Duration = Duration::from_secs(2);
/// Below this a database or a file soon cannot be written, bytes.
const LEAST_SPACE: u64 = 64 * 1024 * 1024;

/// Something that the program needs.
#[async_trait]
pub trait Dependency: Send + Sync {
    /// One word for operators, for example `database`.
    fn name(&self) -> &'static str;

    /// Whether nothing goes on without it. Without what is not vital a node is slower, or people sign in more often.
    fn is_vital(&self) -> bool {
        true
    }

    /// Its space, when it is a disk.
    fn space(&self) -> Option<Space> {
        None
    }

    /// Asks it for a sign of life. The error says in a sentence what is wrong, without secrets.
    async fn check(&self) -> Result<(), String>;
}

/// What a check showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was checked.
    pub name: &'static str,
    /// Whether nothing goes on without it.
    pub is_vital: bool,
    /// How long it took.
    pub took: Duration,
    /// What is wrong; `None` when it answers.
    pub problem: Option<String>,
}

/// Checks everything that the program needs, all at once. Two seconds at most.
pub async fn check(app: &App) -> Vec<Checked> {
    let others = app.parts().dependencies.iter().map(AsRef::as_ref);
    let (database, token_key, clock) = (Database { app }, TokenKey { app }, OwnClock { app });
    let own: [&dyn Dependency; 3] = [&database, &token_key, &clock];
    let all = own.into_iter().chain(others);
    join_all(all.map(checked)).await
}

async fn checked(dependency: &dyn Dependency) -> Checked {
    let began = Instant::now();
    let late = || Err(format!("no answer within {} s", PATIENCE.as_secs()));
    let outcome = tokio::time::timeout(PATIENCE, dependency.check()).await.unwrap_or_else(|_| late());
    let (name, took) = (dependency.name(), began.elapsed());
    database::dependency(name, outcome.is_ok(), took);
    Checked { name, is_vital: dependency.is_vital(), took, problem: outcome.err() }
}

struct Database<'a> {
    app: &'a App,
}

#[async_trait]
impl Dependency for Database<'_> {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), String> {
        self.app.store().ping().await.map_err(|error| {
            tracing::warn!(%error, "the database does not answer");
            "does not answer".to_owned()
        })
    }
}

/// The clock of this machine.
struct OwnClock<'a> {
    app: &'a App,
}

#[async_trait]
impl Dependency for OwnClock<'_> {
    fn name(&self) -> &'static str {
        "clock"
    }

    /// Only what deletes waits for it.
    fn is_vital(&self) -> bool {
        false
    }

    /// Where the database does not answer, the clock counts as fine: that is told elsewhere.
    async fn check(&self) -> Result<(), String> {
        match clock_doubt(self.app).await {
            Ok(Some(doubt)) => Err(doubt.to_string()),
            Ok(None) | Err(_) => Ok(()),
        }
    }
}

/// The disk of the data directory.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder.
    pub folder: PathBuf,
}

#[async_trait]
impl Dependency for Disk {
    fn name(&self) -> &'static str {
        "disk"
    }

    fn space(&self) -> Option<Space> {
        disk::space(&self.folder).ok()
    }

    /// Where the space cannot be told, the disk counts as fine.
    async fn check(&self) -> Result<(), String> {
        let Ok(space) = disk::space(&self.folder) else { return Ok(()) };
        disk::record(space);
        is_enough(space)
    }
}

/// Whether files can still be written; the error says how much is left.
pub(crate) fn is_enough(space: Space) -> Result<(), String> {
    if space.free < LEAST_SPACE {
        return Err(format!("only {} MiB are left", space.free / (1024 * 1024)));
    }
    Ok(())
}
