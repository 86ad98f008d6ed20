//! Whose turn it is in a spoken interview.
//!
//! A pure machine: [`TurnMachine::handle`] takes what happened and says what to do. It knows no network, no engine and
//! no clock. Time within speech is time of *audio received*, so a line that stalls ends nobody's turn; the clock on the
//! wall is only used for silence that nobody hears, and for lost lines.

mod effect;
mod input;
mod machine;
mod options;
mod pace;
mod playback;
mod policy;
mod speech;
#[cfg(test)]
mod tests;
mod voice;
mod words;

pub use effect::{Effect, EndedBy, Notice, Phase, Reassurance};
pub use input::{AnswerKind, FRAME_MS, Input, ReplyId, StretchId, TurnId};
pub use machine::TurnMachine;
pub use options::Options;
