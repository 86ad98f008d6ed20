//! What the program measures of itself, and how others read it.
//!
//! Every measure stands in [`CATALOGUE`], from which the table in `docs/operating.md` is made. The other modules record
//! them; nothing else in the program names one. Labels are names of ours and of the operator's settings, never words
//! of a person, and never an address that nobody serves.
#![deny(missing_docs)]

mod catalogue;
pub mod causes;
pub mod database;
pub mod disk;
mod exporter;
pub mod http;
pub mod interviews;
pub mod jobs;
pub mod models;
pub mod objects;
pub mod process;
pub mod speech;
pub mod trace;
pub mod voice;

pub use catalogue::{CATALOGUE, Kind, Measure, table};
pub use exporter::{Exporter, exporter};
