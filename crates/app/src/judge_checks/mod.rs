//! Judges on trial: what they make of answers whose order is known, and the last result of each.

mod board;
mod last;
mod run;

pub use board::{Board, BoardEntry, Running, board, start};
pub use last::{JudgeRecord, last};
pub use run::{Progress, Trial, rehearse, run};

pub(crate) use board::UnderWay;
pub(crate) use last::records;
