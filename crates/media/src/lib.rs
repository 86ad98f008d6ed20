//! The sound of a spoken interview: lines to the page, codec, voice detector, recording, and what can be measured of
//! how somebody spoke.
//!
//! The crate knows no HTTP, no interview and no speech engine. Bytes and messages go in, bytes and messages come out:
//! what drives a conversation holds a [`link::Link`], and cannot tell a WebSocket from WebRTC by it.
#![deny(missing_docs)]

pub mod audio;
pub mod codec;
pub mod delivery;
mod detector;
pub mod fuzz;
pub mod link;
pub mod recording;
pub mod webrtc;

pub use detector::{Detector, Voice};
