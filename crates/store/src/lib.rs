//! The database: the only crate that knows SQL. SQLite and PostgreSQL, one code path.
//!
//! Rows are turned into domain types before they leave, and what people said is encrypted before it is stored.
//! Somebody else's row is not found, in the query itself. Every write transaction begins with [`Store::begin`], which takes SQLite's write lock at once;
//! interviews grow through [`Store::append`], which groups what waits into one commit.
#![deny(missing_docs)]

mod accounts;
mod append;
mod attempts;
mod audit;
mod bank_questions;
mod clock_marks;
mod configs;
mod copies;
mod dialect;
mod entities;
mod erasures;
mod error;
mod evaluations;
mod feedback;
mod idempotency;
mod identities;
mod job_list;
mod jobs;
mod judge_checks;
mod leases;
mod managed_users;
mod migrations;
mod model_providers;
mod objects;
mod options;
mod page;
mod parts;
mod pools;
mod question_calibrations;
mod resumes;
mod retention;
mod rows;
mod schedules;
mod sealing;
mod sessions;
mod sign_ins;
mod spending;
mod tls;
mod tokens;
mod voice_parts;
mod voice_turns;

pub use append::{Append, NewSession};
pub use audit::{AuditCheck, AuditFilter, AuditMark};
pub use clock_marks::ClockMark;
pub use copies::Progress;
pub use dialect::Engine;
pub use error::{Constraint, StoreError};
pub use idempotency::{IdempotencyRecord, Reserved};
pub use identities::Unlinked;
pub use job_list::JobFilter;
pub use jobs::JobCounts;
pub use managed_users::{ManagedUser, UserFilter, UserGroup};
pub use model_providers::StoredProvider;
pub use objects::{LeftToDelete, ObjectsLeft};
pub use options::Options;
pub use page::{Page, Paged};
pub use pools::PoolUse;
pub use retention::{Aged, Held};
pub use sealing::{CannotOpen, Keyring, KeysOf, ObjectSeal, SealingAt, Unsealed, WrappedKey};
pub use sessions::SessionFilter;
pub use tokens::{Exchange, RefreshToken, Rotation};

use append::Appender;
use error::Result;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};
use sealing::PeopleKeys;

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    read: DatabaseConnection,
    write: DatabaseConnection,
    appender: Appender,
    keys: Keyring,
    people: PeopleKeys,
}

impl Store {
    /// Connects to `url` (`sqlite://PATH` or `postgres://…`), makes the file when it is not there, and
    /// brings the tables up to date. What people say is encrypted under `keys`.
    pub async fn open(url: &str, options: &Options, keys: Keyring) -> Result<Self> {
        let (engine, read, write) = dialect::connect(url, options).await?;
        migrations::up(engine, &write).await?;
        Ok(Self::of(engine, read, write, keys))
    }

    /// The same without changing any table; `None` where they are not up to date.
    pub async fn open_as_it_is(url: &str, options: &Options, keys: Keyring) -> Result<Option<Self>> {
        let (engine, read, write) = dialect::connect(url, options).await?;
        let is_up_to_date = migrations::are_applied(&write).await?;
        let store = Self::of(engine, read, write, keys);
        if is_up_to_date {
            return Ok(Some(store));
        }
        store.close().await?;
        Ok(None)
    }

    fn of(engine: Engine, read: DatabaseConnection, write: DatabaseConnection, keys: Keyring) -> Self {
        let appender = Appender::start(&write, engine);
        Self { engine, appender, read, write, keys, people: PeopleKeys::default() }
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<()> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Whether nobody on the way can read what goes to the database.
    pub async fn is_encrypted(&self) -> Result<bool> {
        dialect::is_encrypted(self.engine, &self.read).await
    }

    /// Closes the connections; waits for what is under way.
    pub async fn close(self) -> Result<()> {
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }

    /// Begins a write transaction; it rolls back unless committed.
    async fn begin(&self) -> Result<DatabaseTransaction> {
        Ok(self.write.begin_with_options(dialect::write_options(self.engine)).await?)
    }
}
