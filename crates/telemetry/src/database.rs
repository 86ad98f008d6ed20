//! The database, and whatever else the program needs.

use crate::catalogue::{
    COMMIT_APPENDS, COMMIT_SECONDS, CONNECTIONS, CONNECTIONS_MAX, DEPENDENCY_SECONDS, DEPENDENCY_UP,
    STATEMENT_ERRORS, STATEMENT_SECONDS,
};
use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// How a pool of connections is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// `read`, `write`, or `all` where they are one.
    pub name: &'static str,
    /// Connections at work.
    pub busy: u32,
    /// Connections that wait for work.
    pub idle: u32,
    /// Most that it may open.
    pub max: u32,
}

/// A statement was run. Only its first word is looked at.
pub fn statement(sql: &str, took: Duration, failed: bool) {
    let statement = first_word(sql);
    histogram!(STATEMENT_SECONDS, "statement" => statement).record(took);
    if failed {
        counter!(STATEMENT_ERRORS, "statement" => statement).increment(1);
    }
}

fn first_word(sql: &str) -> &'static str {
    let word = sql.split_ascii_whitespace().next().unwrap_or_default();
    ["select", "insert", "update", "delete"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(word))
        .unwrap_or("other")
}

/// How a pool is used.
pub fn pool(pool: Pool) {
    gauge!(CONNECTIONS, "pool" => pool.name, "state" => "busy").set(pool.busy);
    gauge!(CONNECTIONS, "pool" => pool.name, "state" => "idle").set(pool.idle);
    gauge!(CONNECTIONS_MAX, "pool" => pool.name).set(pool.max);
}

/// One commit wrote this many appends.
pub fn committed(appends: usize, took: Duration) {
    histogram!(COMMIT_SECONDS).record(took);
    histogram!(COMMIT_APPENDS).record(appends as f64);
}

/// Something that the program needs was checked.
pub fn dependency(name: &'static str, is_up: bool, took: Duration) {
    gauge!(DEPENDENCY_UP, "dependency" => name).set(if is_up { 1.0 } else { 0.0 });
    gauge!(DEPENDENCY_SECONDS, "dependency" => name).set(took);
}
