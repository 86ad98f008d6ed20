//! The tables of a copy, as the copy itself declares them: whatever a migration adds is carried along.

use super::refused;
use crate::error::{Result, StoreError};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};
use std::collections::HashSet;
use uuid::Uuid;

/// Holds which migrations were applied; each database keeps its own.
const HISTORY: &str = "seaql_migrations";
/// A server fills these by itself from its first start on: rows of theirs are nobody's data.
const FILLED_BY_ITSELF: [&str; 5] = ["clock_marks", "installation", "jobs", "leases", "schedules"];

/// A table with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    name: String,
    kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Id,
    Number,
    Real,
    Flag,
    Text,
    Bytes,
}

impl Kind {
    /// By the type that a migration gives a column in SQLite.
    fn of(declared: &str) -> Option<Self> {
        let name = declared.split('(').next().unwrap_or_default().to_ascii_lowercase();
        Some(match name.as_str() {
            "uuid_text" => Self::Id,
            "integer" | "bigint" | "smallint" => Self::Number,
            "double" | "float" | "real" => Self::Real,
            "boolean" => Self::Flag,
            "text" | "varchar" => Self::Text,
            "blob" | "varbinary_blob" | "binary_blob" => Self::Bytes,
            _ => return None,
        })
    }
}

impl Column {
    /// As it is selected from PostgreSQL: numbers of every width as one.
    fn selected(&self) -> String {
        match self.kind {
            Kind::Number => format!("CAST(\"{0}\" AS BIGINT) AS \"{0}\"", self.name),
            Kind::Real => format!("CAST(\"{0}\" AS DOUBLE PRECISION) AS \"{0}\"", self.name),
            _ => format!("\"{}\"", self.name),
        }
    }

    fn value(&self, row: &QueryResult) -> Result<Value> {
        let name = self.name.as_str();
        Ok(match self.kind {
            Kind::Id => row.try_get::<Option<Uuid>>("", name)?.into(),
            Kind::Number => row.try_get::<Option<i64>>("", name)?.into(),
            Kind::Real => row.try_get::<Option<f64>>("", name)?.into(),
            Kind::Flag => row.try_get::<Option<bool>>("", name)?.into(),
            Kind::Text => row.try_get::<Option<String>>("", name)?.into(),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>>("", name)?.into(),
        })
    }
}

impl Table {
    /// Selects all rows; the same words do for both engines.
    pub fn select(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(Column::selected).collect();
        format!("SELECT {} FROM \"{}\"", columns.join(", "), self.name)
    }

    /// Inserts `rows` rows at once.
    pub fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let names: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let row = |row: usize| {
            let marks: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
            format!("({})", marks.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("INSERT INTO \"{}\" ({}) VALUES {}", self.name, names.join(", "), rows.join(", "))
    }

    pub fn values(&self, row: &QueryResult) -> Result<Vec<Value>> {
        self.columns.iter().map(|column| column.value(row)).collect()
    }
}

/// The tables of an SQLite database, each behind those that its rows refer to.
pub(super) async fn tables(copy: &DatabaseConnection) -> Result<Vec<Table>> {
    let backend = copy.get_database_backend();
    let all = async |sql: String| copy.query_all_raw(Statement::from_string(backend, sql)).await;
    let names =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut waiting = Vec::new();
    for row in all(names.to_owned()).await? {
        let name: String = row.try_get_by_index(0)?;
        if name == HISTORY {
            continue;
        }
        let mut columns = Vec::new();
        for row in all(format!("PRAGMA table_info(\"{name}\")")).await? {
            let (column, declared): (String, String) = (row.try_get("", "name")?, row.try_get("", "type")?);
            let kind =
                Kind::of(&declared).ok_or_else(|| refused(&format!("{name}.{column} is {declared}")))?;
            columns.push(Column { name: column, kind });
        }
        let mut parents = HashSet::new();
        for row in all(format!("PRAGMA foreign_key_list(\"{name}\")")).await? {
            parents.insert(row.try_get::<String>("", "table")?);
        }
        parents.remove(&name);
        waiting.push((Table { name, columns }, parents));
    }
    in_order(waiting)
}

/// Each table behind its parents.
fn in_order(mut waiting: Vec<(Table, HashSet<String>)>) -> Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_there = |parent: &String| ordered.iter().any(|table| table.name == *parent);
        let free = waiting.iter().position(|(_, parents)| parents.iter().all(is_there));
        let free = free.ok_or_else(|| refused("tables refer to each other in a circle"))?;
        ordered.push(waiting.remove(free).0);
    }
    Ok(ordered)
}

/// Whether no table holds anybody's data.
pub(super) async fn are_empty(db: &impl ConnectionTrait, tables: &[Table]) -> Result<bool> {
    for table in tables.iter().filter(|table| !FILLED_BY_ITSELF.contains(&table.name.as_str())) {
        let sql = format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name);
        let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        if found.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Rows of all tables together.
pub(super) async fn count(db: &impl ConnectionTrait, tables: &[Table]) -> Result<u64> {
    let mut rows = 0;
    for table in tables {
        let sql = format!("SELECT COUNT(*) FROM \"{}\"", table.name);
        let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        let found = found.ok_or(StoreError::NotACopy)?.try_get_by_index::<i64>(0)?;
        rows += u64::try_from(found).unwrap_or(0);
    }
    Ok(rows)
}
