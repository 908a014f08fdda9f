//! Two programs on one database.

use std::{process::Command, time::Duration};

use booking::store::{Alone, open};
use storekit::{Database, testing::Scratch};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_on_one_server_is_refused_until_the_first_is_gone() {
    let scratch = Scratch::postgres().await;
    let first = open(scratch.address()).await.unwrap();
    let second = open(scratch.address()).await.unwrap();
    let alone = Alone::take(&first.database).await.unwrap().expect("a server needs a lock");
    let refused = Alone::take(&second.database).await.unwrap_err();
    assert!(refused.to_string().contains("another running program"), "{refused}");
    drop(alone);
    for _ in 0..100 {
        // the server notices the end of a connection in its own time
        if Alone::take(&second.database).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the lock outlives its program");
}

/// The server's end of the connection with the lock.
async fn backend(database: &Database) -> String {
    let Database::Postgres(pool) = database else { unreachable!("a server was opened") };
    let locked = "SELECT pid FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY pid";
    sqlx::query_scalar::<_, i32>(locked).fetch_one(pool).await.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_says_nothing_any_more_is_lost() {
    let scratch = Scratch::postgres().await;
    let opened = open(scratch.address()).await.unwrap();
    let alone = Alone::take(&opened.database).await.unwrap().unwrap();
    let backend = backend(&opened.database).await;
    let signal =
        |name: &str| assert!(Command::new("kill").args([name, backend.as_str()]).status().unwrap().success());
    signal("-STOP");
    let noticed = tokio::time::timeout(Duration::from_secs(60), alone.watch()).await;
    signal("-CONT");
    assert!(noticed.is_ok(), "it waits for an answer for ever");
}

#[tokio::test]
async fn a_file_needs_no_lock_because_its_folder_of_keys_has_one() {
    let scratch = Scratch::sqlite();
    let opened = open(scratch.address()).await.unwrap();
    assert!(Alone::take(&opened.database).await.unwrap().is_none());
}
