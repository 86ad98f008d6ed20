//! What is kept of the sound of an interview: a part for each line that it was spoken on.

use crate::clock::Timestamp;
use crate::ids::{ObjectId, QuestionId, SessionId, UserId, VoicePartId};
use serde::{Deserialize, Serialize};

/// What is kept of one line. Places in it are ms since the line was opened, as those of [`crate::interview::Spoken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoicePart {
    /// This part.
    pub id: VoicePartId,
    /// The interview.
    pub session_id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// The line.
    pub line: String,
    /// When the line was opened: parts follow each other by this.
    pub began_at: Timestamp,
    /// How long it is, ms.
    pub length_ms: u64,
    /// When the interviewer sounded, in order.
    pub said: Vec<Said>,
    /// Whether "um" and "uh" are in the text that was understood.
    pub keeps_fillers: bool,
    /// Whether the browser turned the level up and down; `None` when that is not known.
    #[serde(default)]
    pub auto_gain: Option<bool>,
    /// The files; those that were deleted since are named all the same.
    pub files: VoiceFiles,
}

/// The files of a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceFiles {
    /// The candidate's track; with consent only.
    pub candidate: Option<ObjectId>,
    /// The interviewer's track, as far as it was heard.
    pub interviewer: Option<ObjectId>,
    /// Both as one; made some time later.
    pub mix: Option<ObjectId>,
    /// How high the sound goes; made with the mix.
    pub peaks: Option<ObjectId>,
    /// What was measured of the candidate's voice while it passed.
    pub numbers: Option<ObjectId>,
}

/// The interviewer sounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The question; `None` for other words.
    pub question_id: Option<QuestionId>,
    /// From where, ms.
    pub from_ms: u64,
    /// To where, ms.
    pub to_ms: u64,
}
