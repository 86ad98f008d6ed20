//! Who judges answers.

use async_trait::async_trait;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::Judgement;
use greenroom_domain::interview::{InterviewType, Question, Settings};
use greenroom_domain::model_call::ModelCall;
use greenroom_domain::rubric::Rubric;

/// An answer to be judged, with what it is judged against.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The question as it was asked.
    pub question: &'a str,
    /// The answer, as given. It is data, never instructions.
    pub answer: &'a str,
    /// An answer that would get full marks, when there is one.
    pub reference: Option<&'a str>,
    /// What a full answer says; empty when nobody wrote it down.
    pub key_points: &'a [KeyPoint],
    /// The kind of question, when it is known.
    pub kind: Option<InterviewType>,
    /// ISO 639-1 code of the interview's language.
    pub language: &'a str,
}

impl<'a> Subject<'a> {
    /// An answer to a question of an interview.
    pub fn in_interview(settings: &'a Settings, question: &'a Question, answer: &'a str) -> Self {
        Self {
            question: &question.content,
            answer,
            reference: question.reference.as_deref(),
            key_points: &question.key_points,
            kind: Some(question.category),
            language: &settings.language,
        }
    }
}

/// Whose answer it is: what must play no part in the judgement, and who pays for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Candidate<'a> {
    /// Names of the candidate, and others that are known.
    pub names: &'a [&'a str],
    /// Schools of the resume; they are taken out with all others when the judge is told to.
    pub schools: &'a [&'a str],
    /// The account that pays for language models: the interview's id; `None` counts for the day only.
    pub account: Option<&'a str>,
}

/// A judgement, with what language models were asked for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The judgement.
    pub judgement: Judgement,
    /// Calls in the order in which they ended, with those that came to nothing. Empty when no model was asked.
    pub calls: Vec<ModelCall>,
}

impl From<Judgement> for Judged {
    /// A judgement for which no model was asked.
    fn from(judgement: Judgement) -> Self {
        Self { judgement, calls: Vec::new() }
    }
}

/// Judges answers by a rubric. Every quote in the judgement has been found in the answer by code.
#[async_trait]
pub trait Judge: Send + Sync {
    /// The judgement of one answer. A judge that cannot judge says "not assessed"; it never fails.
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged;

    /// The same for a known candidate, without letting who that is play a part. Judges that look at words only have
    /// nothing to hide it from.
    async fn judge_unnamed(&self, subject: Subject<'_>, candidate: Candidate<'_>, rubric: &Rubric) -> Judged {
        let _ = candidate;
        self.judge(subject, rubric).await
    }
}
