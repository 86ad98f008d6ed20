use greenroom_app::App;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{
    Engine, Evaluation, KeyPointResult, NotAssessed, Outcome, Overall, Quote,
};
use greenroom_domain::feedback::{Feedback, FeedbackContent};
use greenroom_domain::ids::{EvaluationId, FeedbackId, QuestionId, ResponseId, SessionId};
use greenroom_domain::rubric::RubricRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The judgement of one answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvaluationBody {
    id: EvaluationId,
    session_id: Option<SessionId>,
    question_id: Option<QuestionId>,
    response_id: Option<ResponseId>,
    /// Who judged.
    engine: Engine,
    rubric: RubricRef,
    criteria: Vec<CriterionBody>,
    key_points: Vec<KeyPointBody>,
    /// Computed in code from criteria and weights.
    overall: Overall,
    strengths: Vec<String>,
    areas_for_improvement: Vec<String>,
    created_at: Timestamp,
}

/// The result for one criterion.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CriterionBody {
    key: String,
    /// Name for people.
    label: String,
    weight: f64,
    status: CriterionStatus,
    /// 1..=10; null when not assessed.
    score: Option<f64>,
    /// Lowest and highest score of repeated judging; null when judged once.
    range: Option<[f64; 2]>,
    /// Why this score, or why none.
    reason: String,
    /// The kind of reason, when not assessed.
    cause: Option<NotAssessed>,
    /// Verified by code: `text` is exactly what stands at `start..end` of the answer.
    quotes: Vec<Quote>,
}

/// Assessed, or not.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionStatus {
    /// There was enough to judge by.
    Assessed,
    /// There was not.
    NotAssessed,
}

/// The result for one key point.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeyPointBody {
    text: String,
    covered: bool,
    /// The words that say it; null when it was not said.
    quote: Option<String>,
}

impl From<KeyPointResult> for KeyPointBody {
    fn from(point: KeyPointResult) -> Self {
        Self {
            text: (&point.text).into(),
            covered: point.covered,
            quote: point.quote.map(|quote| quote.text),
        }
    }
}

impl EvaluationBody {
    pub(crate) fn new(app: &App, evaluation: Evaluation) -> Self {
        let judgement = evaluation.judgement;
        let rubric = app.rubrics().iter().find(|rubric| rubric.reference() == judgement.rubric);
        let label = |key: &str| {
            let criterion = rubric.and_then(|rubric| rubric.criteria.iter().find(|c| c.key == key));
            criterion.map_or_else(|| key.to_owned(), |criterion| criterion.label.clone())
        };
        let criteria = judgement.criteria.into_iter();
        Self {
            id: evaluation.id,
            session_id: evaluation.session_id,
            question_id: evaluation.question_id,
            response_id: evaluation.response_id,
            engine: judgement.engine,
            rubric: judgement.rubric,
            criteria: criteria
                .map(|c| CriterionBody::new(label(&c.key), (&c.key).into(), c.weight, c.outcome))
                .collect(),
            key_points: judgement.key_points.into_iter().map(KeyPointBody::from).collect(),
            overall: judgement.overall,
            strengths: judgement.strengths,
            areas_for_improvement: judgement.areas_for_improvement,
            created_at: evaluation.created_at,
        }
    }
}

impl CriterionBody {
    fn new(label: String, key: String, weight: f64, outcome: Outcome) -> Self {
        match outcome {
            Outcome::Assessed { score, range, reason, quotes } => Self {
                key,
                label,
                weight,
                status: CriterionStatus::Assessed,
                score: Some(score),
                range: range.map(|(low, high)| [low, high]),
                reason: (&reason).into(),
                cause: None,
                quotes,
            },
            Outcome::NotAssessed { cause, reason } => Self {
                key,
                label,
                weight,
                status: CriterionStatus::NotAssessed,
                score: None,
                range: None,
                reason: (&reason).into(),
                cause: Some(cause),
                quotes: Vec::new(),
            },
        }
    }
}

/// Judge an answer: one of an interview by `response_id`, or any by `question` and `answer`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged, try_from = "EvaluateInput")]
pub enum EvaluateBody {
    /// An answer of an interview.
    Response {
        /// The answer.
        response_id: ResponseId,
    },
    /// An answer on its own.
    OnItsOwn {
        #[schema(min_length = 1, max_length = 20000, pattern = "\\S")]
        question: String,
        #[schema(max_length = 20000)]
        answer: String,
        /// An answer that would get full marks.
        #[schema(max_length = 20000)]
        reference: Option<String>,
        rubric_id: Option<String>,
    },
}

/// Both kinds of request at once; which one it is shows when it has been read.
#[derive(Debug, Deserialize)]
struct EvaluateInput {
    response_id: Option<ResponseId>,
    question: Option<String>,
    answer: Option<String>,
    reference: Option<String>,
    rubric_id: Option<String>,
}

impl TryFrom<EvaluateInput> for EvaluateBody {
    type Error = &'static str;

    fn try_from(input: EvaluateInput) -> Result<Self, Self::Error> {
        match (input.response_id, input.question, input.answer) {
            (Some(_), Some(_), Some(_)) | (None, None, _) | (None, _, None) => {
                Err("send either response_id, or question and answer")
            }
            (Some(response_id), _, _) => Ok(Self::Response { response_id }),
            (None, Some(question), Some(answer)) => Ok(Self::OnItsOwn {
                question,
                answer,
                reference: input.reference,
                rubric_id: input.rubric_id,
            }),
        }
    }
}

/// Ask for something about an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ResponseRef {
    pub(crate) response_id: ResponseId,
}

/// Feedback on one answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackBody {
    id: FeedbackId,
    response_id: ResponseId,
    session_id: SessionId,
    #[serde(flatten)]
    content: FeedbackContent,
    engine: Engine,
    created_at: Timestamp,
}

impl From<Feedback> for FeedbackBody {
    fn from(feedback: Feedback) -> Self {
        Self {
            id: feedback.id,
            response_id: feedback.response_id,
            session_id: feedback.session_id,
            content: feedback.content,
            engine: feedback.engine,
            created_at: feedback.created_at,
        }
    }
}
