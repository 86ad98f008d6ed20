//! One live interview: what those who watch it are told, and whose turn it is when it is spoken. No HTTP here.
#![deny(missing_docs)]

mod feed;
pub mod turn;

pub use feed::{Feed, Woken};
