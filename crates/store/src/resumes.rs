//! Resumes.

use crate::Store;
use crate::entities::resumes::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::objects;
use crate::page::{Page, Paged};
use crate::rows::micros;
use crate::sealing::{Opener, Place};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ResumeId, UserId};
use greenroom_domain::object::StoredObject;
use greenroom_domain::resume::ResumeRecord;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Store {
    /// Stores a new resume, with the file that it was read from.
    pub async fn insert_resume(&self, record: &ResumeRecord, original: Option<&StoredObject>) -> Result<()> {
        let document = self.key(record.user_id).await?.seal_value(place(record.id.0), record)?;
        let row = ActiveModel {
            id: Set(record.id.0),
            user_id: Set(record.user_id.0),
            created_at: Set(micros(record.created_at)),
            document: Set(document),
        };
        let tx = self.begin().await?;
        Entity::insert(row).exec_without_returning(&tx).await?;
        if let Some(original) = original {
            objects::insert(&tx, original).await?;
        }
        Ok(tx.commit().await?)
    }

    /// This person's resume.
    pub async fn resume(&self, user: UserId, id: ResumeId) -> Result<Option<ResumeRecord>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// This person's resumes, newest first.
    pub async fn resumes(&self, user: UserId, page: &Page) -> Result<Paged<ResumeRecord>> {
        let query = Entity::find().filter(Column::UserId.eq(user.0));
        let query = page.newest_first(query, Column::CreatedAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.created_at, row.id));
        let opener = self.opener(user).await?;
        Ok(Paged { items: rows.into_iter().map(|row| read(&opener, row)).collect::<Result<_>>()?, next })
    }

    /// Replaces this person's resume. False when it is not there.
    pub async fn update_resume(&self, record: &ResumeRecord) -> Result<bool> {
        let document = self.key(record.user_id).await?.seal_value(place(record.id.0), record)?;
        let updated = Entity::update_many()
            .col_expr(Column::Document, Expr::value(document))
            .filter(Column::Id.eq(record.id.0))
            .filter(Column::UserId.eq(record.user_id.0))
            .exec(&self.write)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Deletes this person's resume; its file is deleted in the storage afterwards ([`Store::left_to_delete`]). False
    /// when it is not there.
    pub async fn delete_resume(&self, user: UserId, id: ResumeId, at: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let deleted = Entity::delete_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::UserId.eq(user.0))
            .exec(&tx)
            .await?;
        if deleted.rows_affected == 0 {
            return Ok(false);
        }
        objects::leave_what_belongs_to(&tx, &[id.0], at).await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn read(opener: &Opener, row: Model) -> Result<ResumeRecord> {
    opener.value(place(row.id), row.document)
}

fn place(id: Uuid) -> Place<Uuid> {
    Place { column: "resumes.document", row: id }
}
