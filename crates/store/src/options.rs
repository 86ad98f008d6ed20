//! Settings of the database.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

/// Settings of the database.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Default: `greenroom.db` in the data directory.
    /// PostgreSQL on another machine: add `?sslmode=verify-full`, and `&sslrootcert=FILE` when no authority that this
    /// machine knows has signed its certificate.
    #[schemars(with = "Option<String>")]
    pub url: Option<SecretString>,
    /// Connections, 1..=200, default 8. SQLite uses one of its own for writing beside them.
    pub max_connections: u32,
    /// How long a request waits for a connection, or for SQLite's write lock, ms, 100..=60000, default 5000.
    pub acquire_timeout_ms: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { url: None, max_connections: 8, acquire_timeout_ms: 5000 }
    }
}
