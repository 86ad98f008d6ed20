//! Requests and live lines.

use crate::catalogue::{HTTP_ERRORS, HTTP_IN_FLIGHT, HTTP_SECONDS, LIVE_LISTENERS};
use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// The label of addresses that no route serves.
pub const UNMATCHED: &str = "unmatched";

/// Something that is counted as long as it is held.
#[must_use]
#[derive(Debug)]
pub struct Counted(&'static str);

impl Counted {
    fn new(name: &'static str) -> Self {
        gauge!(name).increment(1);
        Self(name)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        gauge!(self.0).decrement(1);
    }
}

/// A request is being answered.
pub fn in_flight() -> Counted {
    Counted::new(HTTP_IN_FLIGHT)
}

/// Somebody listens to an interview.
pub fn listener() -> Counted {
    Counted::new(LIVE_LISTENERS)
}

/// A request was answered. `route` is the pattern that matched, or [`UNMATCHED`].
pub fn answered(method: &str, route: &str, status: u16, took: Duration) {
    let labels = [
        ("method", known_method(method).to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    histogram!(HTTP_SECONDS, &labels).record(took);
}

/// An error was answered. `error` is its stable name.
pub fn failed(error: &'static str, status: u16) {
    counter!(HTTP_ERRORS, "error" => error, "status" => status.to_string()).increment(1);
}

/// Anybody can make up a method: those that nobody serves share a name.
pub fn known_method(method: &str) -> &str {
    match method {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" => method,
        _ => "other",
    }
}
