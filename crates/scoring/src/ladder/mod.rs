//! The ladder: questions with answers of a known order, on which any judge can be tried.
//!
//! [`Ladder`] holds the questions, [`Ladder::answers`] says what is judged, [`Marks`] takes the marks of one question
//! and [`figures`] makes the figures of all. Who judges is not known here. What is compared with what, and why:
//! `docs/scoring.md`.

mod answers;
mod figures;
mod marks;
pub mod metrics;
mod questions;

pub use answers::{Given, NAMES, PADDING, RUNGS, Rung, Which};
pub use figures::{Answered, figures};
pub use marks::Marks;
pub use questions::{Injection, Ladder, LadderError, Question};
