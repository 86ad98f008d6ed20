//! A whole conversation -> the screening judgement of `greenroom evaluate`.

mod conversation;
mod verdict;

pub use conversation::{Conversation, Role, Turn, Unreadable, parse};
pub use verdict::{Decision, Evidence, Metadata, Ratings, Recommendation, Screening, screen};
