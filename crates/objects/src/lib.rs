//! Where files lie: a folder, S3, Google Cloud Storage or Azure Blob Storage, behind one set of calls. Knows neither
//! what is in a file nor whose it is.
//!
//! Whoever puts something here seals it before; a name says nothing but ids. A file is written once under a fresh id
//! and never changed. See docs/adr for the reasons.
#![deny(missing_docs)]

mod error;
mod name;
mod opened;
mod options;
mod put;
mod storage;

pub use error::ObjectError;
pub use name::Name;
pub use opened::Opened;
pub use options::{Options, Wrong};
pub use put::Stored;
pub use storage::{Got, Listed, Objects};
