//! People as administrators see them. Whatever is done here, somebody stays who can administer.

use crate::Store;
use crate::entities::sign_ins;
use crate::entities::users::{ActiveModel, Column, Entity, Model};
use crate::error::{Result, StoreError};
use crate::page::{Page, Paged};
use crate::rows::{document, micros, parsed, timestamp};
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{
    ActiveValue, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, Value,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Stands before what is no wild card in a search. A backslash would be written differently by each engine.
const ESCAPE: char = '!';

/// Somebody, with what administrators need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedUser {
    /// The person.
    pub user: User,
    /// Since when they cannot sign in; `None` when they can.
    pub locked_at: Option<Timestamp>,
    /// In how many places they are signed in.
    pub sign_ins: u64,
    /// When one of these was used last, to within ten minutes.
    pub last_used_at: Option<Timestamp>,
}

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Only those whose name or address holds this.
    pub words: Option<String>,
    /// Only those with this role.
    pub role: Option<Role>,
    /// Who is meant; accounts when left out.
    pub group: UserGroup,
}

/// Groups of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserGroup {
    /// Those with an account.
    #[default]
    Accounts,
    /// Those with an account who cannot sign in.
    Locked,
    /// Those without an account.
    Guests,
}

impl Store {
    /// People, the newest first.
    pub async fn managed_users(
        &self,
        filter: &UserFilter,
        page: &Page,
        now: Timestamp,
    ) -> Result<Paged<ManagedUser>> {
        let mut query = match filter.group {
            UserGroup::Accounts => Entity::find().filter(Column::Email.is_not_null()),
            UserGroup::Locked => {
                Entity::find().filter(Column::Email.is_not_null()).filter(Column::LockedAt.is_not_null())
            }
            UserGroup::Guests => Entity::find().filter(Column::Email.is_null()),
        };
        if let Some(role) = filter.role {
            query = query.filter(Column::Role.eq(role_key(role)));
        }
        // PostgreSQL takes no text with a zero byte, not even to look for it.
        let words = filter.words.as_deref().map(|words| words.trim().to_lowercase().replace('\0', ""));
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            query = query.filter(Column::Words.like(LikeExpr::new(containing(&words)).escape(ESCAPE)));
        }
        let query = page.newest_first(query, Column::CreatedAt, Column::Id)?;
        let (rows, next) = page.cut(query.all(&self.read).await?, |row| (row.created_at, row.id));
        Ok(Paged { items: self.managed(rows, now).await?, next })
    }

    /// Somebody.
    pub async fn managed_user(&self, id: UserId, now: Timestamp) -> Result<Option<ManagedUser>> {
        let rows = Entity::find_by_id(id.0).all(&self.read).await?;
        Ok(self.managed(rows, now).await?.pop())
    }

    /// Gives somebody another role. `None` when they are not there; [`StoreError::LastAdministrator`] when nobody would be
    /// left who can administer.
    pub async fn set_role(&self, id: UserId, role: Role, at: Timestamp) -> Result<Option<User>> {
        let tx = self.begin().await?;
        if role != Role::Admin {
            keep_an_administrator(&tx, id).await?;
        }
        let Some(row) = Entity::find_by_id(id.0).lock_exclusive().one(&tx).await? else { return Ok(None) };
        let user = User { role, updated_at: at, ..parsed("users", row.id, &row.document)? };
        Entity::update_many().set(self::row(&user, NotSet)?).filter(Column::Id.eq(id.0)).exec(&tx).await?;
        tx.commit().await?;
        Ok(Some(user))
    }

    /// From now on the person cannot sign in; where they are signed in already, they stay. False when they are not there;
    /// [`StoreError::LastAdministrator`] when nobody would be left who can administer.
    pub async fn lock_user(&self, id: UserId, at: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        keep_an_administrator(&tx, id).await?;
        // Who signs in at this moment has read the row before, or waits and sees the lock.
        let there = Entity::find_by_id(id.0).lock_exclusive().one(&tx).await?.is_some();
        let lock = Entity::update_many().col_expr(Column::LockedAt, Expr::value(micros(at)));
        lock.filter(Column::Id.eq(id.0)).filter(Column::LockedAt.is_null()).exec(&tx).await?;
        tx.commit().await?;
        Ok(there)
    }

    /// The person may sign in again. Whether they could not.
    pub async fn unlock_user(&self, id: UserId) -> Result<bool> {
        let unlock = Entity::update_many().col_expr(Column::LockedAt, Expr::value(Value::BigInt(None)));
        let unlocked =
            unlock.filter(Column::Id.eq(id.0)).filter(Column::LockedAt.is_not_null()).exec(&self.write);
        Ok(unlocked.await?.rows_affected == 1)
    }

    async fn managed(&self, rows: Vec<Model>, now: Timestamp) -> Result<Vec<ManagedUser>> {
        use sign_ins::Column;
        let used: Vec<(Uuid, i64, Option<i64>)> = sign_ins::Entity::find()
            .select_only()
            .column(Column::UserId)
            .column_as(Column::Id.count(), "places")
            .column_as(Column::UsedAt.max(), "last")
            .filter(Column::UserId.is_in(rows.iter().map(|row| row.id)))
            .filter(Column::EndedAt.is_null())
            .filter(Column::ExpiresAt.gt(micros(now)))
            .group_by(Column::UserId)
            .into_tuple()
            .all(&self.read)
            .await?;
        let used: HashMap<Uuid, (i64, Option<i64>)> =
            used.into_iter().map(|(user, places, last)| (user, (places, last))).collect();
        let managed = rows.into_iter().map(|row| {
            let (places, last) = used.get(&row.id).copied().unwrap_or_default();
            Ok(ManagedUser {
                user: parsed("users", row.id, &row.document)?,
                locked_at: row.locked_at.map(timestamp),
                sign_ins: places.try_into().unwrap_or(0),
                last_used_at: last.map(timestamp),
            })
        });
        managed.collect()
    }
}

