//! Sign-ins: listed, ended, forgotten.

use crate::Store;
use crate::entities::sign_ins::{Column, Entity, Model};
use crate::entities::{refresh_tokens, users};
use crate::error::{Result, StoreError};
use crate::rows::{micros, parsed, timestamp};
use greenroom_domain::account::User;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::{EndReason, Ended, Place, SignIn};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

impl Store {
    /// A sign-in with its person. None when either is not there any more.
    pub async fn sign_in(&self, id: SignInId) -> Result<Option<(SignIn, User)>> {
        let Some(row) = Entity::find_by_id(id.0).one(&self.read).await? else { return Ok(None) };
        let Some(user) = users::Entity::find_by_id(row.user_id).one(&self.read).await? else {
            return Ok(None);
        };
        Ok(Some((stored(row)?, parsed("users", user.id, &user.document)?)))
    }

    /// Where the person is signed in at `now`, the last used first, at most `limit`.
    pub async fn sign_ins(&self, user: UserId, now: Timestamp, limit: u64) -> Result<Vec<SignIn>> {
        let rows = Entity::find()
            .filter(Column::UserId.eq(user.0))
            .filter(Column::EndedAt.is_null())
            .filter(Column::ExpiresAt.gt(micros(now)))
            .order_by_desc(Column::UsedAt)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await?;
        rows.into_iter().map(stored).collect()
    }

    /// Sign-ins of the person that were ended for `why`, the last first, at most `limit`.
    pub async fn ended_sign_ins(&self, user: UserId, why: EndReason, limit: u64) -> Result<Vec<SignIn>> {
        let rows = Entity::find()
            .filter(Column::UserId.eq(user.0))
            .filter(Column::EndedWhy.eq(why.key()))
            .order_by_desc(Column::EndedAt)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await?;
        rows.into_iter().map(stored).collect()
    }

    /// Notes that a sign-in was used.
    pub async fn use_sign_in(&self, id: SignInId, at: Timestamp) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(micros(at)))
            .filter(Column::Id.eq(id.0))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Ends a sign-in of the person. False when it is not there or not theirs.
    pub async fn end_sign_in(&self, user: UserId, id: SignInId, ended: Ended) -> Result<bool> {
        let tx = self.begin().await?;
        let theirs = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&tx).await?;
        let Some(row) = theirs else { return Ok(false) };
        end(&tx, &[row.id], ended).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends all sign-ins of the person but `kept`. Returns those that ended now.
    pub async fn end_other_sign_ins(
        &self,
        user: UserId,
        kept: Option<SignInId>,
        ended: Ended,
    ) -> Result<Vec<SignInId>> {
        let tx = self.begin().await?;
        let mut others = Entity::find().filter(Column::UserId.eq(user.0)).filter(Column::EndedAt.is_null());
        if let Some(kept) = kept {
            others = others.filter(Column::Id.ne(kept.0));
        }
        let ids: Vec<Uuid> = others.all(&tx).await?.into_iter().map(|row| row.id).collect();
        end(&tx, &ids, ended).await?;
        tx.commit().await?;
        Ok(ids.into_iter().map(SignInId).collect())
    }

    /// Forgets a sign-in of the person with all its tokens. False when it is not there or not theirs.
    pub async fn forget_sign_in(&self, user: UserId, id: SignInId) -> Result<bool> {
        let tx = self.begin().await?;
        let gone = Entity::delete_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::UserId.eq(user.0))
            .exec(&tx)
            .await?;
        if gone.rows_affected == 0 {
            return Ok(false);
        }
        refresh_tokens::Entity::delete_many()
            .filter(refresh_tokens::Column::Family.eq(id.0))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets sign-ins and tokens that could not be used since `before` any more. Returns how many sign-ins.
    pub async fn prune_sign_ins(&self, before: Timestamp) -> Result<u64> {
        let before = micros(before);
        refresh_tokens::Entity::delete_many()
            .filter(refresh_tokens::Column::ExpiresAt.lte(before))
            .exec(&self.write)
            .await?;
        let gone = Entity::delete_many().filter(Column::ExpiresAt.lte(before)).exec(&self.write).await?;
        Ok(gone.rows_affected)
    }
}

/// Ends those of `ids` that have not ended yet. Their tokens stay, so that whoever sends one is told why.
pub(crate) async fn end(db: &impl ConnectionTrait, ids: &[Uuid], ended: Ended) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(micros(ended.at)))
        .col_expr(Column::EndedWhy, Expr::value(ended.why.key()))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

pub(crate) fn stored(row: Model) -> Result<SignIn> {
    Ok(SignIn {
        ended: ended(&row)?,
        id: SignInId(row.id),
        user_id: UserId(row.user_id),
        place: Place { device: row.device, address: row.address },
        created_at: timestamp(row.created_at),
        used_at: timestamp(row.used_at),
        expires_at: timestamp(row.expires_at),
    })
}

pub(crate) fn ended(row: &Model) -> Result<Option<Ended>> {
    let Some(at) = row.ended_at else { return Ok(None) };
    let why = row.ended_why.as_deref().and_then(EndReason::from_key);
    let why = why.ok_or_else(|| StoreError::Inconsistent {
        table: "sign_ins",
        id: row.id.to_string(),
        source: None,
    })?;
    Ok(Some(Ended { at: timestamp(at), why }))
}
