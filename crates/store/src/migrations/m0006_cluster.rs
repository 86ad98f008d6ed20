//! What several nodes agree on.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Who does what until when, and what is due next for all.
pub(super) struct Cluster;

impl MigrationName for Cluster {
    fn name(&self) -> &str {
        "m0006_cluster"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Cluster {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("name"), id("holder"), number("until")];
        manager.create_table(table("leases", &["name"], columns)).await?;
        let columns = vec![text("kind"), number("next_at")];
        manager.create_table(table("schedules", &["kind"], columns)).await
    }
}
