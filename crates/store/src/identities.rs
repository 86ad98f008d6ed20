//! Identities at providers that belong to accounts, and what came back from a provider once.

use crate::Store;
use crate::entities::{identities, oauth_states, person_keys, users};
use crate::error::Result;
use crate::managed_users::row;
use crate::rows::{micros, timestamp};
use crate::sealing::new_key_row;
use greenroom_domain::account::{LinkedIdentity, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// What became of taking an identity away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlinked {
    /// It is gone.
    Done,
    /// The account has none of this issuer.
    NotThere,
    /// It is the only way into the account: there is neither a password nor another identity.
    LastWayIn,
}

impl Store {
    /// Whose this identity is.
    pub async fn identity_owner(&self, issuer: &str, subject: &str) -> Result<Option<UserId>> {
        if issuer.contains('\0') || subject.contains('\0') {
            // PostgreSQL takes no such text, not even to look for it.
            return Ok(None);
        }
        let key = (issuer.to_owned(), subject.to_owned());
        let row = identities::Entity::find_by_id(key).one(&self.read).await?;
        Ok(row.map(|row| UserId(row.user_id)))
    }

    /// The identities of a person, the oldest first.
    pub async fn identities(&self, id: UserId) -> Result<Vec<LinkedIdentity>> {
        let rows = identities::Entity::find()
            .filter(identities::Column::UserId.eq(id.0))
            .order_by_asc(identities::Column::LinkedAt)
            .order_by_asc(identities::Column::Issuer)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(linked).collect())
    }

    /// Whether the person has a password.
    pub async fn has_password(&self, id: UserId) -> Result<bool> {
        let row = users::Entity::find_by_id(id.0).one(&self.read).await?;
        Ok(row.is_some_and(|row| row.password_hash.is_some()))
    }

    /// Adds an identity to an account. One that is somebody's already, or a second one of its issuer, is a conflict.
    pub async fn link_identity(&self, id: UserId, identity: &LinkedIdentity) -> Result<()> {
        insert(&self.write, id, identity).await
    }

    /// Stores a new person with the identity that they came by.
    pub async fn create_user_with_identity(&self, user: &User, identity: &LinkedIdentity) -> Result<()> {
        let row = row(user, Set(None))?;
        let tx = self.begin().await?;
        users::Entity::insert(row).exec_without_returning(&tx).await?;
        let key = new_key_row(&self.keys, user.id);
        person_keys::Entity::insert(key).exec_without_returning(&tx).await?;
        insert(&tx, user.id, identity).await?;
        Ok(tx.commit().await?)
    }

    /// Turns the guest into an account with the identity that they came by. False when it is not there or has become
    /// an account already.
    pub async fn claim_guest_with_identity(&self, user: &User, identity: &LinkedIdentity) -> Result<bool> {
        let row = row(user, Set(None))?;
        let tx = self.begin().await?;
        let updated = users::Entity::update_many()
            .set(row)
            .filter(users::Column::Id.eq(user.id.0))
            .filter(users::Column::Email.is_null())
            .exec(&tx)
            .await?;
        if updated.rows_affected == 0 {
            return Ok(false);
        }
        insert(&tx, user.id, identity).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Notes that somebody signed in by this identity.
    pub async fn identity_used(&self, issuer: &str, subject: &str, now: Timestamp) -> Result<()> {
        identities::Entity::update_many()
            .col_expr(identities::Column::LastUsedAt, Expr::value(micros(now)))
            .filter(identities::Column::Issuer.eq(issuer))
            .filter(identities::Column::Subject.eq(subject))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Takes the identity of `issuer` away from an account, unless nothing but it leads in. Of other identities only
    /// those of issuers in `usable` count.
    pub async fn unlink_identity(&self, id: UserId, issuer: &str, usable: &[&str]) -> Result<Unlinked> {
        let tx = self.begin().await?;
        // Two at once must not take the last two.
        let user = users::Entity::find_by_id(id.0).lock_exclusive().one(&tx).await?;
        let all = identities::Entity::find().filter(identities::Column::UserId.eq(id.0)).all(&tx).await?;
        if !all.iter().any(|one| one.issuer == issuer) {
            return Ok(Unlinked::NotThere);
        }
        let has_password = user.is_some_and(|user| user.password_hash.is_some());
        let has_other = all.iter().any(|one| one.issuer != issuer && usable.contains(&one.issuer.as_str()));
        if !has_password && !has_other {
            return Ok(Unlinked::LastWayIn);
        }
        identities::Entity::delete_many()
            .filter(identities::Column::UserId.eq(id.0))
            .filter(identities::Column::Issuer.eq(issuer))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(Unlinked::Done)
    }

    /// Notes that the state with this hash came back. False when it did so before.
    pub async fn use_oauth_state(&self, hash: &str, expires_at: Timestamp) -> Result<bool> {
        let row =
            oauth_states::ActiveModel { hash: Set(hash.to_owned()), expires_at: Set(micros(expires_at)) };
        let known = OnConflict::column(oauth_states::Column::Hash).do_nothing().to_owned();
        let inserted =
            oauth_states::Entity::insert(row).on_conflict(known).exec_without_returning(&self.write).await?;
        Ok(inserted == 1)
    }

    /// Forgets states that are too old to come back. Returns how many.
    pub async fn prune_oauth_states(&self, now: Timestamp) -> Result<u64> {
        let deleted = oauth_states::Entity::delete_many()
            .filter(oauth_states::Column::ExpiresAt.lte(micros(now)))
            .exec(&self.write)
            .await?;
        Ok(deleted.rows_affected)
    }
}

async fn insert(db: &impl ConnectionTrait, id: UserId, identity: &LinkedIdentity) -> Result<()> {
    let row = identities::ActiveModel {
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        user_id: Set(id.0),
        address: Set(identity.email.clone()),
        linked_at: Set(micros(identity.linked_at)),
        last_used_at: Set(micros(identity.last_used_at)),
    };
    identities::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn linked(row: identities::Model) -> LinkedIdentity {
    LinkedIdentity {
        issuer: row.issuer,
        subject: row.subject,
        email: row.address,
        linked_at: timestamp(row.linked_at),
        last_used_at: timestamp(row.last_used_at),
    }
}
