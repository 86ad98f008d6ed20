//! How somebody spoke, as numbers of sound: for practice, for the speaker alone.
//!
//! Nothing here says how somebody felt or how good an answer was, and nothing of it is part of a score. Numbers that
//! cannot be trusted are not given: each says why not, or how sure it is. Pitch is never given in Hz, which would
//! compare voices instead of speech.

mod keys;
mod measures;
mod moments;
mod norms;
mod pitch;
mod sound;
mod statistics;

pub use keys::{Confidence, Measure, MeasureKey, NotMeasured};
pub use measures::{Context, Delivery, Turn, measure};
pub use moments::{Moment, MomentKind};
pub use norms::{Norm, norm};
pub use pitch::PitchTracker;
pub use sound::{Meter, SoundFrame};
pub use statistics::interruptions;
