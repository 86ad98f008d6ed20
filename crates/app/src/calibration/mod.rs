//! What answers teach of the bank's questions: how hard they are and how sharply they tell people apart.
//!
//! Once a week, or when a curator asks for it, background work looks at the stored answers and calibrates the
//! questions that enough people have answered. Interviews use what it finds from then on. What is stored are figures of
//! questions; nothing leads back to a person.

mod answers;
mod drift;
mod job;
mod refresh;
mod run;

pub use drift::{Drifted, drift};
pub use job::{CalibrateBank, SCHEDULE, start};
pub use refresh::refresh;
pub use run::{Calibrated, Progress, Standing, run, standing};

pub(crate) use refresh::Taken;
pub(crate) use run::Going;
