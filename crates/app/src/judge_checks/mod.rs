//! Judges on trial: what they make of answers whose order is known, and the last result of each.

mod last;
mod run;

pub use last::{JudgeRecord, last};
pub use run::{Progress, Trial, rehearse, run};

pub(crate) use last::records;
