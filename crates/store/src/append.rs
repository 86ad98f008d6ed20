//! How interviews grow: what waits is written together and committed once.
//!
//! A commit costs a sync of the disk, whatever it holds. The appender takes everything that waits,
//! writes it in one transaction and answers everyone after the one commit: nobody is told before their
//! answer is on the disk, and many answers share the wait.

use crate::Store;
use crate::dialect::{self, Engine};
use crate::entities::{evaluations, events, idempotency, jobs, responses, sessions};
use crate::error::{Constraint, Result, StoreError};
use crate::evaluations::place as evaluation_place;
use crate::idempotency::IdempotencyRecord;
use crate::rows::micros;
use crate::sealing::DataKey;
use crate::sessions::{event_place, snapshot_place, title_place};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{JobId, SessionId, UserId};
use greenroom_domain::interview::{Event, Logged, SessionRecord, Snapshot};
use greenroom_domain::job_queue::Job;
use greenroom_telemetry::database::committed;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, TransactionTrait,
};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{Mutex, mpsc, oneshot};
use uuid::Uuid;

/// Requests written in one transaction at most.
const MAX_BATCH: usize = 128;
/// Requests that may wait; more make their senders wait.
const QUEUE: usize = 1024;

/// A new interview.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The interview.
    pub record: SessionRecord,
    /// Its first events.
    pub events: Vec<Logged>,
    /// Work that becomes necessary.
    pub jobs: Vec<Job>,
}

/// Growth of an interview, all or nothing.
#[derive(Clone, Debug)]
pub struct Append {
    /// The interview.
    pub session_id: SessionId,
    /// Events with the positions they take, without gaps after the last one stored.
    pub events: Vec<Logged>,
    /// The view after them.
    pub snapshot: Snapshot,
    /// Judgements among the events.
    pub evaluations: Vec<Evaluation>,
    /// Work that becomes necessary.
    pub enqueue: Vec<Job>,
    /// Work that is done.
    pub finish: Vec<JobId>,
    /// What to answer when the same request comes again.
    pub idempotency: Option<IdempotencyRecord>,
    /// The moment.
    pub at: Timestamp,
}

/// An [`Append`] as rows, sealed: nobody who waits for the database needs to make them.
#[derive(Clone, Debug)]
struct Ready {
    session: SessionId,
    /// The first position and the last one; `None` without events.
    span: Option<(i64, i64)>,
    status: String,
    snapshot: String,
    at: i64,
    events: Vec<events::ActiveModel>,
    answers: Vec<responses::ActiveModel>,
    evaluations: Vec<evaluations::ActiveModel>,
    enqueue: Vec<Job>,
    finish: Vec<Uuid>,
    idempotency: Option<idempotency::ActiveModel>,
}

struct Waiting {
    ready: Ready,
    done: oneshot::Sender<Result<()>>,
}

/// Whether the positions that somebody wants in a log are his to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Free,
    Taken,
}

#[derive(Clone, Debug)]
pub(crate) struct Appender {
    queue: mpsc::Sender<Waiting>,
}

impl Appender {
    /// Starts the tasks that write. They end when the last [`Store`] is dropped.
    pub(crate) fn start(db: &DatabaseConnection, engine: Engine) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..dialect::appenders(engine) {
            tokio::spawn(write_all(db.clone(), engine, waiting.clone()));
        }
        Self { queue }
    }
}

impl Store {
    /// Stores a new interview with its first events.
    pub async fn create_session(&self, new: NewSession) -> Result<()> {
        let NewSession { record, events, jobs } = new;
        let last_seq = events.last().map_or(0, |logged| logged.seq) as i64;
        let key = self.key(record.user_id).await?;
        let row = sessions::ActiveModel {
            id: Set(record.id.0),
            user_id: Set(record.user_id.0),
            config_id: Set(record.config_id.0),
            title: Set(key.seal(title_place(record.id.0), &record.title)),
            snapshot: Set(key.seal_value(snapshot_place(record.id.0), &record.snapshot)?),
            status: Set(record.snapshot.status),
            last_seq: Set(last_seq),
            created_at: Set(micros(record.created_at)),
            updated_at: Set(micros(record.updated_at)),
        };
        let (rows, answers) = sealed_events(&key, record.id, &events)?;
        let tx = self.begin().await?;
        sessions::Entity::insert(row).exec_without_returning(&tx).await?;
        insert_events(&tx, rows, answers).await?;
        insert_jobs(&tx, &jobs).await?;
        Ok(tx.commit().await?)
    }

