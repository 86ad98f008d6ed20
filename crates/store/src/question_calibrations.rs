//! What answers have taught of questions, and the answers' interviews to learn it from.

use crate::Store;
use crate::entities::question_calibrations::{ActiveModel, Column, Entity};
use crate::entities::{jobs, sessions};
use crate::error::Result;
use crate::rows::{document, micros, parsed, timestamp};
use greenroom_domain::bank::QuestionCalibration;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Rows of one statement.
const AT_ONCE: usize = 200;

impl Store {
    /// What was found the last time, by key.
    pub async fn question_calibrations(&self) -> Result<Vec<QuestionCalibration>> {
        let rows = Entity::find().order_by_asc(Column::Id).all(&self.read).await?;
        rows.into_iter().map(|row| parsed("question_calibrations", &row.id, &row.document)).collect()
    }

    /// When that was; `None` before the first time.
    pub async fn questions_calibrated_at(&self) -> Result<Option<Timestamp>> {
        let newest: Option<Option<i64>> = Entity::find()
            .select_only()
            .column_as(Column::CreatedAt.max(), "at")
            .into_tuple()
            .one(&self.read)
            .await?;
        Ok(newest.flatten().map(timestamp))
    }

    /// Puts this in the place of what was found before, all or nothing.
    pub async fn replace_question_calibrations(&self, found: &[QuestionCalibration]) -> Result<()> {
        let tx = self.begin().await?;
        Entity::delete_many().exec(&tx).await?;
        for some in found.chunks(AT_ONCE) {
            let rows: Vec<ActiveModel> = some.iter().map(row).collect::<Result<_>>()?;
            Entity::insert_many(rows).exec_without_returning(&tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Interviews with their persons, the newest first, `before` this one, at most `limit`: for work in the background
    /// that learns of questions.
    pub async fn interviews_before(
        &self,
        before: Option<SessionId>,
        limit: u64,
    ) -> Result<Vec<(SessionId, UserId)>> {
        use sessions::{Column, Entity};
        let mut query = Entity::find().select_only().column(Column::Id).column(Column::UserId);
        if let Some(before) = before {
            query = query.filter(Column::Id.lt(before.0));
        }
        // Ids begin with the time at which they were made.
        let query = query.order_by_desc(Column::Id).limit(limit);
        let rows: Vec<(Uuid, Uuid)> = query.into_tuple().all(&self.read).await?;
        Ok(rows.into_iter().map(|(id, user)| (SessionId(id), UserId(user))).collect())
    }

    /// How many jobs of this kind wait or run.
    pub async fn open_jobs(&self, kind: &str) -> Result<u64> {
        use jobs::{Column, Entity};
        let open = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Dead.eq(false));
        Ok(open.count(&self.read).await?)
    }

    /// How many of them could run by `now` or do.
    pub async fn due_jobs(&self, kind: &str, now: Timestamp) -> Result<u64> {
        use jobs::{Column, Entity};
        let open = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Dead.eq(false));
        Ok(open.filter(Column::RunAt.lte(micros(now))).count(&self.read).await?)
    }
}

fn row(found: &QuestionCalibration) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(found.question_id.clone()),
        created_at: Set(micros(found.at)),
        document: Set(document(found)?),
    })
}
