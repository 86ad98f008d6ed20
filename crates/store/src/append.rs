//! How interviews grow: what waits is written together and committed once.
//!
//! A commit costs a sync of the disk, whatever it holds. The appender takes everything that waits,
//! writes it in one transaction and answers everyone after the one commit: nobody is told before their
//! answer is on the disk, and many answers share the wait.

use crate::Store;
use crate::dialect::{self, Engine};
use crate::entities::{evaluations, events, idempotency, jobs, responses, sessions};
use crate::error::{Constraint, Result, StoreError};
use crate::idempotency::IdempotencyRecord;
use crate::rows::{document, micros};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{JobId, SessionId};
use greenroom_domain::interview::{Event, Logged, SessionRecord, Snapshot};
use greenroom_domain::job_queue::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, QuerySelect, TransactionTrait,
};
use std::sync::Arc;
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

struct Waiting {
    append: Append,
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
        let row = sessions::ActiveModel {
            id: Set(record.id.0),
            user_id: Set(record.user_id.0),
            config_id: Set(record.config_id.0),
            title: Set(record.title),
            status: Set(record.snapshot.status.clone()),
            last_seq: Set(last_seq),
            snapshot: Set(document(&record.snapshot)?),
            created_at: Set(micros(record.created_at)),
            updated_at: Set(micros(record.updated_at)),
        };
        let tx = self.begin().await?;
        sessions::Entity::insert(row).exec_without_returning(&tx).await?;
        let logged: Vec<_> = events.iter().map(|logged| (record.id, logged)).collect();
        insert_events(&tx, &logged).await?;
        insert_jobs(&tx, &jobs).await?;
        Ok(tx.commit().await?)
    }

    /// Appends to an interview. When this returns, it is on the disk. Another writer on the same
    /// positions is `Conflict(SessionSeq)`.
    pub async fn append(&self, append: Append) -> Result<()> {
        let (done, outcome) = oneshot::channel();
        let gone = || StoreError::Unavailable(DbErr::Custom("the appender has stopped".to_owned()));
        self.appender.queue.send(Waiting { append, done }).await.map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }
}

