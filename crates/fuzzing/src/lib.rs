//! What must hold for anything that strangers send: a function for each reader, which panics where it does not.
//!
//! `make fuzz` looks for bytes that break them (`fuzz/`); the tests here try what was found and what is kept in
//! `fuzz/corpus` again, without a fuzzer. Where a reader takes several texts, [`SEPARATOR`] stands between them, so
//! that what is kept can be read and written by hand.
#![deny(missing_docs)]

mod answer;
mod documents;
mod line;
mod stream;
mod transcript;

pub use answer::answer;
pub use documents::{docx, job, resume};
pub use line::{datagrams, offer, socket, sound, turn};
pub use stream::stream;
pub use transcript::transcript;

/// Stands between the texts of one input: ASCII's record separator.
pub const SEPARATOR: char = '\u{1e}';

/// Holds a reader against bytes; panics where something does not hold.
pub type Reader = fn(&[u8]);

/// Every reader by the name of its folder in `fuzz/corpus`.
pub const READERS: [(&str, Reader); 11] = [
    ("answer", answer),
    ("datagrams", datagrams),
    ("docx", docx),
    ("job", job),
    ("offer", offer),
    ("resume", resume),
    ("socket", socket),
    ("sound", sound),
    ("sse", stream),
    ("transcript", transcript),
    ("turn", turn),
];
