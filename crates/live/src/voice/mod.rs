//! A spoken interview: a line to the candidate's page, the turn machine, ears, a mouth, and the interview behind them.
//!
//! [`talk`] holds one conversation over one line. What it knows of the interview it reads from the log, so that a line
//! that ends, here or with the whole process, costs no more than the words that were being said.

mod actor;
mod admission;
mod carried;
mod coming;
mod control;
mod conversing;
mod device;
mod duplex;
mod ears;
mod engine_state;
mod events;
mod follow;
mod going_on;
mod hear;
mod interview;
mod leave;
mod listen;
mod marks;
mod mouth;
mod options;
mod own_words;
mod perform;
mod permitted;
mod phrases;
mod ports;
mod reply;
mod sample;
mod say;
mod sentences;
mod service;
mod sound;
mod stream;
mod transcript;
mod voices;

pub use actor::{Conversation, talk};
pub use coming::{Caller, EnginesError, Offer, OfferRefused, SoundWish};
pub use control::{By, FromPageMessage, NoticeKind, Reason, ToPageMessage, Who};
pub use device::{DeviceCheck, LONGEST_SECONDS, check, read_wav};
pub use duplex::{Duplex, Manner};
pub use engine_state::{EngineState, OutsideEngine};
pub use greenroom_media::link::{LinkError, Socket, SocketFrom, SocketTo};
pub use greenroom_media::webrtc::OfferError;
pub use greenroom_speech::{Gender, SpeechToText, Task, TextToSpeech};
pub use mouth::manner_of;
pub use options::VoiceOptions;
pub use ports::{
    Detector, Ears, EngineLost, Interview, Mouth, Piece, Refused, Replying, Saying, Sentence, Talker, Told,
    Understood, Wish, WishKind,
};
pub use sample::SampleError;
pub use service::VoiceRooms;
pub use voices::VoiceStretch;