/// Fails when this person is the only one who can administer: has the role and can sign in. Others who are about to lose
/// it wait.
pub(crate) async fn keep_an_administrator(db: &impl ConnectionTrait, leaving: UserId) -> Result<()> {
    let administrators = Entity::find()
        .filter(Column::Role.eq(role_key(Role::Admin)))
        .filter(Column::LockedAt.is_null())
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    match administrators.as_slice() {
        [only] if only.id == leaving.0 => Err(StoreError::LastAdministrator),
        _ => Ok(()),
    }
}

/// Fails when this person cannot sign in. Within the transaction in which they would.
pub(crate) async fn may_sign_in(db: &impl ConnectionTrait, id: UserId) -> Result<()> {
    let row = Entity::find_by_id(id.0).lock_shared().one(db).await?;
    if row.is_some_and(|row| row.locked_at.is_some()) { Err(StoreError::Locked) } else { Ok(()) }
}

/// A person as they are stored. Who is locked stays so.
pub(crate) fn row(user: &User, password_hash: ActiveValue<Option<String>>) -> Result<ActiveModel> {
    let (role, created_at, words) = looked_up_by(user);
    Ok(ActiveModel {
        id: Set(user.id.0),
        email: Set(user.email.clone()),
        password_hash,
        expires_at: Set(user.expires_at.map(micros)),
        document: Set(document(user)?),
        role: Set(role.to_owned()),
        created_at: Set(created_at),
        words: Set(words),
        locked_at: NotSet,
    })
}

/// Role, when the account was made, and name and address in lower case.
pub(crate) fn looked_up_by(user: &User) -> (&'static str, i64, String) {
    let words = format!("{} {}", user.name, user.email.as_deref().unwrap_or_default());
    (role_key(user.role), micros(user.created_at), words.to_lowercase().replace('\0', ""))
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::JobSeeker => "job_seeker",
        Role::Recruiter => "recruiter",
        Role::Curator => "curator",
        Role::Admin => "admin",
    }
}

fn containing(words: &str) -> String {
    let escaped: String = words
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | ESCAPE).then_some(ESCAPE).into_iter().chain([c]))
        .collect();
    format!("%{escaped}%")
}
