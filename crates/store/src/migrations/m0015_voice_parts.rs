//! What is kept of the sound of interviews.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// A row for each line that an interview was spoken on.
pub(super) struct VoiceParts;

impl MigrationName for VoiceParts {
    fn name(&self) -> &str {
        "m0015_voice_parts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for VoiceParts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![id("id"), id("session_id"), id("user_id"), number("began_at"), text("document")];
        let parts = falls_with(table("voice_parts", &["id"], columns), "session_id", "sessions");
        manager.create_table(falls_with(parts, "user_id", "users")).await?;
        let mut index = Index::create();
        index.name("voice_parts_session").table(Alias::new("voice_parts")).col(Alias::new("session_id"));
        manager.create_index(index.take()).await
    }
}
