//! Attempts to sign in, counted where all nodes see them.

use crate::Store;
use crate::entities::attempts::{ActiveModel, Column, Entity, Model};
use crate::error::Result;
use crate::rows::{micros, timestamp};
use greenroom_domain::attempts::{AttemptCount, AttemptRule};
use greenroom_domain::clock::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

impl Store {
    /// Counts an attempt under each of `keys`, before its outcome is known: attempts at once count as well. Returns until
    /// when to wait when one has to; then nothing is counted.
    pub async fn count_attempt(
        &self,
        keys: &[(String, AttemptRule)],
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let mut keys: Vec<_> = keys.iter().collect();
        // In one order, so that two of them never wait for each other.
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        let tx = self.begin().await?;
        let mut wait: Option<Timestamp> = None;
        for (key, rule) in keys {
            let before = locked(&tx, key, now).await?;
            wait = wait.max(before.waits(now));
            save(&tx, key, before.counted(*rule, now)).await?;
        }
        if wait.is_none() {
            tx.commit().await?;
        }
        Ok(wait)
    }

    /// Takes the last attempt under `key` back: it went well.
    pub async fn take_attempt_back(&self, key: &str, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        let before = locked(&tx, key, now).await?;
        save(&tx, key, before.taken_back(now)).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets all attempts under `key`. Whether there were any.
    pub async fn forget_attempts(&self, key: &str) -> Result<bool> {
        Ok(Entity::delete_by_id(key).exec(&self.write).await?.rows_affected > 0)
    }

    /// Forgets what was counted last before `before`. Returns how many.
    pub async fn prune_attempts(&self, before: Timestamp) -> Result<u64> {
        let old = Column::At.lt(micros(before));
        Ok(Entity::delete_many().filter(old).exec(&self.write).await?.rows_affected)
    }
}

/// The count under `key`, which nobody else changes until the transaction ends.
async fn locked(db: &impl ConnectionTrait, key: &str, now: Timestamp) -> Result<AttemptCount> {
    let none = row(key, AttemptCount::none(now));
    let keep = OnConflict::column(Column::Key).do_nothing().to_owned();
    // Whether it was there already makes no difference.
    Entity::insert(none).on_conflict(keep).exec_without_returning(db).await?;
    let found = Entity::find_by_id(key).lock_exclusive().one(db).await?;
    Ok(found.map_or_else(|| AttemptCount::none(now), count))
}

async fn save(db: &impl ConnectionTrait, key: &str, count: AttemptCount) -> Result<()> {
    Entity::update_many().set(row(key, count)).filter(Column::Key.eq(key)).exec(db).await?;
    Ok(())
}

fn row(key: &str, count: AttemptCount) -> ActiveModel {
    ActiveModel {
        key: Set(key.to_owned()),
        thousandths: Set(count.thousandths),
        at: Set(micros(count.at)),
        wait_until: Set(micros(count.wait_until)),
    }
}

fn count(row: Model) -> AttemptCount {
    AttemptCount {
        thousandths: row.thousandths,
        at: timestamp(row.at),
        wait_until: timestamp(row.wait_until),
    }
}
