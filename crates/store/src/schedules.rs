//! Work that comes again and again: queued once each time, however many nodes look.

use crate::Store;
use crate::append::insert_jobs;
use crate::entities::{jobs, schedules};
use crate::error::Result;
use crate::rows::micros;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::job_queue::{Job, Schedule};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

impl Store {
    /// Queues `job` if the schedule's time has come and no other node was faster. Nothing is queued while work of the
    /// same kind is waiting or under way. Whether it was queued.
    pub async fn enqueue_scheduled(&self, schedule: &Schedule, job: &Job, now: Timestamp) -> Result<bool> {
        use schedules::{ActiveModel, Column, Entity};
        let next_at = match Entity::find_by_id(schedule.kind).one(&self.read).await? {
            Some(row) => row.next_at,
            None => {
                let first = micros(now.plus_ms(schedule.first_after_ms));
                let row = ActiveModel { kind: Set(schedule.kind.to_owned()), next_at: Set(first) };
                let known = OnConflict::column(Column::Kind).do_nothing().to_owned();
                Entity::insert(row).on_conflict(known).exec_without_returning(&self.write).await?;
                first
            }
        };
        // A clock that was set back puts nothing off.
        let longest = schedule.every_ms.max(schedule.first_after_ms);
        if next_at > micros(now) && next_at <= micros(now.plus_ms(longest)) {
            return Ok(false);
        }
        let tx = self.begin().await?;
        let mine = Entity::update_many()
            .col_expr(Column::NextAt, Expr::value(micros(now.plus_ms(schedule.every_ms))))
            .filter(Column::Kind.eq(schedule.kind))
            .filter(Column::NextAt.eq(next_at))
            .exec(&tx)
            .await?;
        if mine.rows_affected == 0 {
            return Ok(false);
        }
        let open = jobs::Entity::find()
            .filter(jobs::Column::Kind.eq(schedule.kind))
            .filter(jobs::Column::Dead.eq(false))
            .count(&tx)
            .await?;
        if open == 0 {
            insert_jobs(&tx, std::slice::from_ref(job)).await?;
        }
        tx.commit().await?;
        Ok(open == 0)
    }
}
