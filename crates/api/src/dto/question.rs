use greenroom_app::App;
use greenroom_domain::bank::{BankQuestion, BankRole, KeyPoint};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Engine;
use greenroom_domain::ids::{ConfigId, QuestionId, SessionId};
use greenroom_domain::interview::{Difficulty, Grounding, InterviewType, Phase, Question};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A question as it was asked. What a full answer says is not part of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionBody {
    id: QuestionId,
    /// Null for a question that belongs to no interview.
    session_id: Option<SessionId>,
    /// The interviewer's remark before it.
    lead_in: Option<String>,
    content: String,
    category: InterviewType,
    phase: Phase,
    difficulty: Difficulty,
    /// Key in the competency taxonomy.
    competency: String,
    /// Its name for people.
    competency_label: String,
    tags: Vec<String>,
    is_follow_up: bool,
    parent_question_id: Option<QuestionId>,
    /// Position in the interview, from 1.
    order: u32,
    /// Time that it needs, minutes.
    minutes: u32,
    /// The lines that caused it, word for word.
    grounding: Vec<Grounding>,
    /// Who asks it.
    engine: Engine,
    asked_at: Option<Timestamp>,
}

impl QuestionBody {
    pub(crate) fn new(
        app: &App,
        session: Option<SessionId>,
        question: &Question,
        asked_at: Option<Timestamp>,
    ) -> Self {
        Self {
            id: question.id,
            session_id: session,
            lead_in: question.lead_in.clone(),
            content: question.content.clone(),
            category: question.category,
            phase: question.phase,
            difficulty: question.difficulty,
            competency: (&question.competency).into(),
            competency_label: app.bank().label(&question.competency).to_owned(),
            tags: question.tags.clone(),
            is_follow_up: question.is_follow_up(),
            parent_question_id: question.parent_question_id,
            order: question.order,
            minutes: question.minutes,
            grounding: question.grounding.clone(),
            engine: question.engine.clone(),
            asked_at,
        }
    }
}

/// Ask for questions for a set-up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GenerateBody {
    pub(crate) config_id: ConfigId,
    #[schema(minimum = 1, maximum = 40)]
    pub(crate) count: u32,
}

/// A follow-up, when the answer invites one.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowUpBody {
    /// Null when the answer is complete.
    pub(crate) question: Option<QuestionBody>,
}

/// A question of the bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankQuestionBody {
    /// Stable key.
    pub(crate) id: String,
    content: String,
    category: InterviewType,
    difficulty: Difficulty,
    competency: String,
    role: String,
    role_title: String,
    industries: Vec<String>,
    tags: Vec<String>,
    minutes: u32,
    /// What a full answer says.
    key_points: Vec<KeyPoint>,
    /// An answer that would get full marks.
    reference: String,
    follow_ups: Vec<String>,
    red_flags: Vec<String>,
}

impl BankQuestionBody {
    pub(crate) fn new(role: &BankRole, question: &BankQuestion) -> Self {
        Self {
            id: question.id.clone(),
            content: question.text.clone(),
            category: question.kind,
            difficulty: question.difficulty,
            competency: (&question.competency).into(),
            role: role.role.clone(),
            role_title: role.title.clone(),
            industries: role.industries.clone(),
            tags: question.tags.clone(),
            minutes: question.minutes,
            key_points: question.key_points.clone(),
            reference: question.reference.trim().to_owned(),
            follow_ups: question.follow_ups.iter().map(|follow_up| follow_up.text.clone()).collect(),
            red_flags: question.red_flags.clone(),
        }
    }
}
