//! Leases: who of several nodes does something, until a moment. A lease saves work; what must never happen twice is
//! refused by the positions of a log.

use crate::Store;
use crate::entities::leases::{ActiveModel, Column, Entity};
use crate::error::Result;
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Store {
    /// Takes the lease `name` for `holder` until `until`, or lets it go on: when it is free, over at `now`, `holder`'s
    /// own, or held for longer than anybody holds one. False while it is somebody else's.
    pub async fn take_lease(
        &self,
        name: &str,
        holder: Uuid,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        let row = ActiveModel { name: Set(name.to_owned()), holder: Set(holder), until: Set(micros(until)) };
        let own = Expr::col((Entity, Column::Holder)).eq(holder);
        let over = Expr::col((Entity, Column::Until)).lte(micros(now));
        let stray = Expr::col((Entity, Column::Until)).gt(micros(too_long(until, now)));
        let mut taken = OnConflict::column(Column::Name);
        taken.update_columns([Column::Holder, Column::Until]).action_and_where(own.or(over).or(stray));
        let rows = Entity::insert(row).on_conflict(taken).exec_without_returning(&self.write).await?;
        Ok(rows == 1)
    }

    /// Who holds the lease `name` at `now`, and until when.
    pub async fn lease(&self, name: &str, now: Timestamp) -> Result<Option<(Uuid, Timestamp)>> {
        let row = Entity::find_by_id(name).filter(Column::Until.gt(micros(now))).one(&self.read).await?;
        Ok(row.map(|row| (row.holder, timestamp(row.until))))
    }

    /// Whether somebody holds the lease `name` at `now`.
    pub async fn is_leased(&self, name: &str, now: Timestamp) -> Result<bool> {
        Ok(self.lease(name, now).await?.is_some())
    }

    /// Ends a lease of `holder`'s.
    pub async fn release_lease(&self, name: &str, holder: Uuid) -> Result<()> {
        Entity::delete_many()
            .filter(Column::Name.eq(name))
            .filter(Column::Holder.eq(holder))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Ends all leases of `holder`'s. Returns how many there were.
    pub async fn release_leases(&self, holder: Uuid) -> Result<u64> {
        let ended = Entity::delete_many().filter(Column::Holder.eq(holder)).exec(&self.write).await?;
        Ok(ended.rows_affected)
    }

    /// Forgets leases that were over at `before`: their holders died. Returns how many.
    pub async fn prune_leases(&self, before: Timestamp) -> Result<u64> {
        let over = Entity::delete_many().filter(Column::Until.lte(micros(before))).exec(&self.write).await?;
        Ok(over.rows_affected)
    }
}

/// What is held beyond this moment was taken by a clock that was ahead and has been set back: a lease is taken until
/// `until` at most, and clocks of nodes differ by less than twice that.
pub(crate) fn too_long(until: Timestamp, now: Timestamp) -> Timestamp {
    let length = i64::try_from(until.ms_since(now)).unwrap_or(i64::MAX / 4);
    now.plus_ms(length.saturating_mul(3))
}
