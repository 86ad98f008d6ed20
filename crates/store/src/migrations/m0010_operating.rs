//! Traces of background work, and what language models cost.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Traces of background work, and what language models cost by day.
pub(super) struct Operating;

impl MigrationName for Operating {
    fn name(&self) -> &str {
        "m0010_operating"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Operating {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut trace = optional(text("trace"));
        let jobs = Table::alter().table(Alias::new("jobs")).add_column(&mut trace).take();
        manager.alter_table(jobs).await?;
        let columns = vec![number("day"), text("provider"), number("micros"), number("unpriced_calls")];
        manager.create_table(table("model_spending", &["day", "provider"], columns)).await
    }
}
