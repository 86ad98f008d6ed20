//! Take an answer: durable first, then acknowledged, with the next question.

use super::advance::advance;
use super::ask_next::ask_next_job;
use super::conversing::{is_due, next_turn};
use super::planning::plan_behind;
use super::read::owned;
use super::states::{Action, Addition, append, applied};
use crate::engines::engines_for;
use crate::evaluations::evaluation_job;
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{CORRECTION_MS, Input, SessionRecord, Spoken, State, decide};
use greenroom_domain::job_queue::Job;
use greenroom_store::IdempotencyRecord;
use greenroom_telemetry::interviews::answer_stored;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Instant;

/// An acknowledged answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The answer.
    pub response_id: ResponseId,
    /// The interview, for its owner and title.
    pub record: SessionRecord,
    /// The interview after it.
    pub state: Arc<State>,
}

/// A client's name for a request that it may repeat.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// The client's key, 1..=255 visible ASCII characters.
    pub key: String,
}

/// The words of an answer.
#[derive(Clone, Debug)]
pub struct Words {
    /// As typed, or as the recogniser has them.
    pub content: String,
    /// How they sounded; `None` when they were typed.
    pub spoken: Option<Box<Spoken>>,
}

impl From<String> for Words {
    fn from(content: String) -> Self {
        Self { content, spoken: None }
    }
}

/// Takes an answer to the question that waits. When this returns, the answer is on the disk.
///
/// Repeating a request with the same key returns the same answer and changes nothing; the same key for
/// other words is refused.
pub async fn answer(
    app: &App,
    user: UserId,
    id: SessionId,
    question_id: QuestionId,
    words: impl Into<Words>,
    idempotency: Option<Idempotency>,
) -> Result<Answered> {
    let Words { content, spoken } = words.into();
    let record = owned(app, user, id).await?;
    let hash = request_hash(id, question_id, &content);
    if let Some(response_id) = repeated(app, user, idempotency.as_ref(), &hash).await? {
        return again(app, record, response_id).await;
    }
    let response_id = ResponseId::fresh(app.ids());
    let engines = engines_for(app, user).await?;
    let ask_next = engines.conversation.is_some().then(|| ask_next_job(app, id, app.now()));
    let finish = ask_next.as_ref().map(|job| job.id);
    let key = idempotency.clone();
    let taking =
        TakeAnswer { user, question_id, response_id, content, spoken, key, hash: hash.clone(), ask_next };
    let began = Instant::now();
    let result = append(app, id, &taking).await;
    match result {
        Ok(mut state) => {
            answer_stored(began.elapsed());
            if is_due(&state) {
                if state.asked.len() == 1 {
                    plan_behind(app, id);
                }
                state = next_turn(app, id, finish).await?;
            }
            let updated_at = state.response(response_id).map_or(record.updated_at, |(_, given)| given.at);
            let record = SessionRecord { updated_at, ..refreshed(record, &state) };
            Ok(Answered { response_id, record, state })
        }
        // The same request may have come in twice at once and the other one won.
        Err(error) => match repeated(app, user, idempotency.as_ref(), &hash).await? {
            Some(response_id) => again(app, record, response_id).await,
            None => Err(error),
        },
    }
}

struct TakeAnswer {
    user: UserId,
    question_id: QuestionId,
    response_id: ResponseId,
    content: String,
    spoken: Option<Box<Spoken>>,
    key: Option<Idempotency>,
    hash: String,
    /// Asks the next question if the model's turn comes to nothing; without it the built-in interviewer asks at once.
    ask_next: Option<Job>,
}

impl Action for TakeAnswer {
    async fn decide(&self, app: &App, state: &State, now: Timestamp) -> Result<Addition> {
        let (response_id, question_id) = (self.response_id, self.question_id);
        let (content, spoken) = (self.content.clone(), self.spoken.clone());
        // What was misheard can be mended before it is judged.
        let judged_at = if spoken.is_some() { now.plus_ms(CORRECTION_MS) } else { now };
        let input = Input::Answer { response_id, question_id, content, spoken };
        let mut events = decide(state, input)?;
        if self.ask_next.is_none() {
            let (after, _) = applied(state, events.clone(), now);
            events.extend(advance(app, &after, None, now).await?);
        }
        let record = self.key.as_ref().map(|given| IdempotencyRecord {
            user_id: self.user,
            key: given.key.clone(),
            request_hash: self.hash.clone(),
            status: 201,
            body: response_id.to_string(),
            at: now,
        });
        Ok(Addition {
            events,
            enqueue: self
                .ask_next
                .iter()
                .cloned()
                .chain([evaluation_job(app, state.id, response_id, judged_at)])
                .collect(),
            idempotency: record,
            ..Addition::default()
        })
    }
}

/// The answer that this key already stands for.
async fn repeated(
    app: &App,
    user: UserId,
    idempotency: Option<&Idempotency>,
    hash: &str,
) -> Result<Option<ResponseId>> {
    let Some(given) = idempotency else { return Ok(None) };
    let Some(known) = app.store().idempotent(user, &given.key).await? else { return Ok(None) };
    if known.request_hash != hash {
        return Err(AppError::new(
            ErrorCode::Conflict,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a fresh key for a fresh request.",
        ));
    }
    known.body.parse().map(Some).map_err(AppError::internal)
}

async fn again(app: &App, record: SessionRecord, response_id: ResponseId) -> Result<Answered> {
    let mut state = super::state(app, record.user_id, record.id).await?;
    if is_due(&state) {
        state = next_turn(app, record.id, None).await?;
    }
    Ok(Answered { response_id, record: refreshed(record, &state), state })
}

fn refreshed(record: SessionRecord, state: &State) -> SessionRecord {
    SessionRecord { snapshot: state.snapshot(), ..record }
}

fn request_hash(id: SessionId, question_id: QuestionId, content: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(id.0.as_bytes());
    hash.update(question_id.0.as_bytes());
    hash.update(content.as_bytes());
    base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, hash.finalize())
}

impl Answered {
    /// The question that waits now, if any.
    pub fn next_question(&self) -> Option<&greenroom_domain::interview::Asked> {
        self.state.current_question()
    }
}
