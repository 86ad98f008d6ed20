//! How the program is doing: what it needs and whether that answers, and what is measured only when somebody asks.

mod dependencies;
mod latency;
mod measures;
mod status;
mod token_key;

pub(crate) use dependencies::is_enough;
pub use dependencies::{Checked, Dependency, Disk, check};
pub use latency::{Latency, latency};
pub use measures::sample;
pub use status::{Status, status};
pub use token_key::compare_token_keys;
