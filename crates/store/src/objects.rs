//! What is known of files in the storage, and which are still to be deleted there. The files themselves are elsewhere.

use crate::Store;
use crate::entities::objects::{ActiveModel, Column, Entity, Model};
use crate::entities::{installation, object_deletions};
use crate::error::{Result, StoreError};
use crate::rows::{micros, timestamp};
use crate::sealing::ObjectSeal;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ObjectId, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashSet;
use uuid::Uuid;

/// Rows of one statement.
const AT_ONCE: usize = 200;
/// This installation, among those that may share a storage by mistake.
const THIS: &str = "this";

/// What is deleted here and may still lie in the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftToDelete {
    /// Whose it was.
    pub owner: Uuid,
    /// The file; all files of the owner when `None`.
    pub object: Option<ObjectId>,
    /// Since when it should be gone.
    pub since: Timestamp,
}

/// How much is deleted here and may still lie in the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectsLeft {
    /// Files, and people with all of theirs.
    pub count: u64,
    /// Since when the oldest of them should be gone.
    pub oldest: Option<Timestamp>,
}

impl Store {
    /// What seals a file of this person that is put now.
    pub async fn new_object_seal(&self, user: UserId, id: ObjectId, kind: ObjectKind) -> Result<ObjectSeal> {
        Ok(ObjectSeal::new(&*self.key(user).await?, id, kind))
    }

    /// What opens this file.
    pub async fn object_seal(&self, object: &StoredObject) -> Result<ObjectSeal> {
        let opener = self.opener(object.user_id).await?;
        let seal =
            opener.key().and_then(|key| ObjectSeal::of(key, object.id, object.kind, &object.seal).ok());
        seal.ok_or_else(|| StoreError::Sealed { column: "objects.seal", row: object.id.to_string() })
    }

    /// Notes a file that lies in the storage and belongs to something that is there already.
    pub async fn insert_object(&self, object: &StoredObject) -> Result<()> {
        insert(&self.write, object).await
    }

    /// This person's file.
    pub async fn object(&self, user: UserId, id: ObjectId) -> Result<Option<StoredObject>> {
        let row = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&self.read).await?;
        row.map(stored).transpose()
    }

    /// This person's files of a kind that belong to one of these, oldest first.
    pub async fn objects_of(
        &self,
        user: UserId,
        kind: ObjectKind,
        belonging_to: impl IntoIterator<Item = Uuid> + Send,
    ) -> Result<Vec<StoredObject>> {
        let query = Entity::find()
            .filter(Column::UserId.eq(user.0))
            .filter(Column::Kind.eq(kind.key()))
            .filter(Column::BelongsTo.is_in(belonging_to))
            .order_by_asc(Column::Id);
        query.all(&self.read).await?.into_iter().map(stored).collect()
    }

    /// All files of this person, oldest first.
    pub async fn all_objects_of(&self, user: UserId) -> Result<Vec<StoredObject>> {
        let query = Entity::find().filter(Column::UserId.eq(user.0)).order_by_asc(Column::Id);
        query.all(&self.read).await?.into_iter().map(stored).collect()
    }

    /// Files after `after` in the order of their ids, at most `limit`: for looking through all of them.
    pub async fn objects_after(&self, after: Option<ObjectId>, limit: u64) -> Result<Vec<StoredObject>> {
        let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
        if let Some(after) = after {
            query = query.filter(Column::Id.gt(after.0));
        }
        query.all(&self.read).await?.into_iter().map(stored).collect()
    }

    /// Those of `ids` that are known.
    pub async fn known_objects(&self, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
        let mut known = HashSet::new();
        for some in ids.chunks(AT_ONCE) {
            let query = Entity::find().select_only().column(Column::Id);
            let found: Vec<Uuid> =
                query.filter(Column::Id.is_in(some.to_vec())).into_tuple().all(&self.read).await?;
            known.extend(found);
        }
        Ok(known)
    }

    /// Deletes this person's file here; in the storage it is deleted afterwards. False when it is not there.
    pub async fn delete_object(&self, user: UserId, id: ObjectId, at: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let Some(row) = Entity::find_by_id(id.0).filter(Column::UserId.eq(user.0)).one(&tx).await? else {
            return Ok(false);
        };
        leave(&tx, vec![row], at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Deletes this person's files of a kind that belong to something, here; in the storage they are deleted afterwards.
    /// Returns how many.
    pub async fn delete_objects_of(
        &self,
        user: UserId,
        kind: ObjectKind,
        belonging_to: Uuid,
        at: Timestamp,
    ) -> Result<u64> {
        let tx = self.begin().await?;
        let query = Entity::find()
            .filter(Column::UserId.eq(user.0))
            .filter(Column::Kind.eq(kind.key()))
            .filter(Column::BelongsTo.eq(belonging_to));
        let rows = query.all(&tx).await?;
        let count = rows.len() as u64;
        leave(&tx, rows, at).await?;
        tx.commit().await?;
        Ok(count)
    }

    /// What is deleted here and may still lie in the storage, the oldest first, at most `limit`.
    pub async fn left_to_delete(&self, limit: u64) -> Result<Vec<LeftToDelete>> {
        use object_deletions::{Column, Entity};
        let query = Entity::find().order_by_asc(Column::At).order_by_asc(Column::Id).limit(limit);
        let rows = query.all(&self.read).await?.into_iter();
        let left = rows.map(|row| LeftToDelete {
            owner: row.owner,
            object: row.object.map(ObjectId),
            since: timestamp(row.at),
        });
        Ok(left.collect())
    }

    /// This is gone from the storage.
    pub async fn deleted_in_storage(&self, gone: &LeftToDelete) -> Result<()> {
        let id = gone.object.map_or(gone.owner, |object| object.0);
        object_deletions::Entity::delete_by_id(id).exec(&self.write).await?;
        Ok(())
    }

    /// How much is deleted here and may still lie in the storage.
    pub async fn objects_left(&self) -> Result<ObjectsLeft> {
        let count = object_deletions::Entity::find().count(&self.read).await?;
        let oldest = self.left_to_delete(1).await?.first().map(|left| left.since);
        Ok(ObjectsLeft { count, oldest })
    }

    /// This installation's id; `fresh` when it had none.
    pub async fn installation(&self, fresh: Uuid) -> Result<Uuid> {
        use installation::{ActiveModel, Column, Entity};
        if let Some(row) = Entity::find_by_id(THIS).one(&self.read).await? {
            return Ok(row.id);
        }
        let row = ActiveModel { name: Set(THIS.to_owned()), id: Set(fresh) };
        let theirs = OnConflict::column(Column::Name).do_nothing().to_owned();
        Entity::insert(row).on_conflict(theirs).exec_without_returning(&self.write).await?;
        let row = Entity::find_by_id(THIS).one(&self.write).await?;
        Ok(row.map_or(fresh, |row| row.id))
    }
}

pub(crate) async fn insert(db: &impl ConnectionTrait, object: &StoredObject) -> Result<()> {
    let row = ActiveModel {
        id: Set(object.id.0),
        user_id: Set(object.user_id.0),
        kind: Set(object.kind.key().to_owned()),
        retention: Set(object.kind.retention().to_owned()),
        belongs_to: Set(object.belongs_to),
        content_type: Set(object.content_type.clone()),
        bytes: Set(object.bytes.try_into().unwrap_or(i64::MAX)),
        digest: Set(object.digest.clone()),
        seal: Set(object.seal.clone()),
        created_at: Set(micros(object.created_at)),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Whether this file is known.
pub(crate) async fn is_known(db: &impl ConnectionTrait, id: ObjectId) -> Result<bool> {
    Ok(Entity::find_by_id(id.0).one(db).await?.is_some())
}

/// Deletes what is known of these files, and leaves them to be deleted in the storage.
pub(crate) async fn leave_these(db: &impl ConnectionTrait, ids: &[Uuid], at: Timestamp) -> Result<u64> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.to_vec())).all(db).await?;
    let count = rows.len() as u64;
    leave(db, rows, at).await?;
    Ok(count)
}

