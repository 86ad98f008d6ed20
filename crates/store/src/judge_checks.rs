//! What judges showed on the ladder: the last result of each engine.

use crate::Store;
use crate::entities::judge_checks::{ActiveModel, Column, Entity};
use crate::error::Result;
use crate::rows::{document, micros, parsed};
use greenroom_domain::evaluation::Engine;
use greenroom_domain::ladder::LadderResult;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

impl Store {
    /// Stores a result; it takes the place of the last one of the same version of the engine.
    pub async fn save_judge_check(&self, result: &LadderResult) -> Result<()> {
        let row = ActiveModel {
            engine: Set(result.engine.name.as_str().to_owned()),
            version: Set(result.engine.version.as_str().to_owned()),
            created_at: Set(micros(result.at)),
            document: Set(document(result)?),
        };
        let replace = OnConflict::columns([Column::Engine, Column::Version])
            .update_columns([Column::CreatedAt, Column::Document])
            .to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// The last results of all engines, the newest first. Those of another version of the program are left out when
    /// they cannot be read.
    pub async fn judge_checks(&self) -> Result<Vec<LadderResult>> {
        let rows = Entity::find().order_by_desc(Column::CreatedAt).all(&self.read).await?;
        Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.document).ok()).collect())
    }

    /// The last result of this version of the engine.
    pub async fn judge_check(&self, engine: &Engine) -> Result<Option<LadderResult>> {
        let key = (engine.name.as_str().to_owned(), engine.version.as_str().to_owned());
        let row = Entity::find_by_id(key).one(&self.read).await?;
        row.map(|row| parsed("judge_checks", format!("{} {}", row.engine, row.version), &row.document))
            .transpose()
    }
}
