//! Sound as samples: the rates and frames that everything here agrees on.

mod level;
mod resample;

pub use level::{Level, SILENCE_DBFS};
pub use resample::{Resampler, UnusableRate};

/// Samples a second of what is heard of the candidate. Detector and recognisers take this rate.
pub const HEARD_RATE: u32 = 16_000;
/// Samples a second of what the interviewer says. Speech engines make this rate.
pub const SPOKEN_RATE: u32 = 24_000;
/// Length of a frame, ms: what one packet carries.
pub const FRAME_MS: u64 = 20;
/// Samples of one frame of the candidate: 20 ms at 16 kHz, mono.
pub const HEARD_FRAME: usize = 320;
/// Samples of one frame of the interviewer: 20 ms at 24 kHz, mono.
pub const SPOKEN_FRAME: usize = 480;