/// Deletes what is known of the files that belong to these, and leaves them to be deleted in the storage.
pub(crate) async fn leave_what_belongs_to(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    at: Timestamp,
) -> Result<()> {
    let rows = Entity::find().filter(Column::BelongsTo.is_in(ids.to_vec())).all(db).await?;
    leave(db, rows, at).await
}

/// The same of all files of these people, who are erased in the same transaction: one entry for each of them.
pub(crate) async fn leave_all_of(db: &impl ConnectionTrait, people: &[Uuid], at: Timestamp) -> Result<()> {
    let query = Entity::find().select_only().column(Column::UserId).distinct();
    let owners: Vec<Uuid> = query.filter(Column::UserId.is_in(people.to_vec())).into_tuple().all(db).await?;
    note(db, owners.into_iter().map(|owner| (owner, owner, None)).collect(), at).await
}

async fn leave(db: &impl ConnectionTrait, rows: Vec<Model>, at: Timestamp) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let ids = some.iter().map(|row| row.id);
        Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?;
    }
    note(db, rows.into_iter().map(|row| (row.id, row.user_id, Some(row.id))).collect(), at).await
}

async fn note(db: &impl ConnectionTrait, left: Vec<(Uuid, Uuid, Option<Uuid>)>, at: Timestamp) -> Result<()> {
    use object_deletions::{ActiveModel, Column, Entity};
    for some in left.chunks(AT_ONCE) {
        let rows = some.iter().map(|(id, owner, object)| ActiveModel {
            id: Set(*id),
            owner: Set(*owner),
            object: Set(*object),
            at: Set(micros(at)),
        });
        let known = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

fn stored(row: Model) -> Result<StoredObject> {
    let bad = || StoreError::Inconsistent { table: "objects", id: row.id.to_string(), source: None };
    Ok(StoredObject {
        kind: ObjectKind::from_key(&row.kind).ok_or_else(bad)?,
        bytes: row.bytes.try_into().map_err(|_| bad())?,
        id: ObjectId(row.id),
        user_id: UserId(row.user_id),
        belongs_to: row.belongs_to,
        content_type: row.content_type,
        digest: row.digest,
        seal: row.seal,
        created_at: timestamp(row.created_at),
    })
}
