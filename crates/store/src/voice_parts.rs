//! What is kept of the sound of interviews: which files, and where they stand.

use crate::Store;
use crate::append::insert_jobs;
use crate::entities::voice_parts::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::objects;
use crate::rows::micros;
use crate::sealing::{Opener, Place};
use greenroom_domain::ids::{ObjectId, SessionId, UserId, VoicePartId};
use greenroom_domain::job_queue::Job;
use greenroom_domain::object::StoredObject;
use greenroom_domain::voice_part::VoicePart;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// Notes a part with its files, and queues what is to be made of it. False when it is there already. Somebody or an
    /// interview that is not there any more is [`crate::StoreError::Orphan`].
    pub async fn insert_voice_part(
        &self,
        part: &VoicePart,
        files: &[StoredObject],
        jobs: &[Job],
    ) -> Result<bool> {
        let document = self.key(part.user_id).await?.seal_value(place(part.id.0), part)?;
        let tx = self.begin().await?;
        if Entity::find_by_id(part.id.0).one(&tx).await?.is_some() {
            return Ok(false);
        }
        let row = ActiveModel {
            id: Set(part.id.0),
            session_id: Set(part.session_id.0),
            user_id: Set(part.user_id.0),
            began_at: Set(micros(part.began_at)),
            document: Set(document),
        };
        Entity::insert(row).exec_without_returning(&tx).await?;
        for file in files {
            objects::insert(&tx, file).await?;
        }
        insert_jobs(&tx, jobs).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The parts of this person's interview, in order.
    pub async fn voice_parts(&self, user: UserId, session: SessionId) -> Result<Vec<VoicePart>> {
        self.voice_parts_of_all(user, &[session]).await
    }

    /// The parts of these interviews of this person, in order.
    pub async fn voice_parts_of_all(&self, user: UserId, sessions: &[SessionId]) -> Result<Vec<VoicePart>> {
        let query = Entity::find()
            .filter(Column::SessionId.is_in(sessions.iter().map(|id| id.0)))
            .filter(Column::UserId.eq(user.0))
            .order_by_asc(Column::BeganAt)
            .order_by_asc(Column::Id);
        let rows = query.all(&self.read).await?;
        let opener = self.opener(user).await?;
        rows.into_iter().map(|row| read(&opener, row)).collect()
    }

    /// This part, if it is this person's.
    pub async fn voice_part(&self, user: UserId, id: VoicePartId) -> Result<Option<VoicePart>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// Notes files that were made of a file of the part. False, and nothing is noted, when that or the part was deleted
    /// meanwhile.
    pub async fn add_to_voice_part(
        &self,
        part: &VoicePart,
        made_of: ObjectId,
        files: &[StoredObject],
    ) -> Result<bool> {
        let document = self.key(part.user_id).await?.seal_value(place(part.id.0), part)?;
        let tx = self.begin().await?;
        if !objects::is_known(&tx, made_of).await? {
            return Ok(false);
        }
        let changed = Entity::update_many()
            .col_expr(Column::Document, Expr::value(document))
            .filter(Column::Id.eq(part.id.0))
            .exec(&tx)
            .await?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        for file in files {
            objects::insert(&tx, file).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

fn read(opener: &Opener, row: Model) -> Result<VoicePart> {
    opener.value(place(row.id), row.document)
}

fn place(id: Uuid) -> Place<Uuid> {
    Place { column: "voice_parts.document", row: id }
}
