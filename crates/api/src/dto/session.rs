use super::{EvaluationBody, QuestionBody};
use greenroom_app::{App, AppError, recordings};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ConfigId, QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{
    Channel, ChecklistEntry, CompletionReason, Difficulty, Event, HeardReply, InterviewType, Logged, Note,
    Personality, Phase, Reading, Response, SessionRecord, Spoken, Stages, Transport, Unfinished, shares,
};
use greenroom_domain::model_call::ModelCall;
use greenroom_domain::rubric::RubricRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An interview.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionBody {
    id: SessionId,
    config_id: ConfigId,
    title: String,
    position: Option<String>,
    /// `active`, `paused`, `completed` or `abandoned`.
    status: String,
    completion_reason: Option<CompletionReason>,
    phase: Phase,
    channel: Channel,
    difficulty: Difficulty,
    interview_type: Vec<InterviewType>,
    /// Minutes.
    duration: u32,
    interviewer_personality: Personality,
    language: String,
    rubric: RubricRef,
    progress: ProgressBody,
    current_question: Option<QuestionBody>,
    /// 1..=10; null while too little was assessed.
    overall_score: Option<f64>,
    /// Length of the sound that is kept of it, ms; null when none is, or not yet, and where an answer or the start is
    /// acknowledged.
    recorded_ms: Option<u64>,
    /// Position of the last event.
    last_seq: u64,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// How far an interview has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressBody {
    /// Questions asked, with follow-ups.
    asked: u32,
    /// Questions answered, with follow-ups.
    answered: u32,
    /// Planned questions, without follow-ups.
    planned: u32,
    /// Planned questions answered.
    planned_answered: u32,
    /// Answers judged.
    evaluated: u32,
    /// 0..=100.
    percent: u32,
    elapsed_ms: u64,
    remaining_ms: u64,
    total_ms: u64,
    /// Phases with their share of the time, in order.
    phases: Vec<PhaseBody>,
    checklist: Vec<ChecklistEntry>,
}

/// A phase with its share of the time.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhaseBody {
    phase: Phase,
    /// 0..=1.
    share: f64,
}

impl SessionBody {
    /// An interview as its owner sees it.
    pub(crate) async fn of(app: &App, record: SessionRecord) -> Result<Self, AppError> {
        let mut all = Self::of_all(app, record.user_id, [record].into()).await?;
        all.pop().ok_or_else(|| AppError::internal("one of one"))
    }

    /// Interviews of one person.
    pub(crate) async fn of_all(
        app: &App,
        user: UserId,
        records: Vec<SessionRecord>,
    ) -> Result<Vec<Self>, AppError> {
        let spoken = records.iter().filter(|record| record.snapshot.settings.channel == Channel::Voice);
        let spoken: Vec<SessionId> = spoken.map(|record| record.id).collect();
        let recorded = recordings::lengths(app, user, &spoken).await?;
        let body = |record: SessionRecord| {
            let recorded_ms = recorded.get(&record.id).copied();
            Self::with_sound(app, record, recorded_ms)
        };
        Ok(records.into_iter().map(body).collect())
    }

    /// The same without a look at its sound.
    pub(crate) fn new(app: &App, record: SessionRecord) -> Self {
        Self::with_sound(app, record, None)
    }

    fn with_sound(app: &App, record: SessionRecord, recorded_ms: Option<u64>) -> Self {
        let snapshot = record.snapshot;
        let settings = &snapshot.settings;
        let remaining_ms = snapshot.left_ms(app.now());
        let progress = &snapshot.progress;
        let phases = shares(&settings.types).into_iter();
        Self {
            id: record.id,
            config_id: record.config_id,
            title: record.title,
            position: settings.position.clone(),
            completion_reason: snapshot.reason,
            phase: snapshot.phase,
            channel: settings.channel,
            difficulty: settings.difficulty,
            interview_type: settings.types.clone(),
            duration: settings.duration_minutes,
            interviewer_personality: settings.personality,
            language: settings.language.clone(),
            rubric: settings.rubric.clone(),
            progress: ProgressBody {
                asked: progress.asked,
                answered: progress.answered,
                planned: progress.planned,
                planned_answered: progress.planned_answered,
                evaluated: progress.evaluated,
                percent: if snapshot.ended_at.is_some() {
                    100
                } else {
                    100 * progress.planned_answered / progress.planned.max(1)
                },
                elapsed_ms: progress.total_ms.saturating_sub(remaining_ms),
                remaining_ms,
                total_ms: progress.total_ms,
                phases: phases.map(|s| PhaseBody { phase: s.phase, share: s.share }).collect(),
                checklist: progress.checklist.clone(),
            },
            current_question: snapshot
                .current_question
                .as_ref()
                .map(|question| QuestionBody::new(app, Some(record.id), question, None)),
            overall_score: snapshot.overall_score,
            recorded_ms,
            last_seq: snapshot.last_seq,
            started_at: snapshot.started_at,
            ended_at: snapshot.ended_at,
            status: snapshot.status,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

/// Start an interview.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StartBody {
    pub(crate) config_id: ConfigId,
    /// Typed unless told otherwise.
    pub(crate) channel: Option<Channel>,
}

/// Answer a question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswerBody {
    pub(crate) question_id: QuestionId,
    #[schema(max_length = 20000)]
    pub(crate) content: String,
}

/// An answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResponseBody {
    id: ResponseId,
    session_id: SessionId,
    question_id: QuestionId,
    content: String,
    /// 1 for the first answer to the question.
    attempt: u32,
    /// How it sounded; null when it was typed.
    spoken: Option<Spoken>,
    /// What the recogniser had made of it; null unless the candidate corrected that.
    misheard: Option<String>,
    created_at: Timestamp,
}

