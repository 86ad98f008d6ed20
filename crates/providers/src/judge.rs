//! Who judges answers.

use async_trait::async_trait;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::Judgement;
use greenroom_domain::interview::InterviewType;
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

/// Judges answers by a rubric. Every quote in the judgement has been found in the answer by code.
#[async_trait]
pub trait Judge: Send + Sync {
    /// The judgement of one answer. A judge that cannot judge says "not assessed"; it never fails.
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judgement;

    /// The same, without letting `names` (of the candidate, and others that are known) play a part. Judges that look
    /// at words only have nothing to hide them from.
    async fn judge_unnamed(&self, subject: Subject<'_>, names: &[&str], rubric: &Rubric) -> Judgement {
        let _ = names;
        self.judge(subject, rubric).await
    }
}
