//! What is known of words beyond their letters when they were spoken.

use crate::ids::QuestionId;
use serde::{Deserialize, Serialize};

/// How long a spoken answer may be corrected before it is judged, ms.
pub const CORRECTION_MS: i64 = 20_000;

/// An answer as it sounded. Places are ms of the candidate's sound on one voice line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Spoken {
    /// The voice line whose sound the places below count: [`super::Event::VoiceJoined`] names it.
    pub line: String,
    /// Where the voice began.
    pub from_ms: u64,
    /// Where it ended.
    pub to_ms: u64,
    /// Why it was taken for finished.
    pub ended_by: EndedBy,
    /// The engine that made words of it; `None` when none had a part in it.
    pub engine: Option<String>,
    /// The words with their places; empty when the engine does not say them.
    pub words: Vec<SpokenWord>,
    /// Whether a part was not understood.
    pub is_partial: bool,
    /// Where somebody else than the candidate seems to have spoken; empty when the engine does not tell voices apart. The
    /// answer holds these words until the candidate leaves them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherVoice>,
}

/// Other words for an answer that was misheard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The words of the answer from now on.
    pub content: String,
    /// The words that they take the place of; the correction is refused when the answer has others by now. `None` takes
    /// the place of any.
    pub instead_of: Option<String>,
}

/// A stretch of another voice than the candidate's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OtherVoice {
    /// Where it begins.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpokenWord {
    /// As the engine wrote it.
    pub text: String,
    /// Where it begins.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
}

/// Why an answer was taken for finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum EndedBy {
    /// Silence, and the words before it.
    Silence,
    /// The candidate pressed "Done".
    Done,
    /// It had become longer than one answer may be.
    Length,
}

impl Spoken {
    /// This, and what was said after it.
    pub fn with(mut self, more: Self) -> Self {
        self.to_ms = self.to_ms.max(more.to_ms);
        self.words.extend(more.words);
        self.others.extend(more.others);
        self.is_partial |= more.is_partial;
        self.engine = self.engine.or(more.engine);
        self
    }
}

/// What the candidate heard of something that the interviewer said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeardReply {
    /// The question; `None` for the last words.
    pub question_id: Option<QuestionId>,
    /// The words that sounded.
    pub text: String,
    /// Whether that is all of it.
    pub is_whole: bool,
}

/// What was said of an answer before its line ended: the next line goes on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Unfinished {
    /// The line on which it was said.
    pub line: String,
    /// The words that were understood.
    pub text: String,
    /// Voice after them whose words are lost, ms; `None` while the line stands, and when nobody could say any more.
    pub lost_ms: Option<u64>,
}

/// When the stages of one turn were over, ms after the candidate's voice had ended. `None` when a stage was not
/// reached or not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stages {
    /// The detector was sure that the voice had ended, and the turn was taken for finished.
    pub turn_end_ms: Option<u64>,
    /// The words were known.
    pub transcript_final_ms: Option<u64>,
    /// The interviewer's first word was known.
    pub first_token_ms: Option<u64>,
    /// The first sound of the reply left the server.
    pub first_audio_ms: Option<u64>,
    /// The first sound of the reply was heard.
    pub first_played_ms: Option<u64>,
}

impl Stages {
    /// The stages in their order, by the names that measures have.
    pub fn named(self) -> [(&'static str, Option<u64>); 5] {
        [
            ("turn_end", self.turn_end_ms),
            ("transcript_final", self.transcript_final_ms),
            ("first_token", self.first_token_ms),
            ("first_audio", self.first_audio_ms),
            ("first_played", self.first_played_ms),
        ]
    }
}

/// How sound travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Transport {
    /// By WebRTC.
    WebRtc,
    /// By WebSocket.
    WebSocket,
}
