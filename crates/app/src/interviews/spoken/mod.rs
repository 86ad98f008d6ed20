//! What only a spoken interview has: words that come late, words misheard, what was heard of the interviewer.

mod amend;
mod correct;
mod heard;
mod hold;
mod join_voice;
mod timed;

pub use amend::amend;
pub use correct::correct;
pub use heard::heard;
pub use hold::hold;
pub use join_voice::join_voice;
pub use timed::timed;
