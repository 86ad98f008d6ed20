//! Moments that were believed, and the clock of the database itself.

use crate::Store;
use crate::dialect;
use crate::entities::clock_marks::{ActiveModel, Column, Entity};
use crate::error::Result;
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// What a moment is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMark {
    /// The clock was believed then.
    Seen,
    /// An operator said then that the clock is right.
    Confirmed,
}

impl ClockMark {
    fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Confirmed => "confirmed",
        }
    }
}

impl Store {
    /// The moment that was kept last.
    pub async fn clock_mark(&self, mark: ClockMark) -> Result<Option<Timestamp>> {
        let row = Entity::find_by_id(mark.name()).one(&self.read).await?;
        Ok(row.map(|row| timestamp(row.at)))
    }

    /// Keeps a moment in the place of the one before.
    pub async fn set_clock_mark(&self, mark: ClockMark, at: Timestamp) -> Result<()> {
        let row = ActiveModel { name: Set(mark.name().to_owned()), at: Set(micros(at)) };
        let known = OnConflict::column(Column::Name).update_column(Column::At).to_owned();
        Entity::insert(row).on_conflict(known).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// The moment by the clock of the database's server; `None` for SQLite, which has none of its own.
    pub async fn database_now(&self) -> Result<Option<Timestamp>> {
        Ok(dialect::clock(self.engine, &self.read).await?.map(timestamp))
    }
}
