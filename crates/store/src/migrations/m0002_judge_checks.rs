//! Results of judges on the ladder.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What each judge showed on the ladder.
pub(super) struct JudgeChecks;

impl MigrationName for JudgeChecks {
    fn name(&self) -> &str {
        "m0002_judge_checks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for JudgeChecks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("engine"), text("version"), number("created_at"), text("document")];
        manager.create_table(table("judge_checks", &["engine", "version"], columns)).await
    }
}
