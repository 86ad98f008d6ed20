//! The rules of an interview, and nothing else: no async, no input or output, no clock of its own.
//!
//! An interview is an append-only log of [`interview::Event`]s and a [`interview::State`] that is
//! their fold. [`interview::decide`] turns a wish into events or a refusal; [`interview::next_move`]
//! says what the interviewer should do now. Everything here can be run a million times in a test.
#![deny(missing_docs)]

pub mod ability;
pub mod account;
pub mod attempts;
pub mod audit;
pub mod bank;
pub mod clock;
pub mod clock_doubt;
pub mod error;
pub mod evaluation;
pub mod feedback;
pub mod ids;
pub mod interview;
pub mod job;
pub mod job_queue;
pub mod ladder;
pub mod model_call;
pub mod model_provider;
pub mod object;
pub mod permission;
pub mod resume;
pub mod rubric;
pub mod shared_text;
pub mod sign_in;
pub mod spending;
pub mod voice_part;
pub mod voice_turn;
