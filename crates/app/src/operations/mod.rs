//! How the program is doing: what it needs and whether that answers, and what is measured only when somebody asks.

mod dependencies;
mod measures;

pub use dependencies::{Checked, Dependency, Disk, check};
pub use measures::sample;
