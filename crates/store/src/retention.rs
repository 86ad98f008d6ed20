//! What is old. Each deletion and the entry of the audit log that proves it are one transaction.

use crate::entities::{
    configs, erasures, evaluations, idempotency, jobs, model_spending, objects, resumes, sessions,
};
use crate::erasures::remember;
use crate::error::Result;
use crate::rows::{micros, timestamp};
use crate::{Store, dialect, objects as files};
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use greenroom_domain::object::ObjectKind;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DeleteMany, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Kinds of data that have a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aged {
    /// Resumes with the files that they were read from, by when they were brought.
    Resumes,
    /// Set-ups, by when they were made.
    SetUps,
    /// Interviews with everything in them, by when something last happened in them.
    Interviews,
    /// Files of recordings, by when they were made.
    Recordings,
    /// Judgements outside of interviews, by when they were made.
    Judgements,
    /// Work that was given up, by when it was due.
    GivenUp,
    /// Replies to requests that may come again, by when they were given.
    Repeats,
    /// What models cost, by day and provider.
    Costs,
    /// Ids of who and what was erased, by when.
    Erasures,
}

/// What one person has of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// How many.
    pub count: u64,
    /// From when the oldest is; `None` when there is none.
    pub oldest: Option<Timestamp>,
}

/// The oldest rows by this column, and those of them that may be deleted. `$rows` says which rows of the table count.
macro_rules! each_with_id {
    ($what:expr, $then:ident, $otherwise:expr) => {
        match $what {
            Aged::Resumes => $then!(resumes, CreatedAt, sea_orm::Condition::all()),
            Aged::SetUps => $then!(configs, CreatedAt, sea_orm::Condition::all()),
            Aged::Interviews => $then!(sessions, UpdatedAt, sea_orm::Condition::all()),
            Aged::Recordings => $then!(objects, CreatedAt, is_recording()),
            Aged::Judgements => {
                $then!(evaluations, CreatedAt, evaluations::Column::SessionId.is_null())
            }
            Aged::GivenUp => $then!(jobs, RunAt, jobs::Column::Dead.eq(true)),
            Aged::Repeats | Aged::Costs | Aged::Erasures => $otherwise,
        }
    };
}

impl Store {
    /// How many of them are from before `before`.
    pub async fn count_aged(&self, what: Aged, before: Timestamp) -> Result<u64> {
        macro_rules! count {
            ($table:ident, $age:ident, $rows:expr) => {
                self.count(
                    $table::Entity::find().filter($table::Column::$age.lt(micros(before))).filter($rows),
                )
                .await
            };
        }
        each_with_id!(
            what,
            count,
            match what {
                Aged::Repeats => self.count(idempotency::Entity::find().filter(old_repeats(before))).await,
                Aged::Costs => self.count(model_spending::Entity::find().filter(old_costs(before))).await,
                _ => self.count(erasures::Entity::find().filter(old_erasures(before))).await,
            }
        )
    }

    /// Deletes the oldest of them that are from before `before`, at most `limit` where one may be large, and adds what
    /// `said` says of their number to the audit log. Returns how many, and the ids of interviews among them.
    pub async fn delete_aged(
        &self,
        what: Aged,
        before: Timestamp,
        limit: u64,
        said: impl Fn(u64) -> AuditEntry + Send,
    ) -> Result<(u64, Vec<Uuid>)> {
        macro_rules! delete {
            ($table:ident, $age:ident, $rows:expr) => {{
                let tx = self.begin().await?;
                let old =
                    || sea_orm::Condition::all().add($table::Column::$age.lt(micros(before))).add($rows);
                let oldest = $table::Entity::find().select_only().column($table::Column::Id);
                let oldest = oldest.filter(old()).order_by_asc($table::Column::$age).limit(limit);
                let mut ids: Vec<Uuid> = oldest.into_tuple().all(&tx).await?;
                let these = $table::Column::Id.is_in(ids.iter().copied());
                let (at, mut count) = (said(0).at, 0);
                if what == Aged::Recordings {
                    count = files::leave_these(&tx, &ids, at).await?;
                }
                // Who came back at the last moment keeps theirs.
                let gone =
                    $table::Entity::delete_many().filter(these.clone()).filter(old()).exec(&tx).await?;
                count += gone.rows_affected;
                let kept = $table::Entity::find().select_only().column($table::Column::Id).filter(these);
                let kept: Vec<Uuid> = kept.into_tuple().all(&tx).await?;
                ids.retain(|id| !kept.contains(id));
                if matches!(what, Aged::Resumes | Aged::Interviews) {
                    files::leave_what_belongs_to(&tx, &ids, at).await?;
                }
                if count > 0 {
                    self.add_audit(&tx, &said(count)).await?;
                }
                let interviews = if what == Aged::Interviews { ids } else { Vec::new() };
                remember(&tx, interviews.clone(), at).await?;
                tx.commit().await?;
                (count, interviews)
            }};
        }
        let deleted = each_with_id!(what, delete, (self.delete_told(what, before, said).await?, Vec::new()));
        if deleted.0 > 0 {
            dialect::forget_log(self.engine, &self.write).await?;
        }
        Ok(deleted)
    }

