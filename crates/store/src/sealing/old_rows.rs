//! Texts from before they were sealed: found and sealed, a few at a time, while everybody works.

use super::Place;
use crate::Store;
use crate::error::Result;
use greenroom_domain::ids::UserId;
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

/// Rows that are sealed in one transaction.
const AT_ONCE: u32 = 100;

/// A column whose texts are sealed.
struct Column {
    /// As its places are named.
    name: &'static str,
    table: &'static str,
    column: &'static str,
    /// The rest of a row's key; the first part is always a UUID.
    key: (&'static str, Option<&'static str>),
    /// Where the person stands.
    owner: &'static str,
}

const fn own(name: &'static str, table: &'static str, column: &'static str, id: &'static str) -> Column {
    Column { name, table, column, key: (id, None), owner: "t.user_id" }
}

const COLUMNS: [Column; 10] = [
    own("profiles.document", "profiles", "document", "user_id"),
    own("resumes.document", "resumes", "document", "id"),
    own("configs.document", "configs", "document", "id"),
    own("sessions.title", "sessions", "title", "id"),
    own("sessions.snapshot", "sessions", "snapshot", "id"),
    own("evaluations.document", "evaluations", "document", "id"),
    own("feedback.document", "feedback", "document", "id"),
    own("voice_parts.document", "voice_parts", "document", "id"),
    Column {
        name: "events.payload",
        table: "events",
        column: "payload",
        key: ("session_id", Some("seq")),
        owner: "(SELECT s.user_id FROM sessions s WHERE s.id = t.session_id)",
    },
    Column {
        name: "idempotency.body",
        table: "idempotency",
        column: "body",
        key: ("user_id", Some("key")),
        owner: "t.user_id",
    },
];

/// How far the sealing of old texts has come. The default is the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealingAt {
    column: usize,
    row: Uuid,
    /// Texts that were sealed so far.
    pub sealed: u64,
}

/// How many texts of a column are not sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsealed {
    /// Table and column.
    pub column: &'static str,
    /// How many.
    pub rows: u64,
}

impl Column {
    fn plain(&self) -> String {
        format!("t.{0} NOT LIKE 's1.%' AND t.{0} <> ''", self.column)
    }
}

impl Store {
    /// How many texts are not sealed, by column; those that all are sealed are left out. Looks at every row.
    pub async fn unsealed(&self) -> Result<Vec<Unsealed>> {
        let mut found = Vec::new();
        for column in &COLUMNS {
            let sql = format!("SELECT COUNT(*) AS n FROM {} t WHERE {}", column.table, column.plain());
            let statement = Statement::from_string(self.read.get_database_backend(), sql);
            let row = self.read.query_one_raw(statement).await?;
            let rows = row.map_or(Ok(0), |row| row.try_get::<i64>("", "n"))?;
            if rows > 0 {
                found.push(Unsealed { column: column.name, rows: rows as u64 });
            }
        }
        Ok(found)
    }

    /// Seals some texts that are not. Returns where to go on; `None` when all are sealed. May run beside everything else.
    pub async fn seal_some(&self, at: SealingAt) -> Result<Option<SealingAt>> {
        let Some(column) = COLUMNS.get(at.column) else { return Ok(None) };
        let next = match self.seal_some_of(column, at.row).await? {
            (sealed, Some(row)) => SealingAt { row, sealed: at.sealed + sealed, ..at },
            (_, None) => SealingAt { column: at.column + 1, row: Uuid::nil(), ..at },
        };
        Ok(Some(next))
    }

    /// Seals some of this column from the row `from` on. Returns how many, and the last one's key.
    async fn seal_some_of(&self, of: &Column, from: Uuid) -> Result<(u64, Option<Uuid>)> {
        let mut changes = Vec::new();
        for row in self.plain_rows(of, from).await? {
            let (id, text): (Uuid, String) = (row.try_get("", "first")?, row.try_get("", "text")?);
            let key = self.key(UserId(row.try_get("", "owner")?)).await?;
            let (rest, place): (Option<Value>, String) = match of.key.1 {
                None => (None, id.to_string()),
                Some("seq") => {
                    let seq: i64 = row.try_get("", "rest")?;
                    (Some(seq.into()), format!("{id}/{seq}"))
                }
                Some(_) => {
                    let rest: String = row.try_get("", "rest")?;
                    (Some(rest.clone().into()), rest)
                }
            };
            let sealed = key.seal(Place { column: of.name, row: place }, &text);
            changes.push((id, rest, text, sealed));
        }
        let (count, last) = (changes.len() as u64, changes.last().map(|change| change.0));
        let (first, second) = of.key;
        let and = second.map_or(String::new(), |second| format!(" AND {second} = $4"));
        // Only what is still as it was read: somebody may have changed it since.
        let sql =
            format!("UPDATE {0} SET {1} = $1 WHERE {first} = $2 AND {1} = $3{and}", of.table, of.column);
        let tx = self.begin().await?;
        for (id, rest, text, sealed) in changes {
            let values = [Value::from(sealed), id.into(), text.into()].into_iter().chain(rest);
            let statement = Statement::from_sql_and_values(tx.get_database_backend(), &sql, values);
            tx.execute_raw(statement).await?;
        }
        tx.commit().await?;
        Ok((count, last))
    }

    async fn plain_rows(&self, of: &Column, from: Uuid) -> Result<Vec<QueryResult>> {
        let (first, second) = of.key;
        let rest = second.map_or("0".to_owned(), |second| format!("t.{second}"));
        let sql = format!(
            "SELECT t.{first} AS first, {rest} AS rest, {} AS owner, t.{} AS text FROM {} t \
             WHERE t.{first} >= $1 AND {} ORDER BY t.{first} LIMIT {AT_ONCE}",
            of.owner,
            of.column,
            of.table,
            of.plain()
        );
        let backend = self.read.get_database_backend();
        Ok(self.read.query_all_raw(Statement::from_sql_and_values(backend, sql, [from.into()])).await?)
    }
}
