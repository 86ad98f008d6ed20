//! Refresh tokens: only hashes are stored, each is used once, and a second use ends the sign-in.

use crate::Store;
use crate::entities::refresh_tokens::{ActiveModel, Column, Entity, Model};
use crate::entities::sign_ins;
use crate::error::Result;
use crate::managed_users::may_sign_in;
use crate::rows::{micros, timestamp};
use crate::sign_ins::{end, ended, stored};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::{EndReason, Ended, Place, SignIn};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait,
    QueryFilter,
};

/// A refresh token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Hash of the token.
    pub hash: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it may be used.
    pub expires_at: Timestamp,
}

/// A refresh token that is to be exchanged.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Hash of the one that came.
    pub old_hash: String,
    /// The one that takes its place.
    pub new: RefreshToken,
    /// From where it came.
    pub place: Place,
    /// How long a sign-in lasts at most, however often it is renewed, ms.
    pub longest_ms: i64,
    /// How far clocks may be apart, ms.
    pub skew_ms: i64,
    /// How long after its use a token gets the same successor again, ms.
    pub grace_ms: i64,
}

/// What became of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// Exchanged; or it was exchanged a moment ago, and its successor is the same and unused.
    Rotated {
        /// Whose it is.
        user_id: UserId,
        /// The sign-in that goes on.
        sign_in: SignInId,
        /// Until when the token that takes its place may be used.
        expires_at: Timestamp,
    },
    /// It had been used before; its sign-in was ended.
    Reused {
        /// The sign-in that fell.
        sign_in: SignInId,
    },
    /// Its sign-in was ended before.
    Ended(Ended),
    /// Its time is over.
    Expired,
    /// It is not known.
    Unknown,
}

impl Store {
    /// Stores a sign-in with its first token. [`StoreError::Locked`] when the person cannot sign in.
    ///
    /// [`StoreError::Locked`]: crate::StoreError::Locked
    pub async fn begin_sign_in(&self, sign_in: &SignIn, token: &RefreshToken) -> Result<()> {
        let tx = self.begin().await?;
        may_sign_in(&tx, sign_in.user_id).await?;
        let row = sign_ins::ActiveModel {
            id: Set(sign_in.id.0),
            user_id: Set(sign_in.user_id.0),
            device: Set(sign_in.place.device.clone()),
            address: Set(sign_in.place.address.clone()),
            created_at: Set(micros(sign_in.created_at)),
            used_at: Set(micros(sign_in.used_at)),
            expires_at: Set(micros(sign_in.expires_at)),
            ended_at: Set(None),
            ended_why: Set(None),
        };
        sign_ins::Entity::insert(row).exec_without_returning(&tx).await?;
        insert(&tx, token, sign_in.id, sign_in.user_id).await?;
        Ok(tx.commit().await?)
    }

    /// Exchanges a token at `token.new.issued_at`. A second use ends the sign-in, unless it comes within the grace and
    /// nobody has used the successor yet: two tabs that renew at once.
    pub async fn rotate_refresh_token(&self, exchange: &Exchange) -> Result<Rotation> {
        let now = exchange.new.issued_at;
        let tx = self.begin().await?;
        let Some(old) = Entity::find_by_id(&exchange.old_hash).one(&tx).await? else {
            return Ok(Rotation::Unknown);
        };
        let (sign_in, user_id) = (SignInId(old.family), UserId(old.user_id));
        let Some(row) = sign_ins::Entity::find_by_id(old.family).one(&tx).await? else {
            return Ok(Rotation::Unknown);
        };
        if let Some(ended) = ended(&row)? {
            return Ok(Rotation::Ended(ended));
        }
        let over = timestamp(row.created_at).plus_ms(exchange.longest_ms);
        if old.expires_at.min(micros(over)) <= micros(now.plus_ms(-exchange.skew_ms)) {
            return Ok(Rotation::Expired);
        }
        let expires_at = exchange.new.expires_at.min(over);
        // One statement decides who uses it first, on either engine.
        let used = Entity::update_many()
            .col_expr(Column::Used, Expr::value(true))
            .col_expr(Column::UsedAt, Expr::value(micros(now)))
            .filter(Column::Hash.eq(&exchange.old_hash))
            .filter(Column::Used.eq(false))
            .exec(&tx)
            .await?;
        if used.rows_affected == 0 {
            if came_twice_at_once(&tx, exchange).await? {
                return Ok(Rotation::Rotated { user_id, sign_in, expires_at });
            }
            end(&tx, &[old.family], Ended { at: now, why: EndReason::Reused }).await?;
            tx.commit().await?;
            return Ok(Rotation::Reused { sign_in });
        }
        let new = RefreshToken { expires_at, ..exchange.new.clone() };
        insert(&tx, &new, sign_in, user_id).await?;
        let going_on = sign_ins::ActiveModel {
            device: known(&exchange.place.device),
            address: known(&exchange.place.address),
            used_at: Set(micros(now)),
            expires_at: Set(micros(expires_at)),
            ..Default::default()
        };
        sign_ins::Entity::update_many()
            .set(going_on)
            .filter(sign_ins::Column::Id.eq(old.family))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(Rotation::Rotated { user_id, sign_in, expires_at })
    }

    /// The sign-in of the token with this hash.
    pub async fn sign_in_of_token(&self, hash: &str) -> Result<Option<SignIn>> {
        let Some(token) = Entity::find_by_id(hash).one(&self.read).await? else { return Ok(None) };
        let row = sign_ins::Entity::find_by_id(token.family).one(&self.read).await?;
        row.map(stored).transpose()
    }
}

/// Whether the token was used a moment ago and its successor is unused: both get the same one.
async fn came_twice_at_once(db: &impl ConnectionTrait, exchange: &Exchange) -> Result<bool> {
    // Read again: another transaction may have used it since.
    let Some(old) = Entity::find_by_id(&exchange.old_hash).one(db).await? else { return Ok(false) };
    let since = exchange.new.issued_at.as_datetime() - timestamp(old.used_at.unwrap_or(0)).as_datetime();
    let successor = Entity::find_by_id(&exchange.new.hash).one(db).await?;
    let is_unused = |next: Model| !next.used && next.family == old.family;
    Ok(since.num_milliseconds().abs() <= exchange.grace_ms && successor.is_some_and(is_unused))
}

/// What a request does not say stays as it was.
fn known(word: &str) -> ActiveValue<String> {
    if word.is_empty() { NotSet } else { Set(word.to_owned()) }
}

async fn insert(
    db: &impl ConnectionTrait,
    token: &RefreshToken,
    sign_in: SignInId,
    user_id: UserId,
) -> Result<()> {
    let row = ActiveModel {
        hash: Set(token.hash.clone()),
        family: Set(sign_in.0),
        user_id: Set(user_id.0),
        issued_at: Set(micros(token.issued_at)),
        expires_at: Set(micros(token.expires_at)),
        used: Set(false),
        used_at: NotSet,
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