async fn write_all(db: DatabaseConnection, engine: Engine, waiting: Arc<Mutex<mpsc::Receiver<Waiting>>>) {
    loop {
        let mut batch = Vec::new();
        if waiting.lock().await.recv_many(&mut batch, MAX_BATCH).await == 0 {
            return;
        }
        let appends: Vec<&Append> = batch.iter().map(|waiting| &waiting.append).collect();
        match write(&db, engine, &appends).await {
            Ok(places) => answer(batch, places),
            // Trying each alone would take as long again for each of them.
            Err(StoreError::Unavailable(cause)) => {
                let text = cause.to_string();
                for waiting in batch {
                    tell(waiting, Err(StoreError::Unavailable(DbErr::Custom(text.clone()))));
                }
            }
            // Somebody in the batch cannot be written: find out who, the others must not suffer.
            Err(_) if batch.len() > 1 => {
                for waiting in batch {
                    match write(&db, engine, &[&waiting.append]).await {
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

/// Who no longer listens has gone away; what was written stays.
fn tell(waiting: Waiting, outcome: Result<()>) {
    let _ = waiting.done.send(outcome);
}

/// Writes everything in one transaction but those whose place in the log is taken: they change nothing.
/// Says of each in turn which it was.
async fn write(db: &DatabaseConnection, engine: Engine, appends: &[&Append]) -> Result<Vec<Place>> {
    let tx = db.begin_with_options(dialect::write_options(engine)).await?;
    let mut places = Vec::with_capacity(appends.len());
    for append in appends {
        places.push(advance(&tx, append).await?);
    }
    let free = appends.iter().zip(&places).filter(|(_, place)| **place == Place::Free);
    let appends: Vec<&Append> = free.map(|(append, _)| *append).collect();
    let mut events = Vec::new();
    for append in &appends {
        events.extend(append.events.iter().map(|logged| (append.session_id, logged)));
    }
    insert_events(&tx, &events).await?;
    insert_evaluations(&tx, &appends).await?;
    let enqueue: Vec<Job> = appends.iter().flat_map(|append| append.enqueue.iter().cloned()).collect();
    insert_jobs(&tx, &enqueue).await?;
    let finished: Vec<Uuid> = appends.iter().flat_map(|append| append.finish.iter().map(|id| id.0)).collect();
    if !finished.is_empty() {
        jobs::Entity::delete_many().filter(jobs::Column::Id.is_in(finished)).exec(&tx).await?;
    }
    let records = appends.iter().filter_map(|append| append.idempotency.as_ref());
    let records: Vec<_> = records.map(IdempotencyRecord::row).collect();
    if !records.is_empty() {
        idempotency::Entity::insert_many(records).exec_without_returning(&tx).await?;
    }
    tx.commit().await?;
    Ok(places)
}

/// Moves the view on, if and only if the log stands where the writer believes.
async fn advance(tx: &DatabaseTransaction, append: &Append) -> Result<Place> {
    use sessions::Column;
    let (Some(first), Some(last)) = (append.events.first(), append.events.last()) else {
        return Ok(Place::Free);
    };
    let updated = sessions::Entity::update_many()
        .col_expr(Column::Status, Expr::value(append.snapshot.status.as_str()))
        .col_expr(Column::Snapshot, Expr::value(document(&append.snapshot)?))
        .col_expr(Column::LastSeq, Expr::value(last.seq as i64))
        .col_expr(Column::UpdatedAt, Expr::value(micros(append.at)))
        .filter(Column::Id.eq(append.session_id.0))
        .filter(Column::LastSeq.eq(first.seq as i64 - 1))
        .exec(tx)
        .await?;
    Ok(if updated.rows_affected == 1 { Place::Free } else { Place::Taken })
}

async fn insert_events(tx: &DatabaseTransaction, logged: &[(SessionId, &Logged)]) -> Result<()> {
    let mut rows = Vec::new();
    let mut answers = Vec::new();
    for (session, Logged { seq, at, event }) in logged {
        rows.push(events::ActiveModel {
            session_id: Set(session.0),
            seq: Set(*seq as i64),
            at: Set(micros(*at)),
            kind: Set(event.kind().to_owned()),
            payload: Set(document(event)?),
        });
        if let Event::AnswerReceived { response_id, .. } = event {
            answers.push(responses::ActiveModel { id: Set(response_id.0), session_id: Set(session.0) });
        }
    }
    if !rows.is_empty() {
        events::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    if !answers.is_empty() {
        responses::Entity::insert_many(answers).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn insert_evaluations(tx: &DatabaseTransaction, appends: &[&Append]) -> Result<()> {
    let sessions: Vec<Uuid> =
        appends.iter().filter(|a| !a.evaluations.is_empty()).map(|append| append.session_id.0).collect();
    if sessions.is_empty() {
        return Ok(());
    }
    // The owner is the interview's, whoever asks for the judgement.
    let owners: Vec<(Uuid, Uuid)> = sessions::Entity::find()
        .select_only()
        .columns([sessions::Column::Id, sessions::Column::UserId])
        .filter(sessions::Column::Id.is_in(sessions))
        .into_tuple()
        .all(tx)
        .await?;
    let mut rows = Vec::new();
    for append in appends {
        let owner = owners.iter().find(|(id, _)| *id == append.session_id.0).map(|(_, owner)| *owner);
        for evaluation in &append.evaluations {
            rows.push(evaluations::ActiveModel {
                id: Set(evaluation.id.0),
                user_id: Set(owner.unwrap_or_default()),
                session_id: Set(Some(append.session_id.0)),
                created_at: Set(micros(evaluation.created_at)),
                document: Set(document(evaluation)?),
            });
        }
    }
    evaluations::Entity::insert_many(rows).exec_without_returning(tx).await?;
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
        dead: Set(false),
        error: Set(None),
    });
    jobs::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}
