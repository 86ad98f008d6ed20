//! The only file that may ask which engine it is.

use crate::error::{Result, StoreError};
use crate::options::Options;
use crate::pools::{PoolUse, measure};
use crate::tls;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions,
};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Kinds of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file; the default.
    Sqlite,
    /// A server.
    Postgres,
}

/// The file behind `url` when that names an SQLite database.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url))?;
    options.ok().map(|options| options.get_filename().to_owned())
}

/// Connects for reading and for writing. On SQLite the writer is alone: writers would only wait for
/// each other, and seconds of it under load.
pub(crate) async fn connect(
    url: &str,
    options: &Options,
) -> Result<(Engine, DatabaseConnection, DatabaseConnection)> {
    if url.starts_with("sqlite:") {
        let mut write = Database::connect(sqlite(url, options, 1)).await?;
        let mut read = Database::connect(sqlite(url, options, options.max_connections.clamp(1, 4))).await?;
        measure(&mut write);
        measure(&mut read);
        Ok((Engine::Sqlite, read, write))
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        tls::check_files(url, |name| std::env::var(name).ok())?;
        let mut settings = shared(url, options);
        settings.max_connections(options.max_connections.max(2)).map_sqlx_postgres_opts(tls::settled);
        let mut pool = Database::connect(settings).await?;
        let encrypted = async || is_encrypted(Engine::Postgres, &pool).await.unwrap_or(false);
        if let Some(concern) = tls::concern(url, encrypted).await {
            tracing::warn!("the line to PostgreSQL {concern}; add sslmode=verify-full to database.url");
        }
        measure(&mut pool);
        Ok((Engine::Postgres, pool.clone(), pool))
    } else {
        Err(StoreError::UnknownEngine)
    }
}

/// Whether nobody on the way can read what goes to the database. An SQLite file is on no line.
pub(crate) async fn is_encrypted(engine: Engine, db: &DatabaseConnection) -> Result<bool> {
    if engine == Engine::Sqlite {
        return Ok(true);
    }
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.map(|row| row.try_get("", "ssl")).transpose()?.unwrap_or(false))
}

fn sqlite(url: &str, options: &Options, connections: u32) -> ConnectOptions {
    let mut settings = shared(url, options);
    let patience = Duration::from_millis(options.acquire_timeout_ms);
    settings
        .max_connections(connections)
        .map_sqlx_sqlite_opts(move |sqlite| durable(sqlite).busy_timeout(patience))
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_clean(connection))));
    settings
}

/// Whether a connection may be used again. When the disk is full, SQLite ends a transaction by itself and the driver does
/// not notice: the next commit would only end a part of a transaction that stays open, and acknowledge what nobody else
/// sees and a restart forgets.
async fn is_clean(connection: &mut sqlx::SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    // Comes after the rollback that may still be under way.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// FULL: a commit returns when it is on the disk. NORMAL would lose acknowledged answers with the power.
fn durable(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten.
        .pragma("secure_delete", "ON")
        .statement_cache_capacity(256)
}

fn shared(url: &str, options: &Options) -> ConnectOptions {
    let mut settings = ConnectOptions::new(url);
    settings
        .acquire_timeout(Duration::from_millis(options.acquire_timeout_ms))
        .test_before_acquire(false)
        .sqlx_logging(false);
    settings
}

/// Write transactions take SQLite's write lock at once: taken later, at the first write after a read,
/// concurrent ones fail instead of waiting.
pub(crate) fn write_options(engine: Engine) -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: match engine {
            Engine::Sqlite => Some(SqliteTransactionMode::Immediate),
            Engine::Postgres => None,
        },
        ..TransactionOptions::default()
    }
}

/// Lets SQLite's log beside the file forget what was deleted. When somebody reads at this moment, the log does so when
/// it begins anew.
pub(crate) async fn forget_log(engine: Engine, db: &DatabaseConnection) -> Result<()> {
    if engine == Engine::Sqlite {
        db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
}

/// Lets one transaction at a time go on that asks for this name, until it ends. On SQLite writers are alone in any case.
pub(crate) async fn alone(engine: Engine, tx: &DatabaseTransaction, name: &'static str) -> Result<()> {
    if engine == Engine::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock(hashtext('{name}'))")).await?;
    }
    Ok(())
}

