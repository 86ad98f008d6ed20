//! The recording of a spoken interview, and the numbers of how it was spoken.
//!
//! While a line stands, [`Take`] writes down what sounds on it: sound only with its person's consent, asked anew before each
//! second is written; numbers always. It goes to the disk of this machine, sealed. When the line has ended, and also when
//! the process died, it becomes a part of the interview in the storage of files ([`put_away_all`]); a job makes one sound of
//! both sides ([`MixRecording`]). Parts follow each other without a gap: that is the clock of a recording.

mod clock;
mod delivery;
mod mix;
mod numbers;
mod outline;
mod put_away;
mod take;
mod track;
mod write;

pub use delivery::{Delivered, DeliveredMeasure, DeliveredMoment, Delivery, delivery};
pub use greenroom_media::delivery::{MeasureKey, MomentKind, NotMeasured};
pub use mix::MixRecording;
pub use outline::{Outline, OutlineKind, OutlineMoment, outline};
pub use put_away::put_away_all;
pub use take::Take;
pub use track::{Side, Sound, Source, track};

pub(crate) use take::HeardSound;
pub(crate) use write::begin;
