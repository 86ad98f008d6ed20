//! Engines, against servers on this machine and against espeak-ng itself.

mod espeak;
mod failures;
mod hearing;
mod peer;
mod programs;
mod pulling;
mod server;
mod speaking;
mod streaming;
mod talking;
#[cfg(feature = "whisper")]
mod weights;
