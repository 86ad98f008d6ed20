//! Language models of the settings page.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Language models that administrators entered.
pub(super) struct ModelProviders;

impl MigrationName for ModelProviders {
    fn name(&self) -> &str {
        "m0003_model_providers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ModelProviders {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("name"),
            number("position"),
            flag("enabled"),
            optional(text("sealed_key")),
            number("updated_at"),
            optional(number("deleted_at")),
            text("document"),
        ];
        manager.create_table(table("model_providers", &["name"], columns)).await
    }
}
