//! Those who ask and those who judge: traits, and the built-in engines that need no key.
//!
//! A language model is another implementation of the same traits; the built-in engine is always the last one
//! in the line.
#![deny(missing_docs)]

pub mod bank;
pub mod builtin;
mod interviewer;
mod judge;
mod llm_judge;

pub use interviewer::{Brief, Interviewer, PlanError, Turn};
pub use judge::{Judge, Subject};
pub use llm_judge::LlmJudge;
