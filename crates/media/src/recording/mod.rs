//! The recording of an interview: a track for each side, on one clock.
//!
//! Tracks are Ogg Opus (RFC 7845). What came as packets is written as packets: nothing is encoded twice. A page goes
//! out each second, and no page is ever changed, so that whatever was written can be played when the server breaks.

mod join;
mod mix;
mod peaks;
mod read;
mod recorder;
mod track;

pub use join::{Stretch, join};
pub use mix::mix;
pub use peaks::{PEAK_MS, Peaks};
pub use read::{ReadError, Recorded, read};
pub use recorder::{Recorder, Sink, Speaker};
