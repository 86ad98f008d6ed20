//! What may be wished of an interview, and why a wish is refused.

use super::event::CompletionReason;
use super::note::Note;
use super::plan::{Plan, Reading};
use super::question::Question;
use super::spoken::{Correction, HeardReply, Spoken, Stages, Transport, Unfinished};
use crate::evaluation::{Engine, Evaluation};
use crate::ids::{QuestionId, ResponseId};
use crate::model_call::ModelCall;

/// Longest answer, in characters.
pub const MAX_ANSWER_CHARS: usize = 20_000;

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The interviewer has a question ready.
    Ask(Box<Question>),
    /// The candidate answers the question that waits.
    Answer {
        /// Id for the answer.
        response_id: ResponseId,
        /// The question that the candidate saw.
        question_id: QuestionId,
        /// The words.
        content: String,
        /// How they sounded; `None` when they were typed.
        spoken: Option<Box<Spoken>>,
    },
    /// The candidate went on after their last answer had been taken for finished.
    Amend {
        /// The answer.
        response_id: ResponseId,
        /// The words that belong to it too.
        added: String,
        /// How they sounded.
        spoken: Box<Spoken>,
    },
    /// The candidate mends what was misheard.
    Correct {
        /// The answer.
        response_id: ResponseId,
        /// What becomes of its words.
        correction: Correction,
    },
    /// A voice line was opened.
    JoinVoice {
        /// Its id.
        line: String,
        /// How sound travels.
        transport: Transport,
        /// The interviewer's voice, if one was chosen.
        voice: Option<String>,
    },
    /// Something that the interviewer said was heard.
    Heard(HeardReply),
    /// An answer is being spoken and not finished.
    Hold {
        /// The question.
        question_id: QuestionId,
        /// What was said of it until now.
        unfinished: Unfinished,
    },
    /// The stages of a turn are over.
    Timed {
        /// The answer.
        response_id: ResponseId,
        /// When each was over.
        stages: Stages,
    },
    /// After the interview, the candidate answers a question again.
    AnswerAgain {
        /// Id for the answer.
        response_id: ResponseId,
        /// The question.
        question_id: QuestionId,
        /// The words.
        content: String,
    },
    /// A judge has finished.
    Evaluated(Box<Evaluation>),
    /// Time runs short: drop these planned questions.
    Tighten(Vec<String>),
    /// The answers call for another question than the planned one.
    Exchange {
        /// Key of the planned question.
        key: String,
        /// Key of the question that takes its place, of the plan or of its reserve.
        by: String,
    },
    /// The interviewer has another plan for what is left.
    Replan {
        /// What is left to ask, and what the interview should find out.
        plan: Plan,
        /// Who made it.
        engine: Engine,
        /// What the introduction told, when that is why.
        reading: Option<Reading>,
    },
    /// The interviewer noticed something.
    Note(Note),
    /// A language model was asked.
    Asked(Box<ModelCall>),
    /// Stop for a while.
    Pause,
    /// Go on.
    Resume,
    /// End it.
    Complete(CompletionReason),
    /// End it with the interviewer's last words.
    Farewell(CompletionReason, String),
    /// Nobody has come back.
    Abandon,
}

/// Why a wish was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The interview is not in a state for it.
    #[error("this interview is {status}; it cannot {wish} now")]
    WrongStatus {
        /// Where it stands.
        status: &'static str,
        /// What was wished.
        wish: &'static str,
    },
    /// The answer is for a question that does not wait for one.
    #[error("this question is not the one that waits for an answer")]
    NotCurrent,
    /// The question already has its answer.
    #[error("this question has already been answered")]
    AlreadyAnswered,
    /// No such question or answer in this interview.
    #[error("there is no such question in this interview")]
    Unknown,
    /// The answer is longer than [`MAX_ANSWER_CHARS`].
    #[error("the answer is longer than {MAX_ANSWER_CHARS} characters")]
    TooLong,
    /// A question waits already.
    #[error("a question is already waiting for its answer")]
    QuestionOpen,
    /// A note quotes what was not said.
    #[error("these words do not stand in the answer")]
    NotSaid,
    /// The answer has its judgement already.
    #[error("this answer has already been evaluated")]
    AlreadyEvaluated,
    /// The words that were to be replaced are not those of the answer any more.
    #[error("this answer has other words by now, so it was left as it is")]
    AnswerChanged,
    /// The answer was typed: nothing was misheard.
    #[error("this answer was not spoken, so there is nothing to correct")]
    NotSpoken,
}
