//! Refresh tokens: only hashes are stored, each is used once, and a second use ends the whole family.

use crate::Store;
use crate::entities::refresh_tokens::{ActiveModel, Column, Entity};
use crate::error::Result;
use crate::rows::micros;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{TokenFamilyId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A refresh token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Hash of the token.
    pub hash: String,
    /// The chain that began with one sign-in.
    pub family: TokenFamilyId,
    /// Whose it is.
    pub user_id: UserId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it may be used.
    pub expires_at: Timestamp,
}

/// What became of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// Exchanged.
    Rotated {
        /// Whose it is.
        user_id: UserId,
    },
    /// It had been used before; its family was revoked.
    Reused {
        /// Whose it was.
        user_id: UserId,
    },
    /// Its time is over.
    Expired,
    /// It is not known.
    Unknown,
}

impl Store {
    /// Stores the first token of a family.
    pub async fn insert_refresh_token(&self, token: &RefreshToken) -> Result<()> {
        Entity::insert(row(token)).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Exchanges the token with `old_hash` for `new`, which takes over family and owner.
    pub async fn rotate_refresh_token(
        &self,
        old_hash: &str,
        new: &RefreshToken,
        now: Timestamp,
    ) -> Result<Rotation> {
        let tx = self.begin().await?;
        let Some(old) = Entity::find_by_id(old_hash).one(&tx).await? else { return Ok(Rotation::Unknown) };
        let user_id = UserId(old.user_id);
        // One statement decides who uses it first, on either engine.
        let used = Entity::update_many()
            .col_expr(Column::Used, Expr::value(true))
            .filter(Column::Hash.eq(old_hash))
            .filter(Column::Used.eq(false))
            .exec(&tx)
            .await?;
        if used.rows_affected == 0 {
            revoke(&tx, TokenFamilyId(old.family)).await?;
            tx.commit().await?;
            return Ok(Rotation::Reused { user_id });
        }
        if old.expires_at <= micros(now) {
            return Ok(Rotation::Expired);
        }
        let next = RefreshToken { family: TokenFamilyId(old.family), user_id, ..new.clone() };
        Entity::insert(row(&next)).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(Rotation::Rotated { user_id })
    }

    /// Ends the family of the token with this hash, if it is known.
    pub async fn revoke_refresh_family(&self, hash: &str) -> Result<()> {
        let tx = self.begin().await?;
        if let Some(token) = Entity::find_by_id(hash).one(&tx).await? {
            revoke(&tx, TokenFamilyId(token.family)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Ends all sign-ins of a person but the one that the token with the hash `kept` belongs to.
    pub async fn revoke_other_refresh_tokens(&self, id: UserId, kept: &str) -> Result<()> {
        let tx = self.begin().await?;
        let mut others = Entity::delete_many().filter(Column::UserId.eq(id.0));
        if let Some(token) = Entity::find_by_id(kept).filter(Column::UserId.eq(id.0)).one(&tx).await? {
            others = others.filter(Column::Family.ne(token.family));
        }
        others.exec(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets tokens that could not be used since `before` any more. Returns how many.
    pub async fn prune_refresh_tokens(&self, before: Timestamp) -> Result<u64> {
        let deleted =
            Entity::delete_many().filter(Column::ExpiresAt.lte(micros(before))).exec(&self.write).await?;
        Ok(deleted.rows_affected)
    }

    /// Ends all sign-ins of a person.
    pub async fn revoke_all_refresh_tokens(&self, id: UserId) -> Result<()> {
        Entity::delete_many().filter(Column::UserId.eq(id.0)).exec(&self.write).await?;
        Ok(())
    }
}

async fn revoke(db: &impl ConnectionTrait, family: TokenFamilyId) -> Result<()> {
    Entity::delete_many().filter(Column::Family.eq(family.0)).exec(db).await?;
    Ok(())
}

fn row(token: &RefreshToken) -> ActiveModel {
    ActiveModel {
        hash: Set(token.hash.clone()),
        family: Set(token.family.0),
        user_id: Set(token.user_id.0),
        issued_at: Set(micros(token.issued_at)),
        expires_at: Set(micros(token.expires_at)),
        used: Set(false),
    }
}
