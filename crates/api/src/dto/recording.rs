use greenroom_domain::ids::{QuestionId, ResponseId};
use greenroom_live::recordings::{
    DeliveredMeasure, DeliveredMoment, Delivery, MeasureKey, MomentKind, NotMeasured, Outline, OutlineKind,
    OutlineMoment,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A recording to look at. Places are ms from its beginning.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingPeaksBody {
    /// How long it is, ms.
    duration_ms: u64,
    /// Sound behind one height, ms.
    step_ms: u64,
    /// Heights of the candidate.
    #[schema(value_type = Vec<i32>, min_items = 0)]
    candidate: Vec<u8>,
    /// Heights of the interviewer; as many.
    #[schema(value_type = Vec<i32>, min_items = 0)]
    interviewer: Vec<u8>,
    /// What lies where, in order.
    moments: Vec<RecordingMomentBody>,
}

/// Something at its place in a recording.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingMomentBody {
    /// What.
    kind: RecordingMomentKind,
    /// Of questions and answers: which question of the interview, from 0. Of interruptions: which of them.
    index: usize,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_id: Option<ResponseId>,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    question_id: Option<QuestionId>,
    /// From where, ms.
    from_ms: u64,
    /// To where, ms.
    to_ms: u64,
}

/// What lies there.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingMomentKind {
    /// A question, as it was heard.
    Question,
    /// A spoken answer.
    Answer,
    /// The candidate spoke over the interviewer.
    Interruption,
}

/// How somebody spoke: for the speaker alone, and no part of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryBody {
    /// Whether the numbers are there.
    status: DeliveryStatus,
    /// Why they are not, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The numbers.
    measures: Vec<DeliveryMeasureBody>,
    /// Where it is worth listening again; none without a recording.
    moments: Vec<DeliveryMomentBody>,
}

/// Whether the numbers are there.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// They are.
    Ready,
    /// Not yet.
    Pending,
    /// There will be none.
    NotAvailable,
}

/// A number, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryMeasureBody {
    /// Which.
    key: MeasureKey,
    /// It.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f32>,
    /// What it counts in.
    #[schema(example = "words/min")]
    unit: &'static str,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<NotMeasured>,
    /// What is usual.
    norm: DeliveryNormBody,
}

/// What is usual.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryNormBody {
    /// The lower end.
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f32>,
    /// The upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f32>,
    /// Who found that, or why it was chosen, for people.
    source: String,
}

/// Where it is worth listening again.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryMomentBody {
    /// What is to be heard.
    kind: MomentKind,
    /// From where, ms of the recording.
    from_ms: u64,
    /// To where, ms.
    to_ms: u64,
    /// The same for people.
    says: String,
}

impl From<Outline> for RecordingPeaksBody {
    fn from(Outline { duration_ms, step_ms, candidate, interviewer, moments }: Outline) -> Self {
        let moments = moments.into_iter().map(RecordingMomentBody::from).collect();
        Self { duration_ms, step_ms, candidate, interviewer, moments }
    }
}

impl From<OutlineMoment> for RecordingMomentBody {
    fn from(moment: OutlineMoment) -> Self {
        let OutlineMoment { kind, index, question_id, response_id, from_ms, to_ms } = moment;
        let kind = match kind {
            OutlineKind::Question => RecordingMomentKind::Question,
            OutlineKind::Answer => RecordingMomentKind::Answer,
            OutlineKind::Interruption => RecordingMomentKind::Interruption,
        };
        Self { kind, index, response_id, question_id, from_ms, to_ms }
    }
}

impl From<Delivery> for DeliveryBody {
    fn from(delivery: Delivery) -> Self {
        let without =
            |status, reason| Self { status, reason: Some(reason), measures: Vec::new(), moments: Vec::new() };
        match delivery {
            Delivery::Pending => {
                without(DeliveryStatus::Pending, "The numbers are there when the interview is over.")
            }
            Delivery::NotAvailable => {
                let reason = "Nothing of this interview was spoken, or nothing of it could be measured.";
                without(DeliveryStatus::NotAvailable, reason)
            }
            Delivery::Ready(delivered) => Self {
                status: DeliveryStatus::Ready,
                reason: None,
                measures: delivered.measures.into_iter().map(DeliveryMeasureBody::from).collect(),
                moments: delivered.moments.into_iter().map(DeliveryMomentBody::from).collect(),
            },
        }
    }
}

impl From<DeliveredMeasure> for DeliveryMeasureBody {
    fn from(measure: DeliveredMeasure) -> Self {
        let DeliveredMeasure { key, value, unit, left_out, low, high, source } = measure;
        Self { key, value, unit, left_out, norm: DeliveryNormBody { low, high, source } }
    }
}

impl From<DeliveredMoment> for DeliveryMomentBody {
    fn from(DeliveredMoment { kind, from_ms, to_ms, says }: DeliveredMoment) -> Self {
        Self { kind, from_ms, to_ms, says }
    }
}
