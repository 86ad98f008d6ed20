//! What is to be done.

use super::input::{ReplyId, StretchId, TurnId};
use schemars::JsonSchema;
use serde::Serialize;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It is somebody else's turn, or nobody's.
    Entered {
        /// What the session does now.
        phase: Phase,
    },
    /// Find the words of a stretch of sound, ms of audio received.
    Transcribe {
        /// The answer carries this.
        stretch: StretchId,
        /// From, with the onset before the voice was sure.
        from_ms: u64,
        /// To.
        to_ms: u64,
    },
    /// The candidate has answered.
    EndTurn {
        /// Which.
        turn: TurnId,
        /// The words.
        text: String,
        /// Where their sound begins, ms of audio received.
        from_ms: u64,
        /// Where the voice ended.
        to_ms: u64,
        /// Why it is taken for finished.
        by: EndedBy,
        /// Whether a part of it was not understood.
        is_partial: bool,
    },
    /// The candidate went on after the turn had been taken for finished: these words belong to it too.
    Amend {
        /// Which.
        turn: TurnId,
        /// What was added.
        text: String,
        /// Where its sound begins, ms of audio received.
        from_ms: u64,
        /// Where the voice ended.
        to_ms: u64,
    },
    /// Let the reply sound.
    Play {
        /// Which.
        reply: ReplyId,
    },
    /// Silence at once; it may go on.
    Hush {
        /// Which.
        reply: ReplyId,
    },
    /// Go on from here: the beginning of the sentence that was broken off.
    Resume {
        /// Which.
        reply: ReplyId,
        /// ms from its beginning.
        from_ms: u64,
    },
    /// Drop all of it that has not sounded.
    Stop {
        /// Which.
        reply: ReplyId,
    },
    /// What the candidate heard of a reply. This is what is kept.
    Heard {
        /// Of which.
        reply: ReplyId,
        /// The words that sounded.
        text: String,
        /// Whether that is all of it.
        is_whole: bool,
    },
    /// Say that somebody still listens.
    Reassure {
        /// How.
        how: Reassurance,
    },
    /// Tell the candidate on the screen.
    Notice {
        /// What.
        notice: Notice,
    },
    /// Nobody is there: pause the interview.
    Pause,
    /// The last word has been heard.
    Close,
}

/// What the session does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Sound cannot flow yet.
    Connecting,
    /// The candidate has the word.
    Listening,
    /// The answer is taken; the reply is being made.
    Thinking,
    /// The interviewer speaks.
    Speaking,
    /// The interviewer fell silent because somebody spoke; it is not clear yet whether that was meant.
    Interrupted,
    /// It is over.
    Closing,
}

/// Why a turn was taken for finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum EndedBy {
    /// So much silence, ms, and the words before it.
    Silence {
        /// How much was waited for.
        ms: u64,
    },
    /// The key.
    Done,
    /// The answer was typed.
    Typed,
    /// It had become longer than one answer may be.
    Length,
}

/// How to say that somebody still listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reassurance {
    /// "Take your time."
    TakeYourTime,
    /// "Shall I repeat the question, or would you rather type?"
    RepeatOrType,
}

/// What the candidate is told on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The words could not be made out; what was said is kept, and can be said again or typed.
    NotUnderstood,
    /// There is sound, and no words in it.
    OnlyNoise,
    /// The answer has become long.
    LongAnswer,
    /// The microphone is off.
    Muted,
    /// The reply takes longer than usual.
    StillThinking,
    /// The reply cannot be spoken and stands on the screen.
    ReadInstead,
}
