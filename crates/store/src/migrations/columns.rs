//! Columns and tables as every migration writes them.

use sea_orm_migration::prelude::*;

pub(super) fn id(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().take()
}

pub(super) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

/// Times are microseconds since 1970.
pub(super) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().take()
}

pub(super) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

pub(super) fn optional(column: ColumnDef) -> ColumnDef {
    let mut column = column;
    column.null().take()
}

pub(super) fn table(
    name: &'static str,
    key: &[&'static str],
    columns: Vec<ColumnDef>,
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    let mut primary = Index::create();
    key.iter().for_each(|column| {
        primary.col(Alias::new(*column));
    });
    table.primary_key(&mut primary).take()
}

/// Rows of `table` fall with the row of `parent` that they belong to.
pub(super) fn falls_with(
    mut table: TableCreateStatement,
    column: &'static str,
    parent: &'static str,
) -> TableCreateStatement {
    let name = table.get_table_name().cloned();
    let mut key = ForeignKey::create();
    if let Some(TableRef::Table(from, _)) = name {
        key.from_tbl(from.1);
    }
    key.from_col(Alias::new(column))
        .to(Alias::new(parent), Alias::new("id"))
        .on_delete(ForeignKeyAction::Cascade);
    table.foreign_key(&mut key).take()
}