    /// Appends to an interview. When this returns, it is on the disk. Another writer on the same
    /// positions is `Conflict(SessionSeq)`.
    pub async fn append(&self, append: Append) -> Result<()> {
        let ready = self.ready(append).await?;
        let (done, outcome) = oneshot::channel();
        let gone = || StoreError::Unavailable(DbErr::Custom("the appender has stopped".to_owned()));
        self.appender.queue.send(Waiting { ready, done }).await.map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }

    async fn ready(&self, append: Append) -> Result<Ready> {
        let session = append.session_id;
        // An interview that is not there has no place to take.
        let taken = StoreError::Conflict(Constraint::SessionSeq);
        let owner = self.owner(session).await?.ok_or(taken)?;
        let key = self.key(owner).await.map_err(|error| match error {
            StoreError::Orphan => StoreError::Conflict(Constraint::SessionSeq),
            other => other,
        })?;
        let (events, answers) = sealed_events(&key, session, &append.events)?;
        let idempotency = match &append.idempotency {
            Some(record) if record.user_id == owner => Some(record.row(&key)),
            Some(record) => Some(record.row(&*self.key(record.user_id).await?)),
            None => None,
        };
        let ends = append.events.first().zip(append.events.last());
        Ok(Ready {
            session,
            span: ends.map(|(first, last)| (first.seq as i64, last.seq as i64)),
            snapshot: key.seal_value(snapshot_place(session.0), &append.snapshot)?,
            status: append.snapshot.status,
            at: micros(append.at),
            events,
            answers,
            evaluations: sealed_evaluations(&key, owner, session, &append.evaluations)?,
            enqueue: append.enqueue,
            finish: append.finish.iter().map(|id| id.0).collect(),
            idempotency,
        })
    }
}

async fn write_all(db: DatabaseConnection, engine: Engine, waiting: Arc<Mutex<mpsc::Receiver<Waiting>>>) {
    loop {
        let mut batch = Vec::new();
        if waiting.lock().await.recv_many(&mut batch, MAX_BATCH).await == 0 {
            return;
        }
        // All take the places of interviews in one order, so that two transactions never wait for each other. What is of
        // one interview stays as it came.
        batch.sort_by_key(|waiting| waiting.ready.session);
        let appends: Vec<&Ready> = batch.iter().map(|waiting| &waiting.ready).collect();
        match write(&db, engine, &appends).await {
            Ok(places) => answer(batch, places),
            // Trying each alone would take as long again for each of them.
            Err(StoreError::Unavailable(cause)) => tell_all(batch, &cause, StoreError::Unavailable),
            Err(StoreError::Full(cause)) => tell_all(batch, &cause, StoreError::Full),
            // Somebody in the batch cannot be written: find out who, the others must not suffer.
            Err(_) if batch.len() > 1 => {
                for waiting in batch {
                    match write(&db, engine, &[&waiting.ready]).await {
                        Ok(places) => answer(vec![waiting], places),
                        Err(error) => tell(waiting, Err(error)),
                    }
                }
            }
            Err(error) => {
                if let Some(waiting) = batch.pop() {
                    tell(waiting, Err(error));
                }
            }
        }
    }
}

fn answer(batch: Vec<Waiting>, places: Vec<Place>) {
    for (waiting, place) in batch.into_iter().zip(places) {
        let outcome = match place {
            Place::Taken => Err(StoreError::Conflict(Constraint::SessionSeq)),
            Place::Free => Ok(()),
        };
        tell(waiting, outcome);
    }
}

/// It is nobody's fault among them.
fn tell_all(batch: Vec<Waiting>, cause: &DbErr, failure: impl Fn(DbErr) -> StoreError) {
    for waiting in batch {
        tell(waiting, Err(failure(DbErr::Custom(cause.to_string()))));
    }
}

/// Who no longer listens has gone away; what was written stays.
fn tell(waiting: Waiting, outcome: Result<()>) {
    let _ = waiting.done.send(outcome);
}

