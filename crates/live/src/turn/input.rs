//! What can happen to a turn.

use serde::{Deserialize, Serialize};

/// Length of one frame of sound, ms: 256 samples at 16 kHz, as the voice detector takes them.
pub const FRAME_MS: u64 = 16;

/// One answer of the candidate, counted from 1 within the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TurnId(pub u64);

/// One thing that the interviewer says. Whatever carries another id than the reply of the moment is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReplyId(pub u64);

/// A stretch of the candidate's sound whose words were asked for. Each request has an id of its own, so that words of a
/// stretch that has grown since are recognised as old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StretchId(pub u64);

/// What the answer to a question takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// One tells what one knows.
    #[default]
    Telling,
    /// One works something out while speaking: technical questions and cases. Pauses are longer.
    WorkingOut,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Sound can flow both ways.
    Connected,
    /// The next [`FRAME_MS`] of the candidate's sound, and whether the detector took it for a voice.
    Frame {
        /// Whether it was a voice.
        voiced: bool,
    },
    /// Nothing but time. At least four a second keep the machine awake when no frames come.
    Tick,
    /// Words of a stretch, all of it so far. `is_final` when the recogniser will not change them.
    Words {
        /// Which.
        stretch: StretchId,
        /// Its words; empty when there are none in it.
        text: String,
        /// Whether they stand.
        is_final: bool,
    },
    /// The recogniser failed for a stretch.
    NoWords {
        /// Which.
        stretch: StretchId,
    },
    /// The candidate pressed "Done".
    Done,
    /// The candidate typed an answer.
    Typed {
        /// It.
        text: String,
    },
    /// The interviewer is about to say something.
    Reply {
        /// Which.
        reply: ReplyId,
        /// What its answer will take.
        kind: AnswerKind,
        /// Whether the interview ends with it.
        is_last: bool,
    },
    /// A sentence of a reply has become sound.
    Sentence {
        /// Of which.
        reply: ReplyId,
        /// Its words.
        text: String,
        /// How long it sounds, ms.
        ms: u64,
    },
    /// The last sentence is complete: what it was said to last was a guess.
    Measured {
        /// Of which.
        reply: ReplyId,
        /// How long it sounds, ms.
        ms: u64,
    },
    /// What somebody who finds the words for a reply while speaking has said so far, in sentences with their lengths, ms.
    /// Takes the place of all that was known before.
    Retold {
        /// Of which.
        reply: ReplyId,
        /// All of them, in order.
        sentences: Vec<(String, u64)>,
    },
    /// The reply has no more sentences.
    Whole {
        /// Which.
        reply: ReplyId,
    },
    /// A reply cannot be made to sound; it stands on the screen.
    Unspeakable {
        /// Which.
        reply: ReplyId,
    },
    /// So much of a reply has been heard, ms from its beginning.
    Played {
        /// Of which.
        reply: ReplyId,
        /// How much.
        ms: u64,
    },
    /// The candidate's microphone was switched off or on.
    Muted(bool),
    /// The line is gone.
    Lost,
    /// The line is back.
    Back,
    /// The interview is over.
    Over,
}
