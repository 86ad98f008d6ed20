//! Requests that a client may repeat: the first answer is kept and given again.

use crate::Store;
use crate::entities::idempotency::{ActiveModel, Column, Entity, Model};
use crate::error::{Result, StoreError};
use crate::rows::{micros, timestamp};
use crate::sealing::{DataKey, Opener, Place};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A request that was answered, or is being answered when `status` is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// Who asked.
    pub user_id: UserId,
    /// The client's name for the request.
    pub key: String,
    /// Hash of the request: the same key for another request is refused.
    pub request_hash: String,
    /// HTTP status of the answer.
    pub status: u16,
    /// The answer.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// What a reservation found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// The key was free, or abandoned, and is now reserved.
    Fresh,
    /// The key is known.
    Known(IdempotencyRecord),
}

impl IdempotencyRecord {
    /// As it is stored: the answer is sealed.
    pub(crate) fn row(&self, key: &DataKey) -> ActiveModel {
        ActiveModel {
            user_id: Set(self.user_id.0),
            key: Set(self.key.clone()),
            request_hash: Set(self.request_hash.clone()),
            status: Set(i32::from(self.status)),
            body: Set(self.sealed_body(key)),
            at: Set(micros(self.at)),
        }
    }

    /// The answer as it is stored; there is none yet while the request runs.
    fn sealed_body(&self, key: &DataKey) -> String {
        if self.body.is_empty() { String::new() } else { key.seal(place(&self.key), &self.body) }
    }
}

impl Store {
    /// The answer that this key stands for.
    pub async fn idempotent(&self, user: UserId, key: &str) -> Result<Option<IdempotencyRecord>> {
        let row = Entity::find_by_id((user.0, key.to_owned())).one(&self.read).await?;
        let opener = self.opener(user).await?;
        row.map(|row| read(&opener, row)).transpose()
    }

    /// Reserves a key before its request runs, so that a twin waits outside. A reservation of the same request
    /// from before `abandoned_before` was left behind by a crash; one of those that come after takes it over.
    pub async fn reserve_idempotency(
        &self,
        record: &IdempotencyRecord,
        abandoned_before: Timestamp,
    ) -> Result<Reserved> {
        let key = self.key(record.user_id).await?;
        // Another round is needed only when somebody frees the key between two statements.
        loop {
            match Entity::insert(record.row(&key))
                .exec_without_returning(&self.write)
                .await
                .map_err(StoreError::from)
            {
                Ok(_) => return Ok(Reserved::Fresh),
                Err(StoreError::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
            if self.take_over(record, abandoned_before).await? {
                return Ok(Reserved::Fresh);
            }
            if let Some(known) = self.idempotent(record.user_id, &record.key).await? {
                return Ok(Reserved::Known(known));
            }
        }
    }

    /// One statement decides who takes an abandoned reservation over.
    async fn take_over(&self, record: &IdempotencyRecord, abandoned_before: Timestamp) -> Result<bool> {
        let updated = Entity::update_many()
            .col_expr(Column::At, Expr::value(micros(record.at)))
            .filter(Column::UserId.eq(record.user_id.0))
            .filter(Column::Key.eq(record.key.as_str()))
            .filter(Column::RequestHash.eq(record.request_hash.as_str()))
            .filter(Column::Status.eq(0))
            .filter(Column::At.lt(micros(abandoned_before)))
            .exec(&self.write)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Keeps the answer to a reserved request.
    pub async fn complete_idempotency(&self, record: &IdempotencyRecord) -> Result<()> {
        let key = self.key(record.user_id).await?;
        Entity::update_many()
            .col_expr(Column::Status, Expr::value(i32::from(record.status)))
            .col_expr(Column::Body, Expr::value(record.sealed_body(&key)))
            .filter(Column::UserId.eq(record.user_id.0))
            .filter(Column::Key.eq(record.key.as_str()))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Frees a key whose request failed.
    pub async fn release_idempotency(&self, user: UserId, key: &str) -> Result<()> {
        Entity::delete_by_id((user.0, key.to_owned())).exec(&self.write).await?;
        Ok(())
    }
}

fn read(opener: &Opener, row: Model) -> Result<IdempotencyRecord> {
    Ok(IdempotencyRecord {
        user_id: UserId(row.user_id),
        body: opener.text(place(&row.key), row.body)?,
        key: row.key,
        request_hash: row.request_hash,
        status: row.status.try_into().unwrap_or(0),
        at: timestamp(row.at),
    })
}

fn place(key: &str) -> Place<&str> {
    Place { column: "idempotency.body", row: key }
}
