//! Which tables a service has: asked of the database, so that no table can be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{PgConnection, SqliteConnection};

use crate::{Database, Service, StoreError};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Bytes.
    Bytes,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "text" => Some(Self::Text),
            "integer" | "bigint" => Some(Self::Integer),
            "real" | "double precision" => Some(Self::Real),
            "blob" | "bytea" => Some(Self::Bytes),
            _ => None,
        }
    }
}

/// What of a schema says which migrations made it; it is made anew by them, not carried.
const OWN: &str = "schema_migration";

const COLUMNS_SQLITE: &str = "SELECT tables.name, columns.name, columns.type
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

const COLUMNS_POSTGRES: &str =
    "SELECT columns.table_name::text, columns.column_name::text, columns.data_type::text
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";

const NEEDS_SQLITE: &str = "SELECT tables.name, keys.\"table\"
    FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS keys WHERE tables.type = 'table'";

const NEEDS_POSTGRES: &str = "SELECT mine.relname::text, theirs.relname::text
    FROM pg_constraint AS keys JOIN pg_class AS mine ON mine.oid = keys.conrelid
    JOIN pg_class AS theirs ON theirs.oid = keys.confrelid
    WHERE keys.contype = 'f' AND keys.connamespace = current_schema()::regnamespace";

pub(super) async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Vec<Table>, StoreError> {
    let columns = sqlx::query_as(COLUMNS_SQLITE).fetch_all(&mut *connection).await?;
    let needs = sqlx::query_as(NEEDS_SQLITE).fetch_all(connection).await?;
    tables(columns, needs)
}

pub(super) async fn of_postgres(connection: &mut PgConnection) -> Result<Vec<Table>, StoreError> {
    let columns = sqlx::query_as(COLUMNS_POSTGRES).fetch_all(&mut *connection).await?;
    let needs = sqlx::query_as(NEEDS_POSTGRES).fetch_all(connection).await?;
    tables(columns, needs)
}

/// Tables in an order in which each comes after those its rows point to; columns by name, because engines differ in theirs
/// after a column was added.
fn tables(
    columns: Vec<(String, String, String)>,
    needs: Vec<(String, String)>,
) -> Result<Vec<Table>, StoreError> {
    let mut open: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for (table, name, kind) in columns {
        if table == OWN {
            continue;
        }
        let kind = Kind::named(&kind).ok_or_else(|| StoreError::Unexpected {
            code: format!("{table}.{name} holds something that cannot be carried: {kind}"),
        })?;
        open.entry(table).or_default().push(Column { name, kind });
    }
    let needs: BTreeSet<(String, String)> =
        needs.into_iter().filter(|(mine, theirs)| mine != theirs).collect();
    let mut ordered: Vec<Table> = Vec::new();
    while let Some(name) = open
        .keys()
        .find(|name| needs.iter().all(|(mine, theirs)| mine != *name || !open.contains_key(theirs)))
        .cloned()
    {
        let mut columns = open.remove(&name).unwrap_or_default();
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        ordered.push(Table { name, columns });
    }
    match open.into_keys().next() {
        None => Ok(ordered),
        Some(name) => {
            Err(StoreError::Unexpected { code: format!("{name} and another table point to each other") })
        }
    }
}

/// Whether something is at an address already, of this service: without making it.
///
/// # Errors
/// As [`Database::open`].
pub async fn holds_something(address: &str, service: &Service) -> Result<bool, StoreError> {
    match address.strip_prefix("sqlite:") {
        Some(path) => Ok(std::path::Path::new(path.strip_prefix("//").unwrap_or(path)).exists()),
        None => Database::has_schema(address, service).await,
    }
}
