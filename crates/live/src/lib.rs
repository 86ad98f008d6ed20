//! One live interview: what those who watch it are told. No HTTP here.
#![deny(missing_docs)]

mod feed;

pub use feed::{Feed, Woken};
