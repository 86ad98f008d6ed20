//! An answer beside a question and what a full answer says, word by word: what the features measure.

mod pair;
mod terms;
mod words;

pub use pair::{Pair, Said, View};
pub use terms::{Term, Terms};
