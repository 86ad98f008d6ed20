//! Attempts to sign in that failed.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// How often somebody failed to sign in, by fingerprint.
pub(super) struct Attempts;

impl MigrationName for Attempts {
    fn name(&self) -> &str {
        "m0009_attempts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Attempts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("key"), number("thousandths"), number("at"), number("wait_until")];
        manager.create_table(table("attempts", &["key"], columns)).await
    }
}
