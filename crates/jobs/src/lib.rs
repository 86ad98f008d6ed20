//! Background work that survives a crash: claimed by lease, retried with growing delays, buried when
//! hopeless. Knows no feature; handlers bring their own.
#![deny(missing_docs)]

mod handler;
mod runner;
mod waker;

pub use handler::{Done, Handler, JobError};
pub use runner::{Runner, RunnerOptions};
pub use waker::Waker;