/// The time by the server's own clock, microseconds since 1970.
pub(crate) async fn clock(engine: Engine, db: &DatabaseConnection) -> Result<Option<i64>> {
    if engine == Engine::Sqlite {
        return Ok(None);
    }
    let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.map(|row| row.try_get("", "now")).transpose()?)
}

/// Appenders that run side by side.
pub(crate) fn appenders(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => 1,
        Engine::Postgres => 4,
    }
}

/// How the pools are used. On PostgreSQL reading and writing share one.
pub(crate) fn pools(engine: Engine, read: &DatabaseConnection, write: &DatabaseConnection) -> Vec<PoolUse> {
    let pool_use = |name, size: u32, idle: usize, max| {
        let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(size);
        PoolUse { name, busy: size - idle, idle, max }
    };
    match engine {
        Engine::Sqlite => [("read", read), ("write", write)]
            .map(|(name, db)| {
                let pool = db.get_sqlite_connection_pool();
                pool_use(name, pool.size(), pool.num_idle(), pool.options().get_max_connections())
            })
            .to_vec(),
        Engine::Postgres => {
            let pool = write.get_postgres_connection_pool();
            vec![pool_use("all", pool.size(), pool.num_idle(), pool.options().get_max_connections())]
        }
    }
}

/// Ends the inner query of a claim so that claimers do not wait for each other.
pub(crate) fn skip_locked(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
    }
}

/// What is wrong with the database itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It has no room left.
    Full,
    /// It does not answer, or not now.
    Passing,
}

/// What is wrong with the database, when `error` says that and not that a statement was wrong.
pub(crate) fn trouble(error: &DbErr) -> Option<Trouble> {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
    let (DbErr::Conn(cause) | DbErr::Exec(cause) | DbErr::Query(cause)) = error else {
        return matches!(error, DbErr::ConnectionAcquire(_)).then_some(Trouble::Passing);
    };
    let RuntimeErr::SqlxError(cause) = cause else { return Some(Trouble::Passing) };
    match &**cause {
        Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed => Some(Trouble::Passing),
        sqlx::Error::Database(said) => said.code().and_then(|code| said_trouble(&code)),
        _ if matches!(error, DbErr::Conn(_)) => Some(Trouble::Passing),
        _ => None,
    }
}

/// PostgreSQL says five characters (Appendix A of its manual), SQLite a number whose low byte is the class.
fn said_trouble(code: &str) -> Option<Trouble> {
    if code.len() == 5 {
        return match code {
            "53100" => Some(Trouble::Full),
            // It takes no writes: a standby, or one that was just replaced.
            "25006" => Some(Trouble::Passing),
            // Connections, resources, operators, the system beneath.
            _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => {
                Some(Trouble::Passing)
            }
            _ => None,
        };
    }
    match code.parse::<u16>().ok()? & 0xff {
        13 => Some(Trouble::Full),
        // Busy, locked, interrupted, I/O, cannot open, the locking protocol.
        5 | 6 | 9 | 10 | 14 | 15 => Some(Trouble::Passing),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_database_that_is_away() {
        assert_eq!(said_trouble("53100"), Some(Trouble::Full));
        assert_eq!(said_trouble("13"), Some(Trouble::Full));
        assert_eq!(said_trouble("57P01"), Some(Trouble::Passing), "the operator shuts it down");
        assert_eq!(said_trouble("4874"), Some(Trouble::Passing), "no room for the index of SQLite's log");
        assert_eq!(said_trouble("517"), Some(Trouble::Passing), "busy since it was read");
        assert_eq!(said_trouble("23505"), None, "a key that is taken says nothing of the database");
        assert_eq!(said_trouble("787"), None);
    }
}
