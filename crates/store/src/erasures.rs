//! Who and what was erased: ids alone, so that other nodes forget it too, and a copy that is put back does not bring it
//! back.

use crate::Store;
use crate::entities::erasures::{ActiveModel, Column, Entity};
use crate::entities::{sessions, users};
use crate::error::Result;
use crate::objects;
use crate::rows::micros;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Rows of one statement.
const AT_ONCE: usize = 200;

impl Store {
    /// Ids of people and interviews that were erased since `since`, the oldest first.
    pub async fn erased_since(&self, since: Timestamp) -> Result<Vec<Uuid>> {
        let query = Entity::find().filter(Column::At.gte(micros(since))).order_by_asc(Column::At);
        Ok(query.all(&self.read).await?.into_iter().map(|row| row.id).collect())
    }

    /// Erases people and interviews by their ids, once more: of a copy that is put back. Returns how many were there.
    pub async fn erase_again(&self, ids: &[Uuid], at: Timestamp) -> Result<u64> {
        let mut erased = 0;
        for some in ids.chunks(AT_ONCE) {
            let tx = self.begin().await?;
            remember(&tx, some.to_vec(), at).await?;
            objects::leave_all_of(&tx, some, at).await?;
            objects::leave_what_belongs_to(&tx, some, at).await?;
            let people = users::Entity::delete_many().filter(users::Column::Id.is_in(some.to_vec()));
            erased += people.exec(&tx).await?.rows_affected;
            let interviews =
                sessions::Entity::delete_many().filter(sessions::Column::Id.is_in(some.to_vec()));
            erased += interviews.exec(&tx).await?.rows_affected;
            tx.commit().await?;
        }
        Ok(erased)
    }

    /// Erases people of a copy whose keys are gone: what they said cannot be read any more. Returns how many.
    pub async fn erase_unreadable(&self, at: Timestamp) -> Result<u64> {
        let sealed = ["profiles", "resumes", "configs"].map(|table| {
            format!("EXISTS (SELECT 1 FROM {table} t WHERE t.user_id = u.id AND t.document LIKE 's1.%')")
        });
        let sql = format!(
            "SELECT u.id AS id FROM users u WHERE NOT EXISTS (SELECT 1 FROM person_keys k WHERE k.user_id = u.id) \
             AND ({} OR EXISTS (SELECT 1 FROM sessions t WHERE t.user_id = u.id AND t.title LIKE 's1.%'))",
            sealed.join(" OR ")
        );
        let statement = sea_orm::Statement::from_string(self.read.get_database_backend(), sql);
        let rows = self.read.query_all_raw(statement).await?;
        let ids =
            rows.iter().map(|row| row.try_get("", "id")).collect::<std::result::Result<Vec<Uuid>, _>>()?;
        self.erase_again(&ids, at).await
    }

    /// Whether anything here is encrypted with a person's key.
    pub async fn has_sealed_texts(&self) -> Result<bool> {
        let sql = "SELECT 1 AS n FROM sessions WHERE title LIKE 's1.%' UNION ALL \
                   SELECT 1 AS n FROM resumes WHERE document LIKE 's1.%' UNION ALL \
                   SELECT 1 AS n FROM configs WHERE document LIKE 's1.%' UNION ALL \
                   SELECT 1 AS n FROM profiles WHERE document LIKE 's1.%' LIMIT 1";
        let statement = sea_orm::Statement::from_string(self.read.get_database_backend(), sql);
        Ok(self.read.query_one_raw(statement).await?.is_some())
    }
}

/// Remembers that these were erased.
pub(crate) async fn remember(tx: &DatabaseTransaction, ids: Vec<Uuid>, at: Timestamp) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let rows = some.iter().map(|id| ActiveModel { id: Set(*id), at: Set(micros(at)) });
        let known = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The interviews of somebody.
pub(crate) async fn interviews_of(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<SessionId>> {
    let query = sessions::Entity::find().select_only().column(sessions::Column::Id);
    let ids: Vec<Uuid> = query.filter(sessions::Column::UserId.eq(user.0)).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(SessionId).collect())
}
