//! Things to put into a database.

use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ConfigId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Plan, SessionRecord, Settings, State,
};
use greenroom_domain::rubric::RubricRef;
use greenroom_store::{Append, NewSession, Store};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

static COUNTER: AtomicU64 = AtomicU64::new(1);

/// Ids that are unique in a run and between parallel runs.
pub fn fresh() -> Uuid {
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    Uuid::from_u64_pair(
        u64::from(std::process::id()) << 32 | count,
        count.wrapping_mul(0x9e37_79b9_7f4a_7c15),
    )
}

/// `seconds` after a fixed moment.
pub fn at(seconds: i64) -> Timestamp {
    let base = "2026-01-05T09:00:00Z".parse().expect("the moment is valid");
    Timestamp::new(base).plus_ms(seconds * 1000)
}

pub async fn person(store: &Store) -> UserId {
    let id = UserId(fresh());
    let user = User {
        id,
        email: Some(format!("{}@example.com", id.0.simple())),
        name: "Test".to_owned(),
        role: Role::JobSeeker,
        expires_at: None,
        consents: Vec::new(),
        created_at: at(0),
        updated_at: at(0),
    };
    store.create_user(&user, Some("hash")).await.expect("a new person is stored");
    id
}

/// A guest whose time is over at `at(3600)`.
pub async fn guest(store: &Store) -> User {
    let guest = User {
        id: UserId(fresh()),
        email: None,
        name: "Guest".to_owned(),
        role: Role::JobSeeker,
        expires_at: Some(at(3600)),
        consents: Vec::new(),
        created_at: at(0),
        updated_at: at(0),
    };
    store.create_user(&guest, None).await.expect("a new guest is stored");
    guest
}

/// A stored interview with its first event.
pub async fn session(store: &Store, user: UserId, seconds: i64) -> State {
    session_of(store, user, SessionId(fresh()), seconds).await
}

/// The same with this id.
pub async fn session_of(store: &Store, user: UserId, id: SessionId, seconds: i64) -> State {
    let settings = Settings {
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        channel: Channel::Text,
    };
    let first = Logged { seq: 1, at: at(seconds), event: Event::Started { settings, plan: Plan::default() } };
    let state = State::begin(id, first.clone()).expect("it begins with its start");
    let record = SessionRecord {
        id,
        user_id: user,
        config_id: ConfigId(fresh()),
        title: "Test".to_owned(),
        snapshot: state.snapshot(),
        created_at: at(seconds),
        updated_at: at(seconds),
    };
    let new = NewSession { record, events: vec![first], jobs: Vec::new() };
    store.create_session(new).await.expect("a new interview is stored");
    state
}

/// An answer at the position after `seq`.
pub fn answer(state: &State, seq: u64, content: &str) -> Append {
    let event = Event::AnswerReceived {
        response_id: ResponseId(fresh()),
        question_id: greenroom_domain::ids::QuestionId(fresh()),
        content: content.to_owned(),
        attempt: 1,
        spoken: None,
    };
    Append {
        session_id: state.id,
        events: vec![Logged { seq: seq + 1, at: at(1), event }],
        snapshot: state.snapshot(),
        evaluations: Vec::new(),
        enqueue: Vec::new(),
        finish: Vec::new(),
        idempotency: None,
        at: at(1),
    }
}
