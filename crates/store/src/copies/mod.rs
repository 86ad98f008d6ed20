//! Copies of a database: taken while it is in use, checked before they take its place. A copy is an SQLite file,
//! whatever engine it was taken from.

mod server;
mod tables;

pub use server::Progress;

use crate::Store;
use crate::dialect;
use crate::entities::person_keys;
use crate::error::{Result, StoreError};
use crate::migrations;
use crate::sealing::WrappedKey;
use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, EntityTrait, QueryOrder, Statement,
};
use std::path::{Path, PathBuf};

impl Store {
    /// The file behind `url`; `None` when that names no SQLite database.
    pub fn file(url: &str) -> Option<PathBuf> {
        dialect::file(url)
    }

    /// Writes a consistent copy of the database `file` to `copy`, which must not exist or be empty. The database
    /// may be in use; it is not brought up to date.
    pub async fn copy(file: &Path, copy: &Path) -> Result<()> {
        let db = alone(file, None).await?;
        let copy = copy.to_str().ok_or(StoreError::NotACopy)?.replace('\'', "''");
        db.execute_unprepared(&format!("VACUUM INTO '{copy}'")).await?;
        Ok(db.close().await?)
    }

    /// Takes the keys of people out of a copy: without them nobody reads what they said. They are overwritten there.
    pub async fn take_keys_out(copy: &Path) -> Result<Vec<WrappedKey>> {
        let db = alone(copy, Some(SqliteJournalMode::Delete)).await?;
        // One from before there were keys has no such table.
        let keys = person_keys::Entity::find().order_by_asc(person_keys::Column::UserId).all(&db).await;
        let keys = keys.unwrap_or_default();
        if !keys.is_empty() {
            db.execute_unprepared("PRAGMA secure_delete = ON; DELETE FROM person_keys; VACUUM").await?;
        }
        db.close().await?;
        Ok(keys.into_iter().map(WrappedKey::from).collect())
    }

    /// Whether somebody else has the database `file` open. Folds its log into it if not.
    pub async fn is_in_use(file: &Path) -> bool {
        // To change the kind of log, SQLite must be alone with the file.
        match alone(file, Some(SqliteJournalMode::Delete)).await {
            Ok(db) => db.close().await.is_err(),
            // One that is broken is not in use.
            Err(error) => {
                matches!(error, StoreError::Unavailable(cause) if cause.to_string().contains("locked"))
            }
        }
    }

    /// Makes a copy ready for use: it must be whole and a database of this program, and is brought up to date.
    /// Nothing of it is left beside `copy`.
    pub async fn make_ready(copy: &Path) -> Result<()> {
        let not_a_copy = |_| StoreError::NotACopy;
        let db = alone(copy, Some(SqliteJournalMode::Delete)).await.map_err(|_| StoreError::NotACopy)?;
        let ask = |sql: &str| db.query_one_raw(Statement::from_string(db.get_database_backend(), sql));
        let checked = ask("PRAGMA quick_check").await.map_err(not_a_copy)?.ok_or(StoreError::NotACopy)?;
        if checked.try_get_by_index::<String>(0).map_err(not_a_copy)? != "ok" {
            return Err(StoreError::NotACopy);
        }
        ask("SELECT COUNT(*) FROM seaql_migrations").await.map_err(not_a_copy)?;
        migrations::up(dialect::Engine::Sqlite, &db).await?;
        Ok(db.close().await?)
    }

    /// Whether the database `file` holds nothing that a restore would take away. One that cannot be read holds
    /// something.
    pub async fn is_empty(file: &Path) -> bool {
        let found = async {
            let db = alone(file, None).await?;
            let found = tables::are_empty(&db, &tables::tables(&db).await?).await;
            db.close().await?;
            found
        };
        found.await.unwrap_or(false)
    }
}

/// Something that no copy of this program has.
fn refused(what: &str) -> StoreError {
    StoreError::Internal(DbErr::Custom(what.to_owned()))
}

/// One connection to a file that is there.
async fn alone(file: &Path, journal: Option<SqliteJournalMode>) -> Result<DatabaseConnection> {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite://");
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.filename(&file).create_if_missing(false).foreign_keys(true);
        match journal {
            Some(journal) => sqlite.journal_mode(journal),
            None => sqlite,
        }
    });
    Ok(Database::connect(options).await?)
}
