//! Files in the storage beside the database.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What lies in the storage, what is still to be deleted there, and which installation this is.
pub(super) struct Objects;

impl MigrationName for Objects {
    fn name(&self) -> &str {
        "m0013_objects"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Objects {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            id("id"),
            id("user_id"),
            text("kind"),
            text("retention"),
            id("belongs_to"),
            text("content_type"),
            number("bytes"),
            text("digest"),
            text("seal"),
            number("created_at"),
        ];
        manager.create_table(falls_with(table("objects", &["id"], columns), "user_id", "users")).await?;
        for column in ["user_id", "belongs_to", "retention"] {
            let mut index = Index::create();
            index.name(format!("objects_{column}")).table(Alias::new("objects")).col(Alias::new(column));
            if column == "retention" {
                index.col(Alias::new("created_at"));
            }
            manager.create_index(index.take()).await?;
        }
        // Without an object all files of the owner are meant. No reference to people: these outlive them.
        let columns = vec![id("id"), id("owner"), optional(id("object")), number("at")];
        manager.create_table(table("object_deletions", &["id"], columns)).await?;
        let columns = vec![text("name"), id("id")];
        manager.create_table(table("installation", &["name"], columns)).await
    }
}
