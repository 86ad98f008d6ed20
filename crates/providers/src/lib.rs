//! Those who ask and those who judge: traits, and the built-in engines that need no key.
//!
//! A language model judges behind the same trait as the built-in judge, which is always the last in the line.
//! It converses behind a trait of its own: the built-in interviewer plans and asks, and takes every turn that the
//! model does not.
#![deny(missing_docs)]

pub mod bank;
pub mod builtin;
mod conversation;
mod interviewer;
mod judge;
mod llm_interviewer;
mod llm_judge;
mod model_calls;
mod model_text;
mod phrases;
mod sentences;

pub use conversation::{Conversation, Listener, Moment, Replanned, Spoken, Talked};
pub use greenroom_scoring::irt::interview::Choice;
pub use interviewer::{Brief, Interviewer, PlanError, Turn};
pub use judge::{Candidate, Judge, Judged, Subject};
pub use llm_interviewer::{LlmInterviewer, TurnOptions};
pub use llm_judge::LlmJudge;
pub use sentences::{Sentences, languages, sentences};
