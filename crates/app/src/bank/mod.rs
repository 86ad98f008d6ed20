//! The question bank as curators look after it: what ships, which stays as it is, and questions of the operator's own.
//!
//! An added question is checked like one that ships, asked from then on beside those, and kept in every version.
//! Retired questions are asked no more; interviews that asked them keep them.

mod change;
mod export;
mod import;
mod list;
mod refresh;

pub use change::{retire, save};
pub use export::export;
pub use greenroom_providers::bank::checks::Severity;
pub use greenroom_providers::bank::exchange::Format as FileFormat;
pub use import::{Import, Imported, Note, import, rehearse};
pub use list::{BankQuery, Listed, Origin, get, get_in, list, versions};
pub use refresh::refresh;

pub(crate) use refresh::Shelved;

use crate::AppError;

/// Characters of a source and of a licence, at most.
const LONGEST_NOTE: usize = 500;

fn not_there() -> AppError {
    AppError::not_found("question_not_found", "question in the bank")
}
