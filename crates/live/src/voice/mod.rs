//! A spoken interview: a line to the candidate's page, the turn machine, ears, a mouth, and the interview behind them.
//!
//! [`talk`] holds one conversation over one line. What it knows of the interview it reads from the log, so that a line
//! that ends, here or with the whole process, costs no more than the words that were being said.

mod actor;
mod control;
mod device;
mod engines;
mod follow;
mod hear;
mod interview;
mod marks;
mod perform;
mod phrases;
mod ports;
mod reply;
mod say;
mod sentences;
mod service;
mod sound;
mod transcript;

pub use actor::{Conversation, talk};
pub use control::{By, FromPageMessage, NoticeKind, Reason, ToPageMessage, Who};
pub use device::{DeviceCheck, LONGEST_SECONDS, check, read_wav};
pub use greenroom_media::link::{LinkError, Socket, SocketFrom, SocketTo};
pub use greenroom_media::webrtc::OfferError;
pub use greenroom_speech::{Gender, SpeechToText, TextToSpeech};
pub use ports::{Detector, Ears, EngineLost, Interview, Mouth, Refused, Saying, Told, Understood};
pub use service::{Caller, EnginesError, Offer, OfferRefused, VoiceOptions, VoiceRooms};
