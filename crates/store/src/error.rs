//! What can go wrong with the database, by what the caller can do.

use crate::dialect::{self, Trouble};
use greenroom_domain::error::ErrorCode;
use sea_orm::{DbErr, SqlErr};
use std::io;

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It contradicts what is stored.
    #[error("{0:?} is taken")]
    Conflict(Constraint),
    /// What it belongs to is not there, or not any more.
    #[error("what it belongs to is not there")]
    Orphan,
    /// The cursor of a list is not one of ours.
    #[error("the cursor is not valid")]
    BadCursor,
    /// The database does not answer, or not in time.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// The database has no room left.
    #[error("the database has no room left")]
    Full(#[source] DbErr),
    /// A row does not make sense.
    #[error("row {id} of {table} cannot be read")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What is wrong.
        #[source]
        source: Option<serde_json::Error>,
    },
    /// Nobody would be left who can administer.
    #[error("this is the last administrator")]
    LastAdministrator,
    /// An administrator has locked this account.
    #[error("the account is locked")]
    Locked,
    /// A text is encrypted with a key that is not here.
    #[error("row {row} of {column} is encrypted with a key that is not here")]
    Sealed {
        /// Table and column.
        column: &'static str,
        /// The row.
        row: String,
    },
    /// The URL names no engine that is supported.
    #[error("the database URL must begin with sqlite:// or postgres://")]
    UnknownEngine,
    /// The URL, or PostgreSQL's own variable, names a file for TLS that cannot be read.
    #[error("{setting} names the file {file}, which cannot be read")]
    TlsFile {
        /// The part of the URL, or the variable.
        setting: &'static str,
        /// The file.
        file: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A file is not a whole copy of a database of this program.
    #[error("this is not a whole copy of a database of Greenroom")]
    NotACopy,
    /// The database was written by a newer version of this program, which made this migration.
    #[error(
        "it was written by a newer version of Greenroom, which made {0}; install that version or a later one"
    )]
    Newer(String),
    /// There are no tables of this program.
    #[error("there is no database of Greenroom at this address")]
    NotOurs,
    /// What would be replaced holds something.
    #[error("the database holds data already")]
    NotEmpty,
    /// Somebody else is connected to what would be replaced.
    #[error("somebody is connected to the database")]
    InUse,
    /// A defect on our side.
    #[error("the database refused a statement")]
    Internal(#[source] DbErr),
}

/// What may be there only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// An address.
    Email,
    /// A position in an interview's log: another writer was faster.
    SessionSeq,
    /// Something else.
    Other,
}

impl StoreError {
    /// What the caller can do about it.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::Orphan => ErrorCode::NotFound,
            Self::BadCursor | Self::NotACopy => ErrorCode::Invalid,
            Self::NotEmpty | Self::InUse | Self::LastAdministrator => ErrorCode::Conflict,
            Self::Locked => ErrorCode::Forbidden,
            Self::Newer(_) | Self::NotOurs => ErrorCode::Internal,
            Self::Unavailable(_) | Self::Full(_) => ErrorCode::Unavailable,
            Self::Inconsistent { .. } | Self::Sealed { .. } | Self::Internal(_) => ErrorCode::Internal,
            Self::UnknownEngine | Self::TlsFile { .. } => ErrorCode::Internal,
        }
    }

    pub(crate) fn unreadable(table: &'static str, id: impl ToString, source: serde_json::Error) -> Self {
        Self::Inconsistent { table, id: id.to_string(), source: Some(source) }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            // SQLite names table and column, PostgreSQL the constraint; both are ours.
            Some(SqlErr::UniqueConstraintViolation(message)) if message.contains("email") => {
                return Self::Conflict(Constraint::Email);
            }
            Some(SqlErr::UniqueConstraintViolation(_)) => return Self::Conflict(Constraint::Other),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::Orphan,
            _ => {}
        }
        match dialect::trouble(&error) {
            Some(Trouble::Full) => Self::Full(error),
            Some(Trouble::Passing) => Self::Unavailable(error),
            None => Self::Internal(error),
        }
    }
}
