use super::*;
use crate::{Database, StoreError, testing::Scratch};

const FIRST: Migration = Migration {
    version: 1,
    reason: "first",
    sql: "CREATE TABLE first (id TEXT PRIMARY KEY); CREATE TABLE pair (id TEXT)",
};
const SECOND: Migration =
    Migration { version: 2, reason: "second", sql: "CREATE TABLE second (id TEXT PRIMARY KEY)" };
const EDITED: Migration = Migration { version: 1, reason: "first", sql: "CREATE TABLE first (id TEXT)" };
const BROKEN: Migration = Migration {
    version: 2,
    reason: "broken",
    sql: "CREATE TABLE half (id TEXT); CREATE TABLE first (id TEXT)",
};

fn service(migrations: &'static [Migration]) -> Service {
    Service { name: "migrating", sqlite: migrations, postgres: migrations }
}

async fn open(scratch: &Scratch, migrations: &'static [Migration]) -> Result<Database, StoreError> {
    Database::open(scratch.address(), &service(migrations)).await
}

async fn tables(database: &Database) -> Vec<String> {
    let names = match database {
        Database::Sqlite(file) => {
            sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                .fetch_all(file.readers())
                .await
        }
        Database::Postgres(pool) => {
            let of_service = "SELECT table_name::text FROM information_schema.tables
                WHERE table_schema = 'migrating' ORDER BY table_name::text";
            sqlx::query_scalar(of_service).fetch_all(pool).await
        }
    };
    names.unwrap()
}

async fn applies_what_is_new_and_only_once(scratch: Scratch) {
    open(&scratch, &[FIRST]).await.unwrap();
    open(&scratch, &[FIRST, SECOND]).await.unwrap();
    let database = open(&scratch, &[FIRST, SECOND]).await.unwrap();
    assert_eq!(tables(&database).await, ["first", "pair", "schema_migration", "second"]);
}

async fn refuses_an_edited_migration(scratch: Scratch) {
    open(&scratch, &[FIRST]).await.unwrap();
    let refused = open(&scratch, &[EDITED]).await.unwrap_err();
    assert_eq!(refused, StoreError::Migration(MigrationError::Edited { version: 1 }));
}

async fn refuses_a_database_of_a_newer_program(scratch: Scratch) {
    open(&scratch, &[FIRST, SECOND]).await.unwrap();
    let refused = open(&scratch, &[FIRST]).await.unwrap_err();
    assert_eq!(refused, StoreError::Migration(MigrationError::Newer { version: 2 }));
}

async fn keeps_nothing_of_a_migration_that_fails(scratch: Scratch) {
    open(&scratch, &[FIRST]).await.unwrap();
    let refused = open(&scratch, &[FIRST, BROKEN]).await.unwrap_err();
    assert!(matches!(refused, StoreError::Migration(MigrationError::Failed { version: 2, .. })), "{refused}");
    let database = open(&scratch, &[FIRST]).await.unwrap();
    assert_eq!(tables(&database).await, ["first", "pair", "schema_migration"]);
}

async fn lets_processes_start_together(scratch: Scratch) {
    let (one, two, three) = tokio::join!(
        open(&scratch, &[FIRST, SECOND]),
        open(&scratch, &[FIRST, SECOND]),
        open(&scratch, &[FIRST, SECOND]),
    );
    for started in [one, two, three] {
        started.unwrap();
    }
}

macro_rules! on_both_engines {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $promise() { super::$promise(super::Scratch::sqlite()).await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $promise() { super::$promise(super::Scratch::postgres().await).await; })*
        }
    };
}

on_both_engines! {
    applies_what_is_new_and_only_once
    refuses_an_edited_migration
    refuses_a_database_of_a_newer_program
    keeps_nothing_of_a_migration_that_fails
    lets_processes_start_together
}
