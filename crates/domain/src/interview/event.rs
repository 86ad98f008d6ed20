//! What can happen in an interview. The log of these is the truth; all else is derived.

use super::note::Note;
use super::plan::{Plan, Reading};
use super::question::Question;
use super::settings::Settings;
use super::spoken::{HeardReply, Spoken, Stages, Transport, Unfinished};
use crate::clock::Timestamp;
use crate::evaluation::{Engine, Evaluation};
use crate::ids::{QuestionId, ResponseId};
use crate::model_call::ModelCall;
use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The interview began with these settings and this plan.
    Started {
        /// Settings, pinned.
        settings: Settings,
        /// The first plan.
        plan: Plan,
    },
    /// The interviewer asked.
    QuestionAsked {
        /// The question with what is needed to judge its answer.
        question: Box<Question>,
    },
    /// The candidate answered. Durable before it is acknowledged.
    AnswerReceived {
        /// This answer.
        response_id: ResponseId,
        /// What it answers.
        question_id: QuestionId,
        /// The words, as given.
        content: String,
        /// 1 for the first answer to the question, 2 for "answer it again", and so on.
        attempt: u32,
        /// How it sounded; `None` when it was typed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spoken: Option<Box<Spoken>>,
    },
    /// The candidate went on after an answer had been taken for finished: these words belong to it too. A judgement
    /// that was made without them no longer counts.
    AnswerAmended {
        /// The answer.
        response_id: ResponseId,
        /// The words that come after those before.
        added: String,
        /// How they sounded.
        spoken: Box<Spoken>,
    },
    /// The candidate mended what the recogniser had misheard. This is what is judged; what was heard is kept beside it.
    TranscriptCorrected {
        /// The answer.
        response_id: ResponseId,
        /// Its words from now on.
        content: String,
    },
    /// A voice line was opened. The one before it, if any, ends.
    VoiceJoined {
        /// Its id.
        line: String,
        /// How sound travels.
        transport: Transport,
        /// The interviewer's voice that was chosen with it; `None` when none was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voice: Option<String>,
    },
    /// So much of something that the interviewer said was heard.
    ReplyHeard {
        /// What.
        heard: HeardReply,
    },
    /// Words of an answer that is still being spoken.
    WordsHeld {
        /// The question.
        question_id: QuestionId,
        /// They.
        unfinished: Unfinished,
    },
    /// How long the stages between an answer and the sound of the reply took.
    TurnTimed {
        /// The answer.
        response_id: ResponseId,
        /// When each was over.
        stages: Stages,
    },
    /// An answer was judged.
    AnswerEvaluated {
        /// The judgement.
        evaluation: Box<Evaluation>,
    },
    /// Planned questions were dropped because time runs short.
    PlanTightened {
        /// Bank keys of the dropped questions.
        dropped: Vec<String>,
    },
    /// Another question takes the place of a planned one, because of what the answers showed.
    PlanExchanged {
        /// Key of the planned question.
        key: String,
        /// Key of the question that takes its place: of the plan, where the two change places, or of its reserve.
        by: String,
    },
    /// The interviewer has another plan. Questions that were asked are part of it.
    Replanned {
        /// The plan from now on.
        plan: Plan,
        /// Who made it.
        engine: Engine,
        /// What the introduction told of the candidate, when that is why.
        reading: Option<Reading>,
    },
    /// The interviewer noticed something in an answer.
    Noted {
        /// What.
        note: Note,
    },
    /// A language model was asked, whatever came of it.
    ModelAsked {
        /// What was tried.
        call: ModelCall,
    },
    /// The candidate paused.
    Paused,
    /// The candidate went on.
    Resumed,
    /// The interview is over.
    Completed {
        /// Why.
        reason: CompletionReason,
        /// The interviewer's last words, when there are some.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        farewell: Option<String>,
    },
    /// The candidate left and did not come back.
    Abandoned,
}

impl Event {
    /// Stable name of the kind of event, as stored and sent.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::QuestionAsked { .. } => "question_asked",
            Self::AnswerReceived { .. } => "answer_received",
            Self::AnswerAmended { .. } => "answer_amended",
            Self::TranscriptCorrected { .. } => "transcript_corrected",
            Self::VoiceJoined { .. } => "voice_joined",
            Self::ReplyHeard { .. } => "reply_heard",
            Self::WordsHeld { .. } => "words_held",
            Self::TurnTimed { .. } => "turn_timed",
            Self::AnswerEvaluated { .. } => "answer_evaluated",
            Self::PlanTightened { .. } => "plan_tightened",
            Self::PlanExchanged { .. } => "plan_exchanged",
            Self::Replanned { .. } => "replanned",
            Self::Noted { .. } => "noted",
            Self::ModelAsked { .. } => "model_asked",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Completed { .. } => "completed",
            Self::Abandoned => "abandoned",
        }
    }
}

/// Why an interview is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CompletionReason {
    /// Every planned question was asked.
    Finished,
    /// The time was used up.
    TimeUp,
    /// The candidate ended it.
    EndedEarly,
    /// The interviewer ended it after warnings about conduct.
    Conduct,
}

/// An event with its place in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logged {
    /// Position, from 1, without gaps.
    pub seq: u64,
    /// When it was appended.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}
