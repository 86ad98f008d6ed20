//! Who converses: an interviewer that is a language model.
//!
//! It is slow and may fail. Whoever asks it has the built-in interviewer at hand, and asks it for no more than
//! words and choices: what may be asked now, and whether the interview is over, are decided by code.

use crate::interviewer::Brief;
use async_trait::async_trait;
use greenroom_domain::evaluation::{Engine, Quote};
use greenroom_domain::ids::ResponseId;
use greenroom_domain::interview::{Grounding, Plan, Probe, Question, Reading, State};
use greenroom_domain::model_call::ModelCall;

/// What came of talking with a model.
#[derive(Debug)]
pub struct Talked<T> {
    /// What it said, checked by code; else why there is nothing to use, without any words of the candidate.
    pub result: Result<T, String>,
    /// What was tried, for the log.
    pub calls: Vec<ModelCall>,
}

/// A plan by a model, or a part of one: items that failed a check are replaced by those of the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Replanned {
    /// The plan.
    pub plan: Plan,
    /// What the introduction told of the candidate; only when there was one.
    pub reading: Option<Reading>,
    /// Who made it.
    pub engine: Engine,
}

/// The moment in which the interviewer speaks: the last answer was given, and nothing was said to it yet.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// What is known of job and candidate: the same through the whole interview.
    pub brief: Brief<'a>,
    /// The interview so far.
    pub state: &'a State,
    /// What comes next when the interviewer does not follow up; `None` when the interview ends.
    pub planned: Option<&'a Question>,
    /// The question that a follow-up would belong to; `None` when there is no time or patience left for one.
    pub follow_up_of: Option<&'a Question>,
}

/// What the interviewer says. Every quote was found in the answers by code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spoken {
    /// One sentence on what was said.
    pub reaction: Option<String>,
    /// The follow-up; else the planned question comes.
    pub follow_up: Option<Probe>,
    /// The planned question in the interview's language, when the plan has it in another one.
    pub translated: Option<String>,
    /// What the candidate asked, with the line that answers it.
    pub asked: Vec<(Quote, Option<Grounding>)>,
    /// Words of the last answer that have no place in an interview.
    pub conduct: Option<Quote>,
    /// Words of an earlier answer and of the last one that do not seem to go together.
    pub contrast: Option<(ResponseId, Quote, Quote)>,
    /// Last words, when the interview ends.
    pub farewell: Option<String>,
}

/// Hears what is being written, before it is complete.
pub trait Listener: Send + Sync {
    /// All of the words so far. They are no more than a draft until the question is on the log.
    fn writing(&self, words: &str);
}

/// An interviewer that is a language model.
#[async_trait]
pub trait Conversation: Send + Sync {
    /// Plans the interview, with the built-in plan as the `draft` to better. With `introduction`, the answer to the
    /// first question, it also says what that told.
    async fn plan(&self, brief: Brief<'_>, draft: &Plan, introduction: Option<&str>) -> Talked<Replanned>;

    /// What the interviewer says now. Ends within the deadline that the conversation was made with.
    async fn turn(&self, moment: Moment<'_>, listener: &dyn Listener) -> Talked<Spoken>;

    /// How this engine is named on questions, when `call` is what it said them with.
    fn engine(&self, call: Option<&ModelCall>) -> Engine;
}
