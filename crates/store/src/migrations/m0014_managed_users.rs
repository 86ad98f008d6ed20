//! People as administrators look for them, and who is locked out.

use super::columns::*;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

/// Rows that are looked at at a time.
const AT_ONCE: u32 = 500;

/// What people are looked up by, beside their documents.
pub(super) struct ManagedUsers;

impl MigrationName for ManagedUsers {
    fn name(&self) -> &str {
        "m0014_managed_users"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ManagedUsers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text("role").default("job_seeker").take(),
            number("created_at").default(0).take(),
            text("words").default("").take(),
            optional(number("locked_at")),
        ];
        for mut column in columns {
            let users = Table::alter().table(Alias::new("users")).add_column(&mut column).take();
            manager.alter_table(users).await?;
        }
        for (name, column) in [("users_created_at", "created_at"), ("users_role", "role")] {
            let mut index = Index::create();
            index.name(name).table(Alias::new("users")).col(Alias::new(column)).col(Alias::new("id"));
            manager.create_index(index.take()).await?;
        }
        fill(manager).await
    }
}

/// From the documents of those who are there.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let backend = db.get_database_backend();
    let mut last = Uuid::nil();
    loop {
        let sql = format!("SELECT id, document FROM users WHERE id > $1 ORDER BY id LIMIT {AT_ONCE}");
        let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [last.into()])).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            last = row.try_get("", "id")?;
            // What cannot be read stays as it is; reading it says so in its place.
            let document: String = row.try_get("", "document")?;
            let Ok(user) = serde_json::from_str(&document) else { continue };
            let sql = "UPDATE users SET role = $1, created_at = $2, words = $3 WHERE id = $4";
            let (role, created_at, words) = crate::managed_users::looked_up_by(&user);
            let values = [role.into(), created_at.into(), words.into(), last.into()];
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
    }
}