    async fn delete_told(
        &self,
        what: Aged,
        before: Timestamp,
        said: impl Fn(u64) -> AuditEntry + Send,
    ) -> Result<u64> {
        match what {
            Aged::Repeats => {
                self.told(idempotency::Entity::delete_many().filter(old_repeats(before)), said).await
            }
            Aged::Costs => {
                self.told(model_spending::Entity::delete_many().filter(old_costs(before)), said).await
            }
            _ => self.told(erasures::Entity::delete_many().filter(old_erasures(before)), said).await,
        }
    }

    async fn told<E: EntityTrait>(
        &self,
        delete: DeleteMany<E>,
        said: impl Fn(u64) -> AuditEntry + Send,
    ) -> Result<u64> {
        let tx = self.begin().await?;
        let count = delete.exec(&tx).await?.rows_affected;
        if count > 0 {
            self.add_audit(&tx, &said(count)).await?;
        }
        tx.commit().await?;
        Ok(count)
    }

    async fn count<E: EntityTrait<Model: Sync + Send>>(&self, query: Select<E>) -> Result<u64> {
        Ok(query.count(&self.read).await?)
    }

    /// What this person has of a kind. Of kinds that are nobody's there is none.
    pub async fn held(&self, user: UserId, what: Aged) -> Result<Held> {
        macro_rules! held {
            ($table:ident, $age:ident, $rows:expr) => {{
                let own = $table::Entity::find().filter($table::Column::UserId.eq(user.0)).filter($rows);
                let query = own
                    .select_only()
                    .column_as($table::Column::Id.count(), "count")
                    .column_as($table::Column::$age.min(), "oldest");
                let found: Option<(i64, Option<i64>)> = query.into_tuple().one(&self.read).await?;
                let (count, oldest) = found.unwrap_or_default();
                Ok(Held { count: count.unsigned_abs(), oldest: oldest.map(timestamp) })
            }};
        }
        match what {
            Aged::Resumes => held!(resumes, CreatedAt, sea_orm::Condition::all()),
            Aged::SetUps => held!(configs, CreatedAt, sea_orm::Condition::all()),
            Aged::Interviews => held!(sessions, UpdatedAt, sea_orm::Condition::all()),
            Aged::Judgements => held!(evaluations, CreatedAt, evaluations::Column::SessionId.is_null()),
            Aged::Recordings => self.held_recordings(user).await,
            Aged::GivenUp | Aged::Repeats | Aged::Costs | Aged::Erasures => {
                Ok(Held { count: 0, oldest: None })
            }
        }
    }
}

impl Store {
    /// A recording has several files; it counts once.
    async fn held_recordings(&self, user: UserId) -> Result<Held> {
        let own = objects::Entity::find().filter(objects::Column::UserId.eq(user.0)).filter(is_recording());
        let query = own
            .select_only()
            .column_as(Expr::col(objects::Column::BelongsTo).count_distinct(), "count")
            .column_as(objects::Column::CreatedAt.min(), "oldest");
        let found: Option<(i64, Option<i64>)> = query.into_tuple().one(&self.read).await?;
        let (count, oldest) = found.unwrap_or_default();
        Ok(Held { count: count.unsigned_abs(), oldest: oldest.map(timestamp) })
    }
}

fn is_recording() -> sea_orm::sea_query::SimpleExpr {
    objects::Column::Retention.eq(ObjectKind::Recording.retention())
}

fn old_repeats(before: Timestamp) -> sea_orm::sea_query::SimpleExpr {
    idempotency::Column::At.lt(micros(before))
}

fn old_costs(before: Timestamp) -> sea_orm::sea_query::SimpleExpr {
    model_spending::Column::Day.lt(before.day())
}

fn old_erasures(before: Timestamp) -> sea_orm::sea_query::SimpleExpr {
    erasures::Column::At.lt(micros(before))
}
