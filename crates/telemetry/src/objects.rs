//! The storage of files.

use crate::catalogue::{OBJECT_BYTES, OBJECT_SECONDS, OBJECTS_LEFT, OBJECTS_LEFT_OLDEST, OBJECTS_MISSING};
use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// Something was asked of the storage, and ended like this.
pub fn done(operation: &'static str, outcome: &'static str, took: Duration) {
    histogram!(OBJECT_SECONDS, "operation" => operation, "outcome" => outcome).record(took);
}

/// So many bytes were put.
pub fn written(bytes: u64) {
    counter!(OBJECT_BYTES, "direction" => "written").increment(bytes);
}

/// So many bytes were asked for.
pub fn read(bytes: u64) {
    counter!(OBJECT_BYTES, "direction" => "read").increment(bytes);
}

/// What is deleted in the database and still lies in the storage, and for how long the oldest of it.
pub fn left(count: u64, oldest: Duration) {
    gauge!(OBJECTS_LEFT).set(count as f64);
    gauge!(OBJECTS_LEFT_OLDEST).set(oldest);
}

/// Files that the database knows and the storage does not have, as of the last look.
pub fn missing(count: u64) {
    gauge!(OBJECTS_MISSING).set(count as f64);
}
