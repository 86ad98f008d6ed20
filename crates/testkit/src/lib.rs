//! What tests share: a real application on a fresh SQLite file with a clock that tests set, and a client of it.
#![deny(missing_docs)]

mod application;
mod client;
mod clock;

pub use application::{TestApp, test_app};
pub use client::{Client, at};
pub use clock::{ManualClock, SequentialIds};
