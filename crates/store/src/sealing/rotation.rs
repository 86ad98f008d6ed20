//! Changing the master key: the keys of people are wrapped anew, their texts stay as they are.

use super::people::wrapped_for;
use crate::Store;
use crate::entities::person_keys::{ActiveModel, Column, Entity, Model};
use crate::error::{Result, StoreError};
use crate::sealing::Keyring;
use greenroom_domain::ids::UserId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TransactionTrait,
};
use serde::{Deserialize, Serialize};

/// Keys that are wrapped anew in one transaction.
const AT_ONCE: u64 = 200;

/// How many people's keys one master key wraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysOf {
    /// Id of the master key.
    pub master: String,
    /// How many.
    pub people: u64,
    /// Whether that master key is here.
    pub is_here: bool,
}

/// The key of a person as it lies in the database, wrapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// Whose it is.
    pub user_id: UserId,
    /// Its name in what it sealed.
    pub key_id: String,
    /// The key, wrapped by a master key.
    pub wrapped: String,
}

impl Store {
    /// The master keys.
    pub fn keyring(&self) -> &Keyring {
        &self.keys
    }

    /// Which master keys are in use, the most used first.
    pub async fn keys_of_people(&self) -> Result<Vec<KeysOf>> {
        let mut counts: Vec<(String, i64)> = Entity::find()
            .select_only()
            .column(Column::Master)
            .column_as(Column::UserId.count(), "people")
            .group_by(Column::Master)
            .into_tuple()
            .all(&self.read)
            .await?;
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let of = |(master, people): (String, i64)| KeysOf {
            is_here: self.keys.knows(&master),
            people: people.try_into().unwrap_or(0),
            master,
        };
        Ok(counts.into_iter().map(of).collect())
    }

    /// Wraps some keys of people anew that another than the present master key wraps. Returns how many; 0 when all are
    /// done. May run beside readers and writers, at several nodes, and again after it was interrupted.
    pub async fn rewrap_some(&self) -> Result<u64> {
        let current = self.keys.current();
        let others = Entity::find().filter(Column::Master.ne(&current)).order_by_asc(Column::UserId);
        let rows = others.limit(AT_ONCE).all(&self.read).await?;
        let mut wrapped = Vec::with_capacity(rows.len());
        for row in rows {
            wrapped.push((self.wrapped_anew(&row)?, row));
        }
        let tx = self.begin().await?;
        for (new, old) in &wrapped {
            Entity::update_many()
                .set(ActiveModel {
                    master: Set(current.clone()),
                    wrapped: Set(new.clone()),
                    ..Default::default()
                })
                .filter(Column::UserId.eq(old.user_id))
                .filter(Column::Wrapped.eq(&old.wrapped))
                .exec(&tx)
                .await?;
        }
        tx.commit().await?;
        Ok(wrapped.len() as u64)
    }

    fn wrapped_anew(&self, row: &Model) -> Result<String> {
        let place = wrapped_for(UserId(row.user_id));
        let sealed = |_| StoreError::Sealed { column: "person_keys.wrapped", row: row.user_id.to_string() };
        Ok(self.keys.wrap(&place, &self.keys.unwrap(&place, &row.wrapped).map_err(sealed)?))
    }

    /// Everybody's keys, wrapped, a page at a time: those after `after`, at most `limit`.
    pub async fn wrapped_keys(&self, after: Option<UserId>, limit: u64) -> Result<Vec<WrappedKey>> {
        let mut query = Entity::find().order_by_asc(Column::UserId).limit(limit);
        if let Some(after) = after {
            query = query.filter(Column::UserId.gt(after.0));
        }
        let rows = query.all(&self.read).await?;
        Ok(rows.into_iter().map(WrappedKey::from).collect())
    }

    /// Puts keys back that are not there; keys of people who are not there are left out. Returns how many were taken.
    pub async fn put_wrapped_keys(&self, keys: &[WrappedKey]) -> Result<u64> {
        let tx = self.write.begin().await?;
        let mut taken = 0;
        for key in keys {
            use crate::entities::users;
            let Some(master) = Keyring::wrapped_by(&key.wrapped) else { continue };
            if users::Entity::find_by_id(key.user_id.0).one(&tx).await?.is_none() {
                continue;
            }
            let row = ActiveModel {
                user_id: Set(key.user_id.0),
                key_id: Set(key.key_id.clone()),
                master: Set(master.to_owned()),
                wrapped: Set(key.wrapped.clone()),
            };
            let there = OnConflict::column(Column::UserId).do_nothing().to_owned();
            taken += Entity::insert(row).on_conflict(there).exec_without_returning(&tx).await?;
        }
        tx.commit().await?;
        Ok(taken)
    }
}

impl From<Model> for WrappedKey {
    fn from(row: Model) -> Self {
        Self { user_id: UserId(row.user_id), key_id: row.key_id, wrapped: row.wrapped }
    }
}
