//! What is measured of an answer, each group in its own file.

mod manner;
mod overlap;
mod story;

pub use manner::{Manner, manner};
pub use overlap::{Overlap, covered_share, overlap};
pub use story::{Story, story};
