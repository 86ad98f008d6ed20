//! How the connections to the database are used, and what its statements take.

use crate::Store;
use crate::dialect;
use greenroom_telemetry::database::statement;
use sea_orm::DatabaseConnection;

/// How a pool of connections is used at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// `read` and `write`, or `all` where they are one.
    pub name: &'static str,
    /// Connections at work.
    pub busy: u32,
    /// Connections that wait for work.
    pub idle: u32,
    /// Most that may be open.
    pub max: u32,
}

impl Store {
    /// How the connections are used at this moment.
    pub fn pools(&self) -> Vec<PoolUse> {
        dialect::pools(self.engine, &self.read, &self.write)
    }
}

/// Measures each statement from now on, by its first word.
pub(crate) fn measure(db: &mut DatabaseConnection) {
    db.set_metric_callback(|info| statement(&info.statement.sql, info.elapsed, info.failed));
}
