//! Questions that the operator added. A change is a new row; none is ever changed or deleted.

use crate::Store;
use crate::entities::bank_questions::{ActiveModel, Column, Entity, Model};
use crate::error::{Result, StoreError};
use crate::rows::{document, micros, parsed, timestamp};
use greenroom_domain::bank::{BankEntry, OwnQuestion};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

impl Store {
    /// The newest version of each question, retired ones too, by key.
    pub async fn own_questions(&self) -> Result<Vec<OwnQuestion>> {
        let current = Entity::find().filter(Column::Current.eq(true)).order_by_asc(Column::Id);
        current.all(&self.read).await?.into_iter().map(stored).collect()
    }

    /// The newest version of the question with this key.
    pub async fn own_question(&self, id: &str) -> Result<Option<OwnQuestion>> {
        let newest = Entity::find().filter(Column::Id.eq(id)).filter(Column::Current.eq(true));
        newest.one(&self.read).await?.map(stored).transpose()
    }

    /// All versions of the question with this key, the newest first; none when nobody added it.
    pub async fn own_question_versions(&self, id: &str) -> Result<Vec<OwnQuestion>> {
        let versions = Entity::find().filter(Column::Id.eq(id)).order_by_desc(Column::Version);
        versions.all(&self.read).await?.into_iter().map(stored).collect()
    }

    /// How many versions there are of all questions together. It grows with each change.
    pub async fn own_questions_revision(&self) -> Result<u64> {
        Ok(Entity::find().count(&self.read).await?)
    }

    /// Stores new versions, all or none. A version that is there already is a conflict.
    pub async fn save_own_questions(&self, questions: &[OwnQuestion]) -> Result<()> {
        let tx = self.begin().await?;
        for question in questions {
            Entity::update_many()
                .col_expr(Column::Current, Expr::value(false))
                .filter(Column::Id.eq(&question.entry.question.id))
                .filter(Column::Current.eq(true))
                .exec(&tx)
                .await?;
            Entity::insert(row(question)?).exec_without_returning(&tx).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn row(question: &OwnQuestion) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(question.entry.question.id.clone()),
        version: Set(i64::from(question.version)),
        current: Set(true),
        retired: Set(question.retired),
        created_at: Set(micros(question.at)),
        document: Set(document(&question.entry)?),
    })
}

fn stored(row: Model) -> Result<OwnQuestion> {
    let entry: BankEntry = parsed("bank_questions", &row.id, &row.document)?;
    let version = u32::try_from(row.version).ok().filter(|_| entry.question.id == row.id);
    let Some(version) = version else {
        return Err(StoreError::Inconsistent { table: "bank_questions", id: row.id, source: None });
    };
    Ok(OwnQuestion { entry, version, retired: row.retired, at: timestamp(row.created_at) })
}
