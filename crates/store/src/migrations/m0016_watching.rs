//! Which moments were believed, and how long turns of spoken interviews took.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What operators look at.
pub(super) struct Watching;

impl MigrationName for Watching {
    fn name(&self) -> &str {
        "m0016_watching"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Watching {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let marks = table("clock_marks", &["name"], vec![text("name"), number("at")]);
        manager.create_table(marks).await?;
        let stages =
            ["turn_end_ms", "transcript_final_ms", "first_token_ms", "first_audio_ms", "first_played_ms"];
        let mut columns = vec![id("id"), number("at"), text("engine")];
        columns.extend(stages.map(|stage| optional(number(stage))));
        manager.create_table(table("voice_turns", &["id"], columns)).await?;
        let mut index = Index::create();
        index.name("voice_turns_at").table(Alias::new("voice_turns")).col(Alias::new("at"));
        manager.create_index(index.take()).await
    }
}
