//! What the page and the server tell each other beside the sound: JSON, tagged by `type`. The line itself adds `ready`,
//! and understands `hello`, `played` and `stats` (`greenroom_media::link`).

use crate::turn::{EndedBy, Notice, Phase, Reassurance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the page says. Anything else is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromPageMessage {
    /// The first word.
    Hello {
        /// Version of this protocol: 1.
        version: u32,
        /// Whether the microphone is off.
        #[serde(default)]
        muted: bool,
        /// Whether the browser turns the level up and down, as it says: then loudness says little about the speaker.
        #[serde(default)]
        auto_gain: Option<bool>,
    },
    /// The microphone was switched.
    Muted {
        /// Whether it is off now.
        on: bool,
    },
    /// The candidate has finished.
    Done,
    /// The candidate types: no sign of life is missed meanwhile. Once in some seconds is enough.
    Typing,
    /// The candidate wants to hear the question again.
    Repeat,
    /// The page goes.
    Bye,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToPageMessage {
    /// Whose turn it is.
    Phase {
        /// That.
        phase: Phase,
    },
    /// Words, as they are understood or said.
    Caption {
        /// Whose.
        who: Who,
        /// Which caption; a later one with this id takes its place.
        id: String,
        /// All its words so far; empty when there were none after all.
        text: String,
        /// Whether they stand.
        #[serde(rename = "final")]
        is_final: bool,
    },
    /// A sentence of a reply, and where it sounds.
    Sentence {
        /// Of which.
        reply: u64,
        /// Its words.
        text: String,
        /// Where it begins, ms from the beginning of the reply.
        from_ms: u64,
        /// How long it sounds, ms.
        ms: u64,
    },
    /// A reply begins to sound.
    Play {
        /// Which.
        reply: u64,
    },
    /// Silence at once; it may go on.
    Hush {
        /// Which.
        reply: u64,
    },
    /// It goes on from here.
    Resume {
        /// Which.
        reply: u64,
        /// ms from its beginning.
        from_ms: u64,
    },
    /// Drop what has not sounded.
    Stop {
        /// Which.
        reply: u64,
    },
    /// An answer was taken.
    Turn {
        /// Which, counted from 1 on this line.
        turn: u64,
        /// Its words.
        text: String,
        /// Where its sound begins, ms of the candidate's sound.
        from_ms: u64,
        /// Where it ends.
        to_ms: u64,
        /// Why it was taken for finished.
        by: By,
    },
    /// The candidate should know.
    Notice {
        /// What.
        notice: NoticeKind,
        /// The engine that it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        engine: Option<String>,
        /// With `words_kept`: how much of the voice after those words is lost, ms; left out when nobody knows.
        #[serde(skip_serializing_if = "Option::is_none")]
        lost_ms: Option<u64>,
    },
    /// Whether what sounds on this line is being recorded. Said when the line stands, and when it changes.
    Recording {
        /// Whether it is.
        on: bool,
    },
    /// Somebody still listens.
    Reassure {
        /// How to say it.
        how: Reassurance,
    },
    /// How long a turn took, ms after the candidate's voice had ended.
    Marks {
        /// Which.
        turn: u64,
        /// The turn was taken for finished.
        vad_end: u64,
        /// The words were known.
        transcript_final: Option<u64>,
        /// The interviewer's first word was known.
        first_token: Option<u64>,
        /// The first sound of the reply was sent.
        first_audio: Option<u64>,
    },
    /// The line ends.
    Closed {
        /// Why.
        reason: Reason,
    },
}

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The candidate's.
    Candidate,
    /// The interviewer's.
    Interviewer,
}

/// Why an answer was taken for finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Silence.
    Silence,
    /// The key.
    Done,
    /// It was typed.
    Typed,
    /// Its length.
    Length,
    /// It goes on after it had been taken for finished.
    Addition,
}

impl From<EndedBy> for By {
    fn from(by: EndedBy) -> Self {
        match by {
            EndedBy::Silence { .. } => Self::Silence,
            EndedBy::Done => Self::Done,
            EndedBy::Typed => Self::Typed,
            EndedBy::Length => Self::Length,
        }
    }
}

/// What the candidate should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The words could not be made out; they can be said again or typed.
    NotUnderstood,
    /// There is sound, and no words in it.
    OnlyNoise,
    /// The answer has become long.
    LongAnswer,
    /// The answer has as many characters as are judged. What follows is kept with its places.
    AnswerFull,
    /// The answer had become so long that it was taken at a pause; who goes on adds to it.
    TakenForLength,
    /// The microphone is off.
    Muted,
    /// The reply takes longer than usual.
    StillThinking,
    /// The reply cannot be spoken and stands on the screen.
    ReadInstead,
    /// An engine of speech fails: the interview goes on in writing.
    EngineLost,
    /// The model that hears and speaks fails: the other engines go on.
    RealtimeLost,
    /// The interviewer put the question in words that do not carry it: as it is written it counts.
    AsWritten,
    /// The line loses much.
    NetworkWeak,
    /// The answer could not be stored; its words stand on the page and can be sent from there.
    AnswerNotKept,
    /// The interview was paused: nobody was there.
    Paused,
    /// The line before this one ended in the middle of an answer. Its words stand in the caption, and the answer goes on
    /// from there.
    WordsKept,
}

impl From<Notice> for NoticeKind {
    fn from(notice: Notice) -> Self {
        match notice {
            Notice::NotUnderstood => Self::NotUnderstood,
            Notice::OnlyNoise => Self::OnlyNoise,
            Notice::LongAnswer => Self::LongAnswer,
            Notice::Muted => Self::Muted,
            Notice::StillThinking => Self::StillThinking,
            Notice::ReadInstead => Self::ReadInstead,
        }
    }
}

impl By {
    /// Its name, for measures.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::Done => "done",
            Self::Typed => "typed",
            Self::Length => "length",
            Self::Addition => "addition",
        }
    }
}

impl Reason {
    /// Its name, for measures.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::TakenOver => "taken_over",
            Self::Left => "left",
            Self::Restart => "restart",
            Self::Broken => "broken",
        }
    }
}

/// Why a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The interview is over.
    Over,
    /// Another page has taken over.
    TakenOver,
    /// The page said goodbye, or did not come back.
    Left,
    /// The server stops; come again.
    Restart,
    /// Something broke here; come again.
    Broken,
}
