//! What tests share: a real application on a fresh SQLite file, with a clock that tests set.
#![deny(missing_docs)]

mod application;
mod clock;

pub use application::{TestApp, test_app};
pub use clock::{ManualClock, SequentialIds};
