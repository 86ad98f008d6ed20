//! What language models cost, by day and provider, all nodes together.

use crate::Store;
use crate::entities::model_spending::{ActiveModel, Column, Entity};
use crate::error::Result;
use greenroom_domain::spending::DaySpending;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

impl Store {
    /// Adds to what is stored.
    pub async fn add_spending(&self, more: &[DaySpending]) -> Result<()> {
        let tx = self.begin().await?;
        for one in more {
            let (micros, calls) = (signed(one.micros), signed(one.unpriced_calls));
            let row = ActiveModel {
                day: Set(one.day),
                provider: Set(one.provider.clone()),
                micros: Set(micros),
                unpriced_calls: Set(calls),
            };
            let grown = |column: Column, more: i64| Expr::col((Entity, column)).add(more);
            let there = OnConflict::columns([Column::Day, Column::Provider])
                .value(Column::Micros, grown(Column::Micros, micros))
                .value(Column::UnpricedCalls, grown(Column::UnpricedCalls, calls))
                .to_owned();
            Entity::insert(row).on_conflict(there).exec_without_returning(&tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What was spent since `day` (whole days since 1970, UTC), the newest day first.
    pub async fn spending_since(&self, day: i64) -> Result<Vec<DaySpending>> {
        let query = Entity::find().filter(Column::Day.gte(day));
        let rows = query
            .order_by_desc(Column::Day)
            .order_by_asc(Column::Provider)
            .all(&self.read)
            .await?
            .into_iter();
        let spent = rows.map(|row| DaySpending {
            day: row.day,
            provider: row.provider,
            micros: row.micros.unsigned_abs(),
            unpriced_calls: row.unpriced_calls.unsigned_abs(),
        });
        Ok(spent.collect())
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
