//! Written feedback: one for an answer.

use crate::Store;
use crate::entities::feedback::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::rows::micros;
use crate::sealing::{Opener, Place};
use greenroom_domain::feedback::Feedback;
use greenroom_domain::ids::{FeedbackId, SessionId, UserId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// Stores feedback; it takes the place of earlier feedback on the same answer.
    pub async fn save_feedback(&self, user: UserId, feedback: &Feedback) -> Result<()> {
        let document = self.key(user).await?.seal_value(place(feedback.id.0), feedback)?;
        let row = ActiveModel {
            id: Set(feedback.id.0),
            user_id: Set(user.0),
            session_id: Set(feedback.session_id.0),
            response_id: Set(feedback.response_id.0),
            created_at: Set(micros(feedback.created_at)),
            document: Set(document),
        };
        let replace = OnConflict::column(Column::ResponseId)
            .update_columns([Column::Id, Column::CreatedAt, Column::Document])
            .to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// This person's feedback.
    pub async fn feedback(&self, user: UserId, id: FeedbackId) -> Result<Option<Feedback>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// Feedback of this person's interview, in order.
    pub async fn session_feedback(&self, user: UserId, session: SessionId) -> Result<Vec<Feedback>> {
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

fn read(opener: &Opener, row: Model) -> Result<Feedback> {
    opener.value(place(row.id), row.document)
}

fn place(id: Uuid) -> Place<Uuid> {
    Place { column: "feedback.document", row: id }
}
