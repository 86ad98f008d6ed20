//! Questions of the operator.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Questions that the operator added: a row a version.
pub(super) struct BankQuestions;

impl MigrationName for BankQuestions {
    fn name(&self) -> &str {
        "m0004_bank_questions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BankQuestions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("id"),
            number("version"),
            flag("current"),
            flag("retired"),
            number("created_at"),
            text("document"),
        ];
        manager.create_table(table("bank_questions", &["id", "version"], columns)).await
    }
}