/// Writes everything in one transaction but those whose place in the log is taken: they change nothing.
/// Says of each in turn which it was.
async fn write(db: &DatabaseConnection, engine: Engine, appends: &[&Ready]) -> Result<Vec<Place>> {
    let began = Instant::now();
    let tx = db.begin_with_options(dialect::write_options(engine)).await?;
    let mut places = Vec::with_capacity(appends.len());
    for append in appends {
        places.push(advance(&tx, append).await?);
    }
    let free = appends.iter().zip(&places).filter(|(_, place)| **place == Place::Free);
    let appends: Vec<&Ready> = free.map(|(append, _)| *append).collect();
    let of = || appends.iter();
    let events = of().flat_map(|append| append.events.iter().cloned()).collect();
    insert_events(&tx, events, of().flat_map(|append| append.answers.iter().cloned()).collect()).await?;
    let judged: Vec<_> = of().flat_map(|append| append.evaluations.iter().cloned()).collect();
    if !judged.is_empty() {
        evaluations::Entity::insert_many(judged).exec_without_returning(&tx).await?;
    }
    let enqueue: Vec<Job> = of().flat_map(|append| append.enqueue.iter().cloned()).collect();
    insert_jobs(&tx, &enqueue).await?;
    let finished: Vec<Uuid> = of().flat_map(|append| append.finish.iter().copied()).collect();
    if !finished.is_empty() {
        jobs::Entity::delete_many().filter(jobs::Column::Id.is_in(finished)).exec(&tx).await?;
    }
    let records: Vec<_> = of().filter_map(|append| append.idempotency.clone()).collect();
    if !records.is_empty() {
        idempotency::Entity::insert_many(records).exec_without_returning(&tx).await?;
    }
    tx.commit().await?;
    committed(appends.len(), began.elapsed());
    Ok(places)
}

/// Moves the view on, if and only if the log stands where the writer believes.
async fn advance(tx: &DatabaseTransaction, append: &Ready) -> Result<Place> {
    use sessions::Column;
    let Some((first, last)) = append.span else { return Ok(Place::Free) };
    let updated = sessions::Entity::update_many()
        .col_expr(Column::Status, Expr::value(append.status.as_str()))
        .col_expr(Column::Snapshot, Expr::value(append.snapshot.as_str()))
        .col_expr(Column::LastSeq, Expr::value(last))
        .col_expr(Column::UpdatedAt, Expr::value(append.at))
        .filter(Column::Id.eq(append.session.0))
        .filter(Column::LastSeq.eq(first - 1))
        .exec(tx)
        .await?;
    Ok(if updated.rows_affected == 1 { Place::Free } else { Place::Taken })
}

type EventRows = (Vec<events::ActiveModel>, Vec<responses::ActiveModel>);

fn sealed_events(key: &DataKey, session: SessionId, logged: &[Logged]) -> Result<EventRows> {
    let mut rows = Vec::with_capacity(logged.len());
    let mut answers = Vec::new();
    for Logged { seq, at, event } in logged {
        let seq = *seq as i64;
        rows.push(events::ActiveModel {
            session_id: Set(session.0),
            seq: Set(seq),
            at: Set(micros(*at)),
            kind: Set(event.kind().to_owned()),
            payload: Set(key.seal_value(event_place(session, seq), event)?),
        });
        if let Event::AnswerReceived { response_id, .. } = event {
            answers.push(responses::ActiveModel { id: Set(response_id.0), session_id: Set(session.0) });
        }
    }
    Ok((rows, answers))
}

/// The owner is the interview's, whoever asks for the judgement.
fn sealed_evaluations(
    key: &DataKey,
    owner: UserId,
    session: SessionId,
    judged: &[Evaluation],
) -> Result<Vec<evaluations::ActiveModel>> {
    let row = |evaluation: &Evaluation| {
        Ok(evaluations::ActiveModel {
            id: Set(evaluation.id.0),
            user_id: Set(owner.0),
            session_id: Set(Some(session.0)),
            created_at: Set(micros(evaluation.created_at)),
            document: Set(key.seal_value(evaluation_place(evaluation.id.0), evaluation)?),
        })
    };
    judged.iter().map(row).collect()
}

async fn insert_events(
    tx: &DatabaseTransaction,
    rows: Vec<events::ActiveModel>,
    answers: Vec<responses::ActiveModel>,
) -> Result<()> {
    if !rows.is_empty() {
        events::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    if !answers.is_empty() {
        responses::Entity::insert_many(answers).exec_without_returning(tx).await?;
    }
    Ok(())
}

pub(crate) async fn insert_jobs(db: &impl ConnectionTrait, new: &[Job]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let rows = new.iter().map(|job| jobs::ActiveModel {
        id: Set(job.id.0),
        kind: Set(job.kind.clone()),
        payload: Set(job.payload.clone()),
        run_at: Set(micros(job.run_at)),
        lease_until: Set(None),
        attempts: Set(job.attempts as i32),
        trace: Set(job.trace.clone()),
        dead: Set(false),
        error: Set(None),
    });
    jobs::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}
