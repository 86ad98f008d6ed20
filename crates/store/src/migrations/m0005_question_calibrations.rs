//! What answers taught.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What answers have taught of questions: a row a question, nothing of persons.
pub(super) struct QuestionCalibrations;

impl MigrationName for QuestionCalibrations {
    fn name(&self) -> &str {
        "m0005_question_calibrations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for QuestionCalibrations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![text("id"), number("created_at"), text("document")];
        manager.create_table(table("question_calibrations", &["id"], columns)).await
    }
}
