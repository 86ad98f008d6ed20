//! Interviews: started, answered, paused, ended, read.

mod abandon;
mod advance;
mod again;
mod answer;
mod ask_next;
mod case_file;
mod conversing;
mod coverage;
mod delete;
mod growing;
mod holding;
mod lifecycle;
mod look_out;
mod nudge;
mod planning;
mod read;
mod report;
mod report_notes;
mod said;
mod spoken;
mod start;
mod states;
mod transcript;
mod turns;

pub use abandon::abandon_stale;
pub use again::{AnsweredAgain, answer_again};
pub use answer::{Answered, Idempotency, Words, answer};
pub use ask_next::AskNextQuestion;
pub use conversing::pick_up;
pub use coverage::{JobCoverage, job_coverage};
pub use delete::delete;
pub use lifecycle::{complete, pause, resume};
pub use look_out::look_out;
pub use read::{config_of, events, follow, get, list, state};
pub use report::{Highlight, Report, ReportAnswer, report, report_document};
pub use spoken::{amend, correct, heard, hold, join_voice, timed};
pub use start::start;
pub use states::States;
pub use transcript::{Role, Transcript, TranscriptTurn, transcript, transcript_document};

pub(crate) use states::{Action, Addition, append};
