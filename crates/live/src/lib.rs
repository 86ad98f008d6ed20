//! One live interview: what those who watch it are told, whose turn it is when it is spoken, and the conversation
//! itself; and what is kept of its sound. No HTTP here.
#![deny(missing_docs)]

mod feed;
pub mod fuzz;
pub mod recordings;
pub mod turn;
pub mod voice;

pub use feed::{Feed, Woken};
