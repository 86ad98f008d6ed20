//! Judgements: of answers in interviews (as background work) and of answers on their own.

mod job;
mod judge;
mod names;
mod standalone;

pub use job::EvaluateAnswer;
pub use standalone::{OnItsOwn, evaluate, evaluate_response, get, of_session};

pub(crate) use job::evaluation_job;
pub(crate) use judge::evaluate as evaluate_answer;
pub(crate) use names::{known, known_of};
