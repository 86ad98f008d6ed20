//! Opus: what came over the line as samples, and samples as what goes over it.

mod cache;
mod encode;
mod hearing;
mod packet;

pub use cache::{SpokenCache, SpokenKey};
pub use encode::{SpeechDecoder, SpeechEncoder, encode_heard};
pub use hearing::{Arrived, HeardFrame, Hearing, HearingStats};
pub use packet::{Packet, TICKS_PER_MS};
