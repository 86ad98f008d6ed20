//! The queue of background work: claimed by lease, retried later, buried when hopeless.

use crate::Store;
use crate::append::insert_jobs;
use crate::dialect;
use crate::entities::jobs::{Column, Entity};
use crate::error::Result;
use crate::leases::too_long;
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::{Job, LONGEST_DELAY_MS};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Statement,
    UpdateMany, Value,
};
use uuid::Uuid;

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
    /// due again. A clock that was set back keeps nothing waiting: what waits for longer than work may, or is claimed
    /// for longer than anybody claims it, is due.
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
        let marks: Vec<String> = (0..kinds.len()).map(|n| format!("${}", n + 5)).collect();
        let sql = format!(
            "UPDATE jobs SET lease_until = $1, attempts = attempts + 1 WHERE id IN (\
             SELECT id FROM jobs WHERE dead = FALSE AND (run_at <= $2 OR run_at > $3) \
             AND (lease_until IS NULL OR lease_until <= $2 OR lease_until > $4) AND kind IN ({}) \
             ORDER BY run_at LIMIT {limit} {}) RETURNING id, kind, payload, run_at, attempts, trace",
            marks.join(", "),
            dialect::skip_locked(self.engine),
        );
        let too_late = now.plus_ms(LONGEST_DELAY_MS);
        let mut values: Vec<Value> =
            [lease_until, now, too_late, too_long(lease_until, now)].map(|at| micros(at).into()).to_vec();
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
                trace: row.try_get("", "trace")?,
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
        claim_of(job)
            .col_expr(Column::RunAt, Expr::value(micros(run_at)))
            .col_expr(Column::LeaseUntil, Expr::value(Value::BigInt(None)))
            .col_expr(Column::Error, Expr::value(error))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Gives work up; it stays visible. `job` as it was claimed; changes nothing when it was claimed again since.
    pub async fn bury_job(&self, job: &Job, error: &str) -> Result<()> {
        claim_of(job)
            .col_expr(Column::Dead, Expr::value(true))
            .col_expr(Column::Error, Expr::value(error))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Lets the claim on work go on until `lease_until`; `jobs` as they were claimed. Returns those that are still
    /// theirs who claimed them: the others were claimed again since, or are gone.
    pub async fn renew_jobs(&self, jobs: &[Job], lease_until: Timestamp) -> Result<Vec<JobId>> {
        if jobs.is_empty() {
            return Ok(Vec::new());
        }
        // All in one statement: a renewal that waits for the database once for each job loses the last ones.
        let theirs = jobs.iter().map(holds).fold(Condition::any(), Condition::add);
        let row = Entity::update_many().col_expr(Column::LeaseUntil, Expr::value(micros(lease_until)));
        row.filter(theirs.clone()).exec(&self.write).await?;
        let held = Entity::find().select_only().column(Column::Id).filter(theirs);
        let held: Vec<Uuid> = held.into_tuple().all(&self.write).await?;
        Ok(held.into_iter().map(JobId).collect())
    }

    /// Gives work back that was claimed and not done, at no cost: another node takes it at once, and the attempt does
    /// not count. `jobs` as they were claimed.
    pub async fn release_jobs(&self, jobs: &[Job]) -> Result<()> {
        for job in jobs {
            let attempts = job.attempts.saturating_sub(1) as i32;
            claim_of(job)
                .col_expr(Column::LeaseUntil, Expr::value(Value::BigInt(None)))
                .col_expr(Column::Attempts, Expr::value(attempts))
                .exec(&self.write)
                .await?;
        }
        Ok(())
    }

    /// How much work there is.
    pub async fn job_counts(&self) -> Result<JobCounts> {
        let count = async |dead: bool| Entity::find().filter(Column::Dead.eq(dead)).count(&self.read).await;
        Ok(JobCounts { open: count(false).await?, dead: count(true).await? })
    }
}

/// The row of work while the claim holds with which it was handed out.
fn claim_of(job: &Job) -> UpdateMany<Entity> {
    Entity::update_many().filter(holds(job))
}

/// Whether the claim holds with which work was handed out.
fn holds(job: &Job) -> Condition {
    let row = Condition::all().add(Column::Id.eq(job.id.0));
    row.add(Column::Dead.eq(false)).add(Column::Attempts.eq(job.attempts as i32))
}
