//! Background work as those see it who look after it.

use crate::Store;
use crate::entities::jobs::{Column, Entity, Model};
use crate::error::Result;
use crate::page::{Page, Paged};
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::{Job, JobLoad, JobState, QueuedJob};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement, UpdateMany, Value,
};

/// Which background work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Only work that stands there.
    pub state: Option<JobState>,
    /// Only work of this kind.
    pub kind: Option<String>,
}

impl Store {
    /// Background work, latest due first.
    pub async fn jobs(&self, filter: &JobFilter, page: &Page, now: Timestamp) -> Result<Paged<QueuedJob>> {
        let mut query = Entity::find();
        if let Some(state) = filter.state {
            query = query.filter(standing(state, now));
        }
        if let Some(kind) = &filter.kind {
            query = query.filter(Column::Kind.eq(kind));
        }
        let query = page.newest_first(query, Column::RunAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.run_at, row.id));
        Ok(Paged { items: rows.into_iter().map(|row| queued(row, now)).collect(), next })
    }

    /// How much work there is of each kind, by name.
    pub async fn job_load(&self, now: Timestamp) -> Result<Vec<JobLoad>> {
        let sql = "SELECT kind, \
            SUM(CASE WHEN dead = FALSE AND (lease_until IS NULL OR lease_until <= $1) THEN 1 ELSE 0 END) AS waiting, \
            SUM(CASE WHEN dead = FALSE AND lease_until > $1 THEN 1 ELSE 0 END) AS running, \
            SUM(CASE WHEN dead = TRUE THEN 1 ELSE 0 END) AS buried, \
            MIN(CASE WHEN dead = FALSE AND run_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) \
            THEN run_at END) AS due_since FROM jobs GROUP BY kind ORDER BY kind";
        let values: [Value; 1] = [micros(now).into()];
        let statement = Statement::from_sql_and_values(self.read.get_database_backend(), sql, values);
        let mut loads = Vec::new();
        for row in self.read.query_all_raw(statement).await? {
            let count = |column: &str| row.try_get::<i64>("", column).map(i64::unsigned_abs);
            loads.push(JobLoad {
                kind: row.try_get("", "kind")?,
                waiting: count("waiting")?,
                running: count("running")?,
                dead: count("buried")?,
                due_since: row.try_get::<Option<i64>>("", "due_since")?.map(timestamp),
            });
        }
        Ok(loads)
    }

    /// Puts work that was given up back into the queue, as if it had never been tried. False when there is none.
    pub async fn revive_job(&self, id: JobId, now: Timestamp) -> Result<bool> {
        let revived = dead(id)
            .col_expr(Column::Dead, Expr::value(false))
            .col_expr(Column::Attempts, Expr::value(0))
            .col_expr(Column::RunAt, Expr::value(micros(now)))
            .col_expr(Column::LeaseUntil, Expr::value(Value::BigInt(None)))
            .exec(&self.write)
            .await?;
        Ok(revived.rows_affected == 1)
    }

    /// Removes work that was given up. False when there is none.
    pub async fn drop_job(&self, id: JobId) -> Result<bool> {
        let dropped = Entity::delete_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::Dead.eq(true))
            .exec(&self.write)
            .await?;
        Ok(dropped.rows_affected == 1)
    }
}

fn dead(id: JobId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id.0)).filter(Column::Dead.eq(true))
}

fn standing(state: JobState, now: Timestamp) -> Condition {
    let now = micros(now);
    let is_dead = Condition::all().add(Column::Dead.eq(state == JobState::Dead));
    match state {
        JobState::Dead => is_dead,
        JobState::Running => is_dead.add(Column::LeaseUntil.gt(now)),
        JobState::Waiting => {
            is_dead.add(Condition::any().add(Column::LeaseUntil.is_null()).add(Column::LeaseUntil.lte(now)))
        }
    }
}

fn queued(row: Model, now: Timestamp) -> QueuedJob {
    let state = match row.lease_until {
        _ if row.dead => JobState::Dead,
        Some(until) if until > micros(now) => JobState::Running,
        _ => JobState::Waiting,
    };
    QueuedJob {
        state,
        error: row.error,
        job: Job {
            id: JobId(row.id),
            kind: row.kind,
            payload: row.payload,
            run_at: timestamp(row.run_at),
            attempts: row.attempts.try_into().unwrap_or(0),
            trace: row.trace,
        },
    }
}
