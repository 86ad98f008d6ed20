//! How long turns of spoken interviews took. No interview and no person stands in a row.

use crate::Store;
use crate::entities::voice_turns::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::rows::{micros, timestamp};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::Stages;
use greenroom_domain::voice_turn::VoiceTurn;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

impl Store {
    /// Keeps how long a turn took.
    pub async fn add_voice_turn(&self, id: Uuid, turn: &VoiceTurn) -> Result<()> {
        let ms = |ms: Option<u64>| Set(ms.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX)));
        let stages = turn.stages;
        let row = ActiveModel {
            id: Set(id),
            at: Set(micros(turn.at)),
            engine: Set(turn.engine.clone()),
            turn_end_ms: ms(stages.turn_end_ms),
            transcript_final_ms: ms(stages.transcript_final_ms),
            first_token_ms: ms(stages.first_token_ms),
            first_audio_ms: ms(stages.first_audio_ms),
            first_played_ms: ms(stages.first_played_ms),
        };
        Entity::insert(row).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Turns that were over since `since`, the newest first, `most` at most.
    pub async fn voice_turns(&self, since: Timestamp, most: u64) -> Result<Vec<VoiceTurn>> {
        let rows = Entity::find()
            .filter(Column::At.gte(micros(since)))
            .order_by_desc(Column::At)
            .limit(most)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(turn).collect())
    }

    /// Forgets turns that were over before `before`. Returns how many.
    pub async fn prune_voice_turns(&self, before: Timestamp) -> Result<u64> {
        let gone = Entity::delete_many().filter(Column::At.lt(micros(before))).exec(&self.write).await?;
        Ok(gone.rows_affected)
    }
}

fn turn(row: Model) -> VoiceTurn {
    let ms = |ms: Option<i64>| ms.map(i64::unsigned_abs);
    VoiceTurn {
        at: timestamp(row.at),
        engine: row.engine,
        stages: Stages {
            turn_end_ms: ms(row.turn_end_ms),
            transcript_final_ms: ms(row.transcript_final_ms),
            first_token_ms: ms(row.first_token_ms),
            first_audio_ms: ms(row.first_audio_ms),
            first_played_ms: ms(row.first_played_ms),
        },
    }
}
