//! Set-ups.

use crate::Store;
use crate::entities::configs::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::page::{Page, Paged};
use crate::rows::{document, micros, parsed};
use greenroom_domain::ids::{ConfigId, UserId};
use greenroom_domain::interview::InterviewConfig;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

impl Store {
    /// Stores a new config.
    pub async fn insert_config(&self, record: &InterviewConfig) -> Result<()> {
        let row = ActiveModel {
            id: Set(record.id.0),
            user_id: Set(record.user_id.0),
            created_at: Set(micros(record.created_at)),
            document: Set(document(record)?),
        };
        Entity::insert(row).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// This person's config.
    pub async fn config(&self, user: UserId, id: ConfigId) -> Result<Option<InterviewConfig>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        row.map(read).transpose()
    }

    /// This person's configs, newest first.
    pub async fn configs(&self, user: UserId, page: &Page) -> Result<Paged<InterviewConfig>> {
        let query = Entity::find().filter(Column::UserId.eq(user.0));
        let query = page.newest_first(query, Column::CreatedAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.created_at, row.id));
        Ok(Paged { items: rows.into_iter().map(read).collect::<Result<_>>()?, next })
    }

    /// Replaces this person's config. False when it is not there.
    pub async fn update_config(&self, record: &InterviewConfig) -> Result<bool> {
        let updated = Entity::update_many()
            .col_expr(Column::Document, Expr::value(document(record)?))
            .filter(Column::Id.eq(record.id.0))
            .filter(Column::UserId.eq(record.user_id.0))
            .exec(&self.write)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Deletes this person's config. False when it is not there.
    pub async fn delete_config(&self, user: UserId, id: ConfigId) -> Result<bool> {
        let deleted = Entity::delete_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::UserId.eq(user.0))
            .exec(&self.write)
            .await?;
        Ok(deleted.rows_affected == 1)
    }
}

fn read(row: Model) -> Result<InterviewConfig> {
    parsed("configs", row.id, &row.document)
}
