//! Providers of language models that administrators entered, in the order in which they are asked.

use crate::Store;
use crate::entities::model_providers::{ActiveModel, Column, Entity, Model};
use crate::error::{Result, StoreError};
use crate::rows::{document, micros, parsed, timestamp};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::model_provider::ModelProvider;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, EntityTrait,
    QueryFilter, QueryOrder,
};

/// A provider with what is stored beside its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProvider {
    /// Its settings.
    pub provider: ModelProvider,
    /// Its key, encrypted; `None` where none is needed.
    pub sealed_key: Option<String>,
    /// Whether it is asked.
    pub enabled: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Store {
    /// All providers, in their order. Those that were deleted are left out.
    pub async fn model_providers(&self) -> Result<Vec<StoredProvider>> {
        let rows = Entity::find()
            .filter(Column::DeletedAt.is_null())
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Name)
            .all(&self.read)
            .await?;
        rows.into_iter().map(stored).collect()
    }

    /// Adds a provider behind the others. A name that is taken is a conflict; one of a deleted provider is free.
    pub async fn add_model_provider(&self, new: &StoredProvider) -> Result<()> {
        let tx = self.begin().await?;
        let name = &new.provider.name;
        Entity::delete_many().filter(deleted(name)).exec(&tx).await?;
        let last = Entity::find().order_by_desc(Column::Position).one(&tx).await?;
        let position = last.map_or(0, |last| last.position + 1);
        let row = ActiveModel { position: Set(position), deleted_at: Set(None), ..row(new)? };
        Entity::insert(row).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Stores what changed of a provider; its place in the order stays. Whether it was there.
    pub async fn change_model_provider(&self, changed: &StoredProvider) -> Result<bool> {
        let done = Entity::update_many().set(row(changed)?).filter(there(&changed.provider.name));
        Ok(done.exec(&self.write).await?.rows_affected > 0)
    }

    /// Takes a provider out, so that it can be put back until it is wiped. Whether it was there.
    pub async fn delete_model_provider(&self, name: &str, at: Timestamp) -> Result<bool> {
        let done = Entity::update_many()
            .col_expr(Column::DeletedAt, Expr::value(micros(at)))
            .col_expr(Column::UpdatedAt, Expr::value(micros(at)))
            .filter(there(name));
        Ok(done.exec(&self.write).await?.rows_affected > 0)
    }

    /// Puts a provider back that was deleted and is not wiped yet. Whether there was one.
    pub async fn restore_model_provider(&self, name: &str, at: Timestamp) -> Result<bool> {
        let done = Entity::update_many()
            .col_expr(Column::DeletedAt, Expr::value(None::<i64>))
            .col_expr(Column::UpdatedAt, Expr::value(micros(at)))
            .filter(deleted(name));
        Ok(done.exec(&self.write).await?.rows_affected > 0)
    }

    /// Wipes providers that were deleted before `before`, keys and all. How many.
    pub async fn wipe_model_providers(&self, before: Timestamp) -> Result<u64> {
        let old = Column::DeletedAt.lt(micros(before));
        Ok(Entity::delete_many().filter(old).exec(&self.write).await?.rows_affected)
    }

    /// Puts the providers in this order. False, and nothing is changed, when `names` are not exactly those that are
    /// there.
    pub async fn order_model_providers(&self, names: &[String], at: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let rows = Entity::find().filter(Column::DeletedAt.is_null()).all(&tx).await?;
        let mut known: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let mut given: Vec<&str> = names.iter().map(String::as_str).collect();
        known.sort_unstable();
        given.sort_unstable();
        if known != given {
            return Ok(false);
        }
        for (position, name) in (0..).zip(names) {
            let moved = ActiveModel {
                name: Set(name.clone()),
                position: Set(position),
                updated_at: Set(micros(at)),
                ..Default::default()
            };
            moved.update(&tx).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

fn there(name: &str) -> Condition {
    Condition::all().add(Column::Name.eq(name)).add(Column::DeletedAt.is_null())
}

fn deleted(name: &str) -> Condition {
    Condition::all().add(Column::Name.eq(name)).add(Column::DeletedAt.is_not_null())
}

fn row(stored: &StoredProvider) -> Result<ActiveModel> {
    Ok(ActiveModel {
        name: Set(stored.provider.name.clone()),
        position: NotSet,
        enabled: Set(stored.enabled),
        sealed_key: Set(stored.sealed_key.clone()),
        updated_at: Set(micros(stored.updated_at)),
        deleted_at: NotSet,
        document: Set(document(&stored.provider)?),
    })
}

fn stored(row: Model) -> Result<StoredProvider> {
    let provider: ModelProvider = parsed("model_providers", &row.name, &row.document)?;
    if provider.name != row.name {
        return Err(StoreError::Inconsistent { table: "model_providers", id: row.name, source: None });
    }
    Ok(StoredProvider {
        provider,
        sealed_key: row.sealed_key,
        enabled: row.enabled,
        updated_at: timestamp(row.updated_at),
    })
}
