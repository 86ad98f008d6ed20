//! The keys that people's texts are encrypted with, wrapped; and who was erased.

use super::columns::*;
use sea_orm_migration::prelude::*;

pub(super) struct PersonKeys;

impl MigrationName for PersonKeys {
    fn name(&self) -> &str {
        "m0007_person_keys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PersonKeys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![id("user_id"), text("key_id"), text("master"), text("wrapped")];
        let keys = falls_with(table("person_keys", &["user_id"], columns), "user_id", "users");
        manager.create_table(keys).await?;
        let mut by_master = Index::create();
        by_master.name("person_keys_master").table(Alias::new("person_keys")).col(Alias::new("master"));
        manager.create_index(by_master.take()).await?;
        // Ids alone: they say nothing of anybody.
        manager.create_table(table("erasures", &["id"], vec![id("id"), number("at")])).await?;
        let mut by_time = Index::create();
        by_time.name("erasures_at").table(Alias::new("erasures")).col(Alias::new("at"));
        manager.create_index(by_time.take()).await
    }
}
