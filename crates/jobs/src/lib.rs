//! Background work that survives a crash: claimed by lease, retried with growing delays, buried when
//! hopeless. Knows no feature; handlers bring their own.
#![deny(missing_docs)]

mod attempt;
mod handler;
mod runner;
mod scheduler;
mod waker;

pub use handler::{Done, Handler, JobError};
pub use runner::{Runner, RunnerOptions};
pub use scheduler::Scheduler;
pub use waker::Waker;
