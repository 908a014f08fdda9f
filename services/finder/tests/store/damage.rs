//! Rows that somebody spoiled are named, and the rest stays readable.

use finder::store::{SERVICE, StoreError};
use storekit::{Database, testing::Scratch};

use crate::samples::{centre, import, store};

/// Runs a statement past the store.
pub(crate) async fn spoil(scratch: &Scratch, statement: &'static str) {
    match Database::open(scratch.address(), &SERVICE).await.unwrap() {
        Database::Sqlite(file) => {
            let mut transaction = file.begin().await.unwrap();
            sqlx::query(statement).execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
        }
        Database::Postgres(pool) => drop(sqlx::query(statement).execute(&pool).await.unwrap()),
    }
}

async fn a_spoiled_record_is_named(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("run", 0, vec![centre(1), centre(2)])).await.unwrap();
    spoil(&scratch, "UPDATE centre SET body = '{\"id\": 7}' WHERE id = 'centre-000002'").await;
    assert_eq!(store.centre_by_id("centre-000001").await, Ok(Some(centre(1))));
    for damaged in [
        store.centre_by_id("centre-000002").await.map(|_| ()),
        store.centres_after(None, 9).await.map(|_| ()),
    ] {
        let damaged = damaged.unwrap_err();
        let named = matches!(&damaged, StoreError::Corrupt { table: "centre", column: "body", row, .. } if row == "centre-000002");
        assert!(named, "{damaged}");
    }
}

async fn a_spoiled_event_is_named(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("run", 0, vec![centre(1), centre(2)])).await.unwrap();
    spoil(&scratch, "UPDATE outbox SET body = '{}' WHERE sequence = 2").await;
    assert_eq!(store.events_after(0, 1).await.unwrap().len(), 1);
    let damaged = store.events_after(0, 2).await.unwrap_err();
    assert!(matches!(&damaged, StoreError::Corrupt { table: "outbox", row, .. } if row == "2"), "{damaged}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("finder.db");
    std::fs::write(&path, "this is a letter, not a database, and long enough to be looked at".repeat(100))
        .unwrap();
    let refused = finder::store::open(&format!("sqlite:{}", path.display())).await.err().unwrap();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
}

#[tokio::test]
async fn an_address_nobody_knows_is_told_without_its_password() {
    for address in [
        "mysql://user:hunter2@host/x",
        "finder.db",
        "sqlite:",
        "sqlite::memory:",
        "postgres://u:hunter2@host:port/x",
    ] {
        let refused = finder::store::open(address).await.err().unwrap();
        assert!(matches!(refused, StoreError::Address { .. }), "{address}: {refused}");
        assert!(!refused.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn a_new_file_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/finder.db");
    let store = finder::store::open(&format!("sqlite:{}", path.display())).await.unwrap();
    store.apply_import(&import("run", 0, vec![centre(1)])).await.unwrap();
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", file.path().display());
    }
}

crate::on_both_engines! {
    a_spoiled_record_is_named
    a_spoiled_event_is_named
}
