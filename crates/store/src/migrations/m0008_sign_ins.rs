//! Sign-ins, which were only families of refresh tokens before.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Who is signed in where. Whoever was signed in before stays so.
pub(super) struct SignIns;

impl MigrationName for SignIns {
    fn name(&self) -> &str {
        "m0008_sign_ins"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SignIns {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            id("id"),
            id("user_id"),
            text("device"),
            text("address"),
            number("created_at"),
            number("used_at"),
            number("expires_at"),
            optional(number("ended_at")),
            optional(text("ended_why")),
        ];
        manager.create_table(falls_with(table("sign_ins", &["id"], columns), "user_id", "users")).await?;
        for (name, column) in [("sign_ins_user", "user_id"), ("sign_ins_expires_at", "expires_at")] {
            let mut index = Index::create();
            index.name(name).table(Alias::new("sign_ins")).col(Alias::new(column));
            manager.create_index(index.take()).await?;
        }
        let used_at = optional(number("used_at"));
        let mut tokens = Table::alter();
        manager.alter_table(tokens.table(Alias::new("refresh_tokens")).add_column(used_at).take()).await?;
        let before = "INSERT INTO sign_ins (id, user_id, device, address, created_at, used_at, expires_at) \
            SELECT family, user_id, '', '', MIN(issued_at), MAX(issued_at), MAX(expires_at) \
            FROM refresh_tokens GROUP BY family, user_id";
        manager.get_connection().execute_unprepared(before).await?;
        Ok(())
    }
}
