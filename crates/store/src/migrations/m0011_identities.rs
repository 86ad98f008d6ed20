//! Signing in by other providers.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Who somebody is at providers, and states that came back from one.
pub(super) struct Identities;

impl MigrationName for Identities {
    fn name(&self) -> &str {
        "m0011_identities"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Identities {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("issuer"),
            text("subject"),
            id("user_id"),
            optional(text("address")),
            number("linked_at"),
            number("last_used_at"),
        ];
        let identities = table("identities", &["issuer", "subject"], columns);
        manager.create_table(falls_with(identities, "user_id", "users")).await?;
        let mut one_each = Index::create();
        one_each.name("identities_user").table(Alias::new("identities"));
        one_each.col(Alias::new("user_id")).col(Alias::new("issuer")).unique();
        manager.create_index(one_each.take()).await?;
        let columns = vec![text("hash"), number("expires_at")];
        manager.create_table(table("oauth_states", &["hash"], columns)).await
    }
}
