//! Both engines have the same tables, columns, types, keys and NOT NULLs.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeSet;

use storekit::{Database, Service, testing::Scratch};

/// All services with a database.
const SERVICES: &[Service] = &[finder::store::SERVICE, accounts::store::SERVICE, booking::store::SERVICE];

const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, c.\"notnull\" = 1 OR c.pk > 0
    FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.name";

const POSTGRES_COLUMNS: &str =
    "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
    FROM information_schema.columns WHERE table_schema = current_schema()
    ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"";

const SQLITE_UNIQUE: &str = "SELECT t.name, (
        SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)
    )
    FROM sqlite_schema AS t, pragma_index_list(t.name) AS i
    WHERE t.type = 'table' AND i.\"unique\" = 1
    UNION
    SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER'
    ORDER BY 1, 2";

const POSTGRES_UNIQUE: &str = "SELECT t.relname::text, string_agg(a.attname::text, ',' ORDER BY k.position)
    FROM pg_index AS i
    JOIN pg_class AS t ON t.oid = i.indrelid
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum
    WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace
    GROUP BY i.indexrelid, t.relname ORDER BY 1, 2";

const POSTGRES_KEYS_BY_LANGUAGE: &str = "SELECT t.relname::text, a.attname::text
    FROM pg_index AS i
    JOIN pg_class AS t ON t.oid = i.indrelid
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) AS k (attnum)
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum
    JOIN pg_collation AS c ON c.oid = a.attcollation
    WHERE t.relnamespace = current_schema()::regnamespace AND c.collname <> 'C' ORDER BY 1, 2";

const SQLITE_LOOSE: &str = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%' ORDER BY name";

type Column = (String, String, String, bool);

/// What a PostgreSQL type is called in a STRICT table.
fn as_in_sqlite(kind: &str) -> &str {
    match kind {
        "bigint" => "INTEGER",
        "text" => "TEXT",
        "bytea" => "BLOB",
        "double precision" => "REAL",
        other => other,
    }
}

async fn both(service: &Service) -> (sqlx::SqlitePool, sqlx::PgPool, [Scratch; 2]) {
    let scratches = [Scratch::sqlite(), Scratch::postgres().await];
    let [one, other] = &scratches;
    match (
        Database::open(one.address(), service).await.unwrap(),
        Database::open(other.address(), service).await.unwrap(),
    ) {
        (Database::Sqlite(file), Database::Postgres(pool)) => (file.readers().clone(), pool, scratches),
        _ => panic!("an address opened the other engine"),
    }
}

#[tokio::test]
async fn columns_are_the_same() {
    for service in SERVICES {
        let (sqlite, postgres, _scratches) = both(service).await;
        let one: Vec<Column> = sqlx::query_as(SQLITE_COLUMNS).fetch_all(&sqlite).await.unwrap();
        let other: Vec<Column> = sqlx::query_as(POSTGRES_COLUMNS).fetch_all(&postgres).await.unwrap();
        let other: Vec<Column> = other
            .into_iter()
            .map(|(table, column, kind, required)| (table, column, as_in_sqlite(&kind).to_owned(), required))
            .collect();
        assert!(one.len() > 5, "no columns were found");
        assert_eq!(one, other, "{}", service.name);
    }
}

#[tokio::test]
async fn what_is_unique_is_unique_on_both() {
    for service in SERVICES {
        let (sqlite, postgres, _scratches) = both(service).await;
        let one: Vec<(String, String)> = sqlx::query_as(SQLITE_UNIQUE).fetch_all(&sqlite).await.unwrap();
        let other: Vec<(String, String)> =
            sqlx::query_as(POSTGRES_UNIQUE).fetch_all(&postgres).await.unwrap();
        assert!(!one.is_empty());
        let set = |rows: Vec<(String, String)>| rows.into_iter().collect::<BTreeSet<_>>();
        assert_eq!(set(one), set(other), "{}", service.name);
    }
}

#[tokio::test]
async fn tables_are_strict_and_keys_sort_by_bytes() {
    for service in SERVICES {
        let (sqlite, postgres, _scratches) = both(service).await;
        let loose: Vec<String> = sqlx::query_scalar(SQLITE_LOOSE).fetch_all(&sqlite).await.unwrap();
        assert_eq!(loose, Vec::<String>::new(), "{}: tables without STRICT", service.name);
        let by_language: Vec<(String, String)> =
            sqlx::query_as(POSTGRES_KEYS_BY_LANGUAGE).fetch_all(&postgres).await.unwrap();
        assert_eq!(by_language, [], "{}: keys without COLLATE \"C\"", service.name);
    }
}