impl ResponseBody {
    pub(crate) fn new(session_id: SessionId, question_id: QuestionId, response: &Response) -> Self {
        Self {
            id: response.id,
            session_id,
            question_id,
            content: response.content.clone(),
            attempt: response.attempt,
            spoken: response.spoken.as_deref().cloned(),
            misheard: response.misheard.clone(),
            created_at: response.at,
        }
    }
}

/// An acknowledged answer. It is on the disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnsweredBody {
    pub(crate) response: ResponseBody,
    /// Null when the interview is over.
    pub(crate) next_question: Option<QuestionBody>,
    /// The interviewer's last words, when it ended the interview with some.
    pub(crate) farewell: Option<String>,
    pub(crate) session: SessionBody,
}

/// An answer given again, with its judgement.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetriedBody {
    pub(crate) response: ResponseBody,
    pub(crate) evaluation: Option<EvaluationBody>,
}

/// Something that happened in an interview.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventBody {
    /// Position in the log, from 1.
    pub(crate) seq: u64,
    at: Timestamp,
    #[serde(flatten)]
    what: EventKind,
}

/// What happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum EventKind {
    /// The interview began.
    Started { planned: u32 },
    /// The interviewer asked.
    QuestionAsked { question: Box<QuestionBody> },
    /// The candidate answered.
    AnswerReceived { response: ResponseBody },
    /// The candidate went on after an answer had been taken for finished: these words belong to it too.
    AnswerAmended { response_id: ResponseId, added: String, spoken: Spoken },
    /// The candidate mended what had been misheard. This is what is judged.
    TranscriptCorrected { response_id: ResponseId, content: String },
    /// A voice line was opened; the one before it ends.
    VoiceJoined {
        line: String,
        transport: Transport,
        /// The interviewer's voice that was chosen with it; null when none was.
        voice: Option<String>,
    },
    /// So much of something that the interviewer said was heard.
    ReplyHeard { heard: HeardReply },
    /// Words of an answer that is still being spoken: should its line end, the next one goes on with them.
    WordsHeld { question_id: QuestionId, unfinished: Unfinished },
    /// How long the stages between an answer and the sound of the reply took.
    TurnTimed { response_id: ResponseId, stages: Stages },
    /// An answer was judged.
    AnswerEvaluated { evaluation: Box<EvaluationBody> },
    /// Planned questions were dropped because time runs short.
    PlanTightened { dropped_count: u32 },
    /// Another question takes the place of a planned one, because of what the answers showed.
    PlanExchanged {},
    /// The interviewer has another plan for what is left.
    Replanned {
        planned: u32,
        /// What the introduction told of the candidate, when that is why.
        reading: Option<Reading>,
    },
    /// The interviewer noticed something in an answer.
    Noted { note: Note },
    /// A language model was asked, whatever came of it.
    ModelAsked { call: ModelCall },
    /// The candidate paused.
    Paused {},
    /// The candidate went on.
    Resumed {},
    /// The interview is over.
    Completed {
        reason: CompletionReason,
        /// The interviewer's last words.
        farewell: Option<String>,
    },
    /// The candidate did not come back.
    Abandoned {},
}

impl EventBody {
    pub(crate) fn new(app: &App, session: SessionId, logged: Logged) -> Self {
        let Logged { seq, at, event } = logged;
        let what = match event {
            Event::Started { plan, .. } => EventKind::Started { planned: plan.items.len() as u32 },
            Event::QuestionAsked { question } => EventKind::QuestionAsked {
                question: Box::new(QuestionBody::new(app, Some(session), &question, Some(at))),
            },
            Event::AnswerReceived { response_id, question_id, content, attempt, spoken } => {
                let (evaluation, misheard) = (None, None);
                let response =
                    Response { id: response_id, content, at, attempt, evaluation, spoken, misheard };
                EventKind::AnswerReceived { response: ResponseBody::new(session, question_id, &response) }
            }
            Event::AnswerAmended { response_id, added, spoken } => {
                EventKind::AnswerAmended { response_id, added, spoken: *spoken }
            }
            Event::TranscriptCorrected { response_id, content } => {
                EventKind::TranscriptCorrected { response_id, content }
            }
            Event::VoiceJoined { line, transport, voice } => {
                EventKind::VoiceJoined { line, transport, voice }
            }
            Event::ReplyHeard { heard } => EventKind::ReplyHeard { heard },
            Event::WordsHeld { question_id, unfinished } => EventKind::WordsHeld { question_id, unfinished },
            Event::TurnTimed { response_id, stages } => EventKind::TurnTimed { response_id, stages },
            Event::AnswerEvaluated { evaluation } => {
                EventKind::AnswerEvaluated { evaluation: Box::new(EvaluationBody::new(app, *evaluation)) }
            }
            Event::PlanTightened { dropped } => {
                EventKind::PlanTightened { dropped_count: dropped.len() as u32 }
            }
            Event::PlanExchanged { .. } => EventKind::PlanExchanged {},
            Event::Paused => EventKind::Paused {},
            Event::Resumed => EventKind::Resumed {},
            Event::Replanned { plan, reading, .. } => {
                EventKind::Replanned { planned: plan.items.len() as u32, reading }
            }
            Event::Noted { note } => EventKind::Noted { note },
            Event::ModelAsked { call } => EventKind::ModelAsked { call },
            Event::Completed { reason, farewell } => EventKind::Completed { reason, farewell },
            Event::Abandoned => EventKind::Abandoned {},
        };
        Self { seq, at, what }
    }
}
