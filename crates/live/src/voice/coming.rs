//! Who comes to a spoken interview, what they wish, and why it is not to be had.

use greenroom_domain::ids::{SessionId, UserId};
use greenroom_media::webrtc::OfferError;
use std::net::IpAddr;

/// What a page wishes of a new line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundWish {
    /// The interviewer's voice; when none is named, the one that was chosen before, or that of the interviewer's manner.
    pub voice: Option<String>,
    /// Whether one model is to hear and speak at once. Where there is none, the other engines do.
    pub realtime: bool,
}

/// Who comes by WebRTC, to which interview, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// To which interview.
    pub session: SessionId,
    /// From where.
    pub address: IpAddr,
}

/// What a page that comes by WebRTC offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its session description.
    pub sdp: String,
    /// The line that it had before.
    pub resume: Option<String>,
    /// What it wishes of a new line.
    pub sound: SoundWish,
}

/// Why an offer was not answered.
#[derive(Debug, thiserror::Error)]
pub enum OfferRefused {
    /// Pages come by WebSocket here.
    #[error("there is no WebRTC here")]
    NoWebRtc,
    /// The offer itself.
    #[error(transparent)]
    Offer(#[from] OfferError),
}

/// Why engines could not be made of the settings.
#[derive(Debug, thiserror::Error)]
pub enum EnginesError {
    /// The settings are wrong.
    #[error(transparent)]
    Options(#[from] greenroom_speech::OptionsError),
    /// An engine cannot be made.
    #[error(transparent)]
    Engine(#[from] greenroom_speech::SpeechError),
}
