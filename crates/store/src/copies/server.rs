//! Copies of a PostgreSQL database, as SQLite files: one form for both engines, so a copy of either goes back into
//! either.

use super::tables::{Table, are_empty, count, tables};
use super::{alone, refused};
use crate::dialect;
use crate::entities::users;
use crate::error::{Result, StoreError};
use crate::migrations::{Migrator, applied};
use crate::{Options, Store};
use futures::TryStreamExt;
use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, EntityTrait, IsolationLevel, QuerySelect, Statement,
    StreamTrait, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

/// Values bound to one statement at most; SQLite takes 32766.
const MOST_VALUES: usize = 30_000;
/// How often it is looked whether somebody is connected: who has just hung up is seen for a moment more.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(100);
/// Rows that are inserted at once, at most.
const MOST_ROWS: usize = 500;

/// Told how many rows of how many are copied.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

impl Store {
    /// Writes a consistent copy of the PostgreSQL database at `url` to the SQLite file `copy`, which must be there and
    /// be empty. The database may be in use: the copy holds what was committed when it began. It is not brought up to
    /// date, and neither is its copy.
    pub async fn copy_server(url: &str, options: &Options, copy: &Path, told: Progress<'_>) -> Result<()> {
        let db = dialect::connect(url, options).await?.1;
        let snapshot =
            db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?;
        let steps = applied(&snapshot).await?;
        let file = alone(copy, Some(SqliteJournalMode::Delete)).await?;
        Migrator::up(&file, Some(steps)).await?;
        let tables = tables(&file).await?;
        let target = file.begin().await?;
        let mut carrying = Carrying { total: count(&snapshot, &tables).await?, done: 0, told };
        for table in &tables {
            carrying.table(&snapshot, &target, table).await?;
        }
        target.commit().await?;
        snapshot.rollback().await?;
        file.close().await?;
        Ok(db.close().await?)
    }

    /// Whether a copy may take the place of what is in the PostgreSQL database at `url`, which is brought up to date:
    /// [`StoreError::InUse`] or [`StoreError::NotEmpty`] when not.
    pub async fn may_be_replaced(url: &str, options: &Options, replace: bool) -> Result<()> {
        let db = alone_at(url, options).await?;
        let is_empty = users::Entity::find().limit(1).all(&db).await?.is_empty();
        db.close().await?;
        if replace || is_empty { Ok(()) } else { Err(StoreError::NotEmpty) }
    }

    /// Puts the copy `copy`, made ready with [`Store::make_ready`], into the PostgreSQL database at `url`, all or
    /// nothing. `replace` wipes what is there first; without it a database that holds anything is refused. Nobody else
    /// may be connected to it.
    pub async fn restore_server(
        copy: &Path,
        url: &str,
        options: &Options,
        replace: bool,
        told: Progress<'_>,
    ) -> Result<()> {
        let db = alone_at(url, options).await?;
        let file = alone(copy, None).await?;
        let tables = tables(&file).await?;
        let target = db.begin().await?;
        if !replace && !are_empty(&target, &tables).await? {
            return Err(StoreError::NotEmpty);
        }
        let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
        target.execute_unprepared(&format!("TRUNCATE {}", names.join(", "))).await?;
        let mut carrying = Carrying { total: count(&file, &tables).await?, done: 0, told };
        for table in &tables {
            carrying.table(&file, &target, table).await?;
        }
        target.commit().await?;
        file.close().await?;
        Ok(db.close().await?)
    }
}

/// A connection to a database, up to date, that nobody else is connected to.
async fn alone_at(url: &str, options: &Options) -> Result<DatabaseConnection> {
    let (engine, db, _) = dialect::connect(url, options).await?;
    let mut tries = 0;
    while others(&db).await? > 0 {
        tries += 1;
        if tries == TRIES {
            return Err(StoreError::InUse);
        }
        tokio::time::sleep(PAUSE).await;
    }
    crate::migrations::up(engine, &db).await?;
    Ok(db)
}

/// Connections to this database that are not ours.
async fn others(db: &DatabaseConnection) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.ok_or_else(|| refused("it does not say who is connected"))?.try_get_by_index(0)?)
}

struct Carrying<'a> {
    total: u64,
    done: u64,
    told: Progress<'a>,
}

impl Carrying<'_> {
    /// Carries all rows of a table over.
    async fn table(
        &mut self,
        from: &(impl ConnectionTrait + StreamTrait),
        to: &impl ConnectionTrait,
        table: &Table,
    ) -> Result<()> {
        let at_once = (MOST_VALUES / table.columns.len().max(1)).clamp(1, MOST_ROWS);
        let select = Statement::from_string(ConnectionTrait::get_database_backend(from), table.select());
        let mut rows = pin!(from.stream_raw(select).await?);
        let mut waiting: Vec<Vec<Value>> = Vec::with_capacity(at_once);
        while let Some(row) = rows.try_next().await? {
            waiting.push(table.values(&row)?);
            if waiting.len() == at_once {
                self.insert(to, table, &mut waiting).await?;
            }
        }
        self.insert(to, table, &mut waiting).await
    }

    async fn insert(
        &mut self,
        to: &impl ConnectionTrait,
        table: &Table,
        waiting: &mut Vec<Vec<Value>>,
    ) -> Result<()> {
        if waiting.is_empty() {
            return Ok(());
        }
        let sql = table.insert(waiting.len());
        self.done += waiting.len() as u64;
        let values: Vec<Value> = waiting.drain(..).flatten().collect();
        to.execute_raw(Statement::from_sql_and_values(to.get_database_backend(), sql, values)).await?;
        (self.told)(self.done, self.total);
        Ok(())
    }
}
