//! What is kept of the sound of a spoken interview: taken down on the disk while it sounds, then put into the storage of
//! files, listened to by its owner, deleted by itself or with the interview. What the sound is made of is not known here.

mod delete;
mod keep;
mod parts;
mod spool;

pub use delete::delete;
pub use keep::{MIX_JOB, MixPayload, Sounds, add_mix, keep};
pub use parts::{FoundPart, bytes_of, lengths, parts};
pub use spool::{
    Piece, SYNCED_EACH, Spool, SpoolError, SpoolHead, Spooled, SpooledLine, head_of, left_behind,
};
