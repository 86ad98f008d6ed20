//! The use cases, by feature: one action a file. No HTTP, no SQL.
//!
//! [`App`] holds what they share. Handlers, the command line and background work all call the same
//! functions here, so a rule is enforced once.
#![deny(missing_docs)]

pub mod accounts;
pub mod audit;
pub mod bank;
pub mod calibration;
mod clock_watch;
pub mod configs;
pub mod consents;
mod engines;
mod env;
mod error;
pub mod evaluations;
pub mod feedback;
pub mod interviews;
pub mod jobs;
pub mod judge_checks;
pub mod keys;
mod listeners;
pub mod models;
pub mod objects;
pub mod operations;
mod options;
pub mod questions;
pub mod recordings;
mod relay;
pub mod resumes;
pub mod retention;
mod seats;
mod tasks;
pub mod upkeep;
pub mod users;
mod wiring;

pub use clock_watch::{believe_clock, clock_doubt};
pub use engines::{Engines, Outside, Task};
pub use env::{SystemClock, SystemIds};
pub use error::{AppError, Fields, Result};
pub use greenroom_store::{
    AuditCheck, AuditFilter, AuditMark, Engine, IdempotencyRecord, JobFilter, ManagedUser, Page, Paged,
    PoolUse, Reserved, SessionFilter, StoreError, UserFilter, UserGroup,
};
pub use listeners::{Draft, Listeners, Watch};
pub use options::{AccountOptions, InterviewOptions, ResumeOptions, RetentionOptions, SecretOptions};
pub use relay::{Alone, Relay};
pub use tasks::Tasks;
pub use wiring::{App, Parts};
