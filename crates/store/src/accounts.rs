//! People and their profiles.

use crate::Store;
use crate::dialect;
use crate::entities::{person_keys, profiles, users};
use crate::erasures::{interviews_of, remember};
use crate::error::Result;
use crate::managed_users::{keep_an_administrator, row};
use crate::objects;
use crate::rows::{document, micros, parsed};
use crate::sealing::{Place, new_key_row};
use greenroom_domain::account::{Consent, Profile, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, DeleteMany, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

impl Store {
    /// Stores a new person. A taken address is a conflict.
    pub async fn create_user(&self, user: &User, password_hash: Option<&str>) -> Result<()> {
        let row = row(user, Set(password_hash.map(str::to_owned)))?;
        let tx = self.begin().await?;
        users::Entity::insert(row).exec_without_returning(&tx).await?;
        let key = new_key_row(&self.keys, user.id);
        person_keys::Entity::insert(key).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// The person with this id.
    pub async fn user(&self, id: UserId) -> Result<Option<User>> {
        users::Entity::find_by_id(id.0).one(&self.read).await?.map(user).transpose()
    }

    /// The person with this address (lower case) and their password hash.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<(User, String)>> {
        if email.contains('\0') {
            // PostgreSQL takes no such text, not even to look for it.
            return Ok(None);
        }
        let row = users::Entity::find().filter(users::Column::Email.eq(email)).one(&self.read).await?;
        row.map(|row| {
            let hash = row.password_hash.clone().unwrap_or_default();
            Ok((user(row)?, hash))
        })
        .transpose()
    }

    /// All accounts, the newest first; guests are left out.
    pub async fn all_accounts(&self) -> Result<Vec<User>> {
        let rows = users::Entity::find()
            .filter(users::Column::Email.is_not_null())
            .order_by_desc(users::Column::Id)
            .all(&self.read)
            .await?;
        rows.into_iter().map(user).collect()
    }

    /// Stores what changed of a person; the password only when a hash is given.
    pub async fn update_user(&self, user: &User, password_hash: Option<&str>) -> Result<()> {
        let row = row(user, password_hash.map_or(NotSet, |hash| Set(Some(hash.to_owned()))))?;
        users::Entity::update_many()
            .set(row)
            .filter(users::Column::Id.eq(user.id.0))
            .exec(&self.write)
            .await?;
        Ok(())
    }

    /// Changes what a person agrees to; `change` may be called again when somebody else was faster. Returns what it is
    /// then; `None` when the person is not there.
    pub async fn change_consents(
        &self,
        id: UserId,
        at: Timestamp,
        change: impl Fn(&mut Vec<Consent>) + Send,
    ) -> Result<Option<Vec<Consent>>> {
        loop {
            let Some(row) = users::Entity::find_by_id(id.0).one(&self.read).await? else { return Ok(None) };
            let before = row.document.clone();
            let mut user = user(row)?;
            change(&mut user.consents);
            user.updated_at = at;
            let changed = users::Entity::update_many()
                .col_expr(users::Column::Document, Expr::value(document(&user)?))
                .filter(users::Column::Id.eq(id.0))
                .filter(users::Column::Document.eq(before))
                .exec(&self.write)
                .await?;
            if changed.rows_affected == 1 {
                return Ok(Some(user.consents));
            }
        }
    }

    /// Turns the guest into an account. False when it is not there or has become one already.
    pub async fn claim_guest(&self, user: &User, password_hash: &str) -> Result<bool> {
        let row = row(user, Set(Some(password_hash.to_owned())))?;
        let updated = users::Entity::update_many()
            .set(row)
            .filter(users::Column::Id.eq(user.id.0))
            .filter(users::Column::Email.is_null())
            .exec(&self.write)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Deletes the person; everything of theirs falls with them, their key too, in one transaction. Returns their
    /// interviews, which may still be in somebody's memory.
    pub async fn delete_user(&self, id: UserId, at: Timestamp) -> Result<Vec<SessionId>> {
        let person = users::Entity::delete_many().filter(users::Column::Id.eq(id.0));
        Ok(self.delete_one(id, person, at).await?.unwrap_or_default())
    }

    /// Deletes the guest and everything of theirs if their time is over: they may have registered since that was
    /// seen. `None` when nothing was deleted, else their interviews.
    pub async fn delete_expired_guest(&self, id: UserId, now: Timestamp) -> Result<Option<Vec<SessionId>>> {
        let guest = users::Entity::delete_many()
            .filter(users::Column::Id.eq(id.0))
            .filter(users::Column::ExpiresAt.lte(micros(now)));
        self.delete_one(id, guest, now).await
    }

    async fn delete_one(
        &self,
        id: UserId,
        delete: DeleteMany<users::Entity>,
        at: Timestamp,
    ) -> Result<Option<Vec<SessionId>>> {
        let tx = self.begin().await?;
        let interviews = interviews_of(&tx, id).await?;
        keep_an_administrator(&tx, id).await?;
        objects::leave_all_of(&tx, &[id.0], at).await?;
        if delete.exec(&tx).await?.rows_affected == 0 {
            return Ok(None);
        }
        let ids = interviews.iter().map(|interview| interview.0).chain([id.0]).collect();
        remember(&tx, ids, at).await?;
        tx.commit().await?;
        self.forget_key(id);
        dialect::forget_log(self.engine, &self.write).await?;
        Ok(Some(interviews))
    }

    /// Guests whose time is over, at most `limit`.
    pub async fn expired_guests(&self, now: Timestamp, limit: u64) -> Result<Vec<UserId>> {
        let rows = users::Entity::find()
            .filter(users::Column::ExpiresAt.lte(micros(now)))
            .order_by_asc(users::Column::ExpiresAt)
            .limit(limit)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(|row| UserId(row.id)).collect())
    }

    /// How many guests there are whose time is over.
    pub async fn count_expired_guests(&self, now: Timestamp) -> Result<u64> {
        let expired = users::Entity::find().filter(users::Column::ExpiresAt.lte(micros(now)));
        Ok(expired.count(&self.read).await?)
    }

    /// The profile; empty when none was saved.
    pub async fn profile(&self, id: UserId) -> Result<Profile> {
        let row = profiles::Entity::find_by_id(id.0).one(&self.read).await?;
        let Some(row) = row else { return Ok(Profile::default()) };
        self.opener(id).await?.value(profile_place(id), row.document)
    }

    /// Saves the profile.
    pub async fn save_profile(&self, id: UserId, profile: &Profile, now: Timestamp) -> Result<()> {
        let document = self.key(id).await?.seal_value(profile_place(id), profile)?;
        let row = profiles::ActiveModel {
            user_id: Set(id.0),
            document: Set(document),
            updated_at: Set(micros(now)),
        };
        let replace = OnConflict::column(profiles::Column::UserId)
            .update_columns([profiles::Column::Document, profiles::Column::UpdatedAt])
            .to_owned();
        profiles::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.write).await?;
        Ok(())
    }
}

fn profile_place(id: UserId) -> Place<UserId> {
    Place { column: "profiles.document", row: id }
}

fn user(row: users::Model) -> Result<User> {
    parsed("users", row.id, &row.document)
}
