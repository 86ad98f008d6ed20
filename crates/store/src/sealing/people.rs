//! The keys of people: made with the person, kept in memory for a while, gone with the person.

use super::data_key::opened;
use super::{DataKey, KEY_BYTES, Place};
use crate::Store;
use crate::entities::{person_keys, sessions};
use crate::error::{Result, StoreError};
use crate::rows::document;
use crate::sealing::Keyring;
use greenroom_domain::ids::{SessionId, UserId};
use moka::sync::Cache;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Keys that are kept in memory; each takes less than 1 KB.
const KEPT: u64 = 20_000;
/// How long one that is not used is kept.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// The keys of people that were used lately.
#[derive(Clone, Debug)]
pub(crate) struct PeopleKeys {
    of_people: Cache<UserId, Arc<DataKey>>,
    owners: Cache<SessionId, UserId>,
}

impl Default for PeopleKeys {
    fn default() -> Self {
        let (of_people, owners) = (Cache::builder(), Cache::builder());
        Self {
            of_people: of_people.max_capacity(KEPT).time_to_idle(KEPT_FOR).build(),
            owners: owners.max_capacity(KEPT).time_to_idle(KEPT_FOR).build(),
        }
    }
}

/// A person's key, if there is one, for what belongs to them.
#[derive(Clone, Debug)]
pub(crate) struct Opener(Option<Arc<DataKey>>);

impl Opener {
    /// The text that lies there.
    pub(crate) fn text(&self, place: Place<impl Display + Copy>, stored: String) -> Result<String> {
        opened(self.0.as_deref(), place, stored)
            .map_err(|_| StoreError::Sealed { column: place.column, row: place.row.to_string() })
    }

    /// The domain value whose JSON text lies there.
    pub(crate) fn value<T: DeserializeOwned>(
        &self,
        place: Place<impl Display + Copy>,
        stored: String,
    ) -> Result<T> {
        let text = self.text(place, stored)?;
        serde_json::from_str(&text).map_err(|source| StoreError::unreadable(place.column, place.row, source))
    }
}

impl Opener {
    /// The key itself.
    pub(crate) fn key(&self) -> Option<&DataKey> {
        self.0.as_deref()
    }
}

impl DataKey {
    /// A domain value as it is stored.
    pub(crate) fn seal_value(&self, place: Place<impl Display>, value: &impl Serialize) -> Result<String> {
        Ok(self.seal(place, &document(value)?))
    }
}

impl Store {
    /// What opens this person's texts.
    pub(crate) async fn opener(&self, user: UserId) -> Result<Opener> {
        Ok(Opener(self.known_key(user).await?))
    }

    /// What opens the texts of an interview, whosever it is.
    pub(crate) async fn opener_of(&self, session: SessionId) -> Result<Opener> {
        match self.owner(session).await? {
            Some(user) => self.opener(user).await,
            None => Ok(Opener(None)),
        }
    }

    /// Whose interview this is.
    pub async fn owner(&self, session: SessionId) -> Result<Option<UserId>> {
        if let Some(owner) = self.people.owners.get(&session) {
            return Ok(Some(owner));
        }
        let query = sessions::Entity::find_by_id(session.0).select_only().column(sessions::Column::UserId);
        let owner: Option<Uuid> = query.into_tuple().one(&self.read).await?;
        let owner = owner.map(UserId);
        if let Some(owner) = owner {
            self.people.owners.insert(session, owner);
        }
        Ok(owner)
    }

    /// This person's key; made when there is none yet. A person who is not there is [`StoreError::Orphan`].
    pub(crate) async fn key(&self, user: UserId) -> Result<Arc<DataKey>> {
        if let Some(key) = self.known_key(user).await? {
            return Ok(key);
        }
        // Two at once: one of the two keys is stored, and both use that one.
        let mine_or_theirs = OnConflict::column(person_keys::Column::UserId).do_nothing().to_owned();
        person_keys::Entity::insert(new_key_row(&self.keys, user))
            .on_conflict(mine_or_theirs)
            .exec_without_returning(&self.write)
            .await?;
        self.known_key_by(&self.write, user).await?.ok_or(StoreError::Orphan)
    }

    async fn known_key(&self, user: UserId) -> Result<Option<Arc<DataKey>>> {
        match self.people.of_people.get(&user) {
            Some(key) => Ok(Some(key)),
            None => self.known_key_by(&self.read, user).await,
        }
    }

    async fn known_key_by(&self, db: &impl ConnectionTrait, user: UserId) -> Result<Option<Arc<DataKey>>> {
        let Some(row) = person_keys::Entity::find_by_id(user.0).one(db).await? else { return Ok(None) };
        let sealed = || StoreError::Sealed { column: "person_keys.wrapped", row: user.to_string() };
        let key = self.keys.unwrap(&wrapped_for(user), &row.wrapped).map_err(|_| sealed())?;
        let key: [u8; KEY_BYTES] = key.try_into().map_err(|_| sealed())?;
        let key = Arc::new(DataKey::new(row.key_id, &key));
        self.people.of_people.insert(user, key.clone());
        Ok(Some(key))
    }

    /// Forgets the key of somebody who was erased.
    pub(crate) fn forget_key(&self, user: UserId) {
        self.people.of_people.invalidate(&user);
    }

    /// Forgets what memory holds of a person or an interview that was erased elsewhere.
    pub fn forget_erased(&self, id: Uuid) {
        self.people.of_people.invalidate(&UserId(id));
        self.people.owners.invalidate(&SessionId(id));
    }
}

/// A new key as it is stored.
pub(crate) fn new_key_row(keys: &Keyring, user: UserId) -> person_keys::ActiveModel {
    let key: [u8; KEY_BYTES] = rand::random();
    person_keys::ActiveModel {
        user_id: Set(user.0),
        key_id: Set(format!("{:08x}", rand::random::<u32>())),
        master: Set(keys.current()),
        wrapped: Set(keys.wrap(&wrapped_for(user), &key)),
    }
}

/// A wrapped key opens as the key of its person only.
pub(crate) fn wrapped_for(user: UserId) -> String {
    format!("person_keys\n{user}")
}
