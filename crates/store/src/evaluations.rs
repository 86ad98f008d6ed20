//! Judgements.

use crate::Store;
use crate::entities::evaluations::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::page::{Page, Paged};
use crate::rows::micros;
use crate::sealing::{Opener, Place};
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{EvaluationId, SessionId, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// Stores the judgement of an answer that belongs to no interview.
    pub async fn insert_evaluation(&self, user: UserId, evaluation: &Evaluation) -> Result<()> {
        let document = self.key(user).await?.seal_value(place(evaluation.id.0), evaluation)?;
        let row = ActiveModel {
            id: Set(evaluation.id.0),
            user_id: Set(user.0),
            session_id: Set(None),
            created_at: Set(micros(evaluation.created_at)),
            document: Set(document),
        };
        Entity::insert(row).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// This person's judgement.
    pub async fn evaluation(&self, user: UserId, id: EvaluationId) -> Result<Option<Evaluation>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// This person's judgements of answers that belong to no interview, newest first.
    pub async fn own_evaluations(&self, user: UserId, page: &Page) -> Result<Paged<Evaluation>> {
        let query = Entity::find().filter(Column::UserId.eq(user.0)).filter(Column::SessionId.is_null());
        let query = page.newest_first(query, Column::CreatedAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.created_at, row.id));
        let opener = self.opener(user).await?;
        Ok(Paged { items: rows.into_iter().map(|row| read(&opener, row)).collect::<Result<_>>()?, next })
    }

    /// The judgements of this person's interview, in order.
    pub async fn session_evaluations(&self, user: UserId, session: SessionId) -> Result<Vec<Evaluation>> {
        let rows = Entity::find()
            .filter(Column::SessionId.eq(session.0))
            .filter(Column::UserId.eq(user.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await?;
        let opener = self.opener(user).await?;
        rows.into_iter().map(|row| read(&opener, row)).collect()
    }
}

fn read(opener: &Opener, row: Model) -> Result<Evaluation> {
    opener.value(place(row.id), row.document)
}

pub(crate) fn place(id: Uuid) -> Place<Uuid> {
    Place { column: "evaluations.document", row: id }
}
