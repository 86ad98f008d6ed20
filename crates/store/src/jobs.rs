//! The queue of background work: claimed by lease, retried later, buried when hopeless.

use crate::Store;
use crate::append::insert_jobs;
use crate::dialect;
use crate::entities::jobs::{Column, Entity};
use crate::error::Result;
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
};
use uuid::Uuid;

/// Work that failed too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// The work.
    pub job: Job,
    /// Why it failed the last time.
    pub error: String,
}

/// How much work there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting or running.
    pub open: u64,
    /// Given up.
    pub dead: u64,
}

impl Store {
    /// Queues work on its own. Work that belongs to a change is queued with [`Store::append`].
    pub async fn enqueue(&self, jobs: &[Job]) -> Result<()> {
        insert_jobs(&self.write, jobs).await
    }

    /// Claims due work of these kinds until `lease_until`, at most `limit`. Work whose lease ran out is
    /// due again.
    pub async fn claim_jobs(
        &self,
        kinds: &[&str],
        limit: u64,
        lease_until: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Job>> {
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (0..kinds.len()).map(|n| format!("${}", n + 3)).collect();
        let sql = format!(
            "UPDATE jobs SET lease_until = $1, attempts = attempts + 1 WHERE id IN (\
             SELECT id FROM jobs WHERE dead = FALSE AND run_at <= $2 \
             AND (lease_until IS NULL OR lease_until <= $2) AND kind IN ({}) \
             ORDER BY run_at LIMIT {limit} {}) RETURNING id, kind, payload, run_at, attempts",
            marks.join(", "),
            dialect::skip_locked(self.engine),
        );
        let mut values: Vec<Value> = vec![micros(lease_until).into(), micros(now).into()];
        values.extend(kinds.iter().map(|kind| Value::from(*kind)));
        let statement = Statement::from_sql_and_values(self.write.get_database_backend(), sql, values);
        let rows = self.write.query_all_raw(statement).await?;
        let mut jobs = Vec::with_capacity(rows.len());
        for row in rows {
            jobs.push(Job {
                id: JobId(row.try_get::<Uuid>("", "id")?),
                kind: row.try_get("", "kind")?,
                payload: row.try_get("", "payload")?,
                run_at: timestamp(row.try_get("", "run_at")?),
                attempts: row.try_get::<i32>("", "attempts")?.try_into().unwrap_or(0),
            });
        }
        Ok(jobs)
    }

    /// Removes finished work.
    pub async fn finish_jobs(&self, ids: &[JobId]) -> Result<()> {
        if !ids.is_empty() {
            let ids = ids.iter().map(|id| id.0);
            Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&self.write).await?;
        }
        Ok(())
    }

    /// Puts failed work back, not before `run_at`; `job` as it was claimed. Changes nothing when it was claimed
    /// again since: its lease had run out.
    pub async fn retry_job(&self, job: &Job, run_at: Timestamp, error: &str) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::RunAt, Expr::value(micros(run_at)))
            .col_expr(Column::LeaseUntil, Expr::value(Value::BigInt(None)))
            .col_expr(Column::Error, Expr::value(error))
            .filter(Column::Id.eq(job.id.0))
            .filter(Column::Attempts.eq(job.attempts as i32))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Gives work up; it stays visible. `job` as it was claimed; changes nothing when it was claimed again since.
    pub async fn bury_job(&self, job: &Job, error: &str) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::Dead, Expr::value(true))
            .col_expr(Column::Error, Expr::value(error))
            .filter(Column::Id.eq(job.id.0))
            .filter(Column::Attempts.eq(job.attempts as i32))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Work that was given up, newest first, at most `limit`.
    pub async fn dead_jobs(&self, limit: u64) -> Result<Vec<DeadJob>> {
        let query = Entity::find().filter(Column::Dead.eq(true)).order_by_desc(Column::RunAt).limit(limit);
        let rows = query.all(&self.read).await?.into_iter();
        Ok(rows
            .map(|row| DeadJob {
                error: row.error.unwrap_or_default(),
                job: Job {
                    id: JobId(row.id),
                    kind: row.kind,
                    payload: row.payload,
                    run_at: timestamp(row.run_at),
                    attempts: row.attempts.try_into().unwrap_or(0),
                },
            })
            .collect())
    }

    /// How much work there is.
    pub async fn job_counts(&self) -> Result<JobCounts> {
        let count = async |dead: bool| Entity::find().filter(Column::Dead.eq(dead)).count(&self.read).await;
        Ok(JobCounts { open: count(false).await?, dead: count(true).await? })
    }
}
