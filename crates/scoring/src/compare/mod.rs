//! An answer beside a question and what a full answer says, word by word: what the features measure.

mod pair;
mod question;
mod said;
mod target;
mod terms;
mod words;

pub use pair::{Pair, Promise, View};
pub use question::Question;
pub use said::Said;
pub use target::Target;
pub use terms::{Term, Terms};
