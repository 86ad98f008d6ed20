//! Who did what.

use super::columns::*;
use sea_orm_migration::prelude::*;

pub(super) struct Audit;

impl MigrationName for Audit {
    fn name(&self) -> &str {
        "m0012_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Audit {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            number("seq"),
            id("id"),
            number("at"),
            // No row of a person: what they did stays known by their id when they are gone.
            optional(id("actor")),
            text("action"),
            text("subject"),
            text("details"),
            text("previous"),
            text("seal"),
        ];
        manager.create_table(table("audit", &["seq"], columns)).await?;
        for (name, column) in [("audit_at", "at"), ("audit_actor", "actor"), ("audit_action", "action")] {
            let mut index = Index::create();
            index.name(name).table(Alias::new("audit")).col(Alias::new(column)).col(Alias::new("seq"));
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }
}
