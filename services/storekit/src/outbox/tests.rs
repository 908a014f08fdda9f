use super::*;
use crate::{Database, Migration, Service, StoreError, testing::Scratch};

const LOG: Service = Service {
    name: "logging",
    sqlite: &[Migration {
        version: 1,
        reason: "log",
        sql: "CREATE TABLE outbox_head (one INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
            CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
                body TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
            INSERT INTO outbox_head (one, sequence) VALUES (1, 0)",
    }],
    postgres: &[Migration {
        version: 1,
        reason: "log",
        sql: "CREATE TABLE outbox_head (one BIGINT PRIMARY KEY, sequence BIGINT NOT NULL);
            CREATE TABLE outbox (sequence BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
                body TEXT NOT NULL, created_at BIGINT NOT NULL);
            INSERT INTO outbox_head (one, sequence) VALUES (1, 0)",
    }],
};

async fn log(scratch: &Scratch) -> Database {
    Database::open(scratch.address(), &LOG).await.unwrap()
}

/// Appends events with these ids in one transaction of their own.
async fn append(database: &Database, head: Head, ids: &[String]) -> Result<i64, StoreError> {
    let events: Vec<_> = ids
        .iter()
        .map(|id| NewEvent { id: id.clone(), kind: "happened", body: format!("{{\"n\":\"{id}\"}}") })
        .collect();
    match database {
        Database::Sqlite(file) => {
            let mut transaction = file.begin().await?;
            let last = append_sqlite(&mut transaction, head, 7, &events).await?;
            transaction.commit().await?;
            Ok(last)
        }
        Database::Postgres(pool) => {
            let mut transaction = pool.begin().await?;
            let last = append_postgres(&mut transaction, head, 7, &events).await?;
            transaction.commit().await?;
            Ok(last)
        }
    }
}

async fn read(database: &Database, after: i64, limit: u32) -> Vec<StoredEvent> {
    match database {
        Database::Sqlite(file) => read_sqlite(file.readers(), after, limit).await.unwrap(),
        Database::Postgres(pool) => read_postgres(pool, after, limit).await.unwrap(),
    }
}

fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn keeps_the_order_and_answers_by_cursor(scratch: Scratch) {
    let database = log(&scratch).await;
    assert_eq!(append(&database, Head::Any, &ids(&["a", "b"])).await, Ok(2));
    assert_eq!(append(&database, Head::Is(2), &ids(&["c"])).await, Ok(3));
    assert_eq!(append(&database, Head::Any, &[]).await, Ok(3));
    let expected = |sequence, id: &str| StoredEvent {
        sequence,
        id: id.to_owned(),
        body: format!("{{\"n\":\"{id}\"}}"),
        created_at: 7,
    };
    assert_eq!(read(&database, 0, 2).await, [expected(1, "a"), expected(2, "b")]);
    assert_eq!(read(&database, 2, 2).await, [expected(3, "c")]);
    assert_eq!(read(&database, 3, 2).await, []);
}

async fn refuses_a_head_that_moved(scratch: Scratch) {
    let database = log(&scratch).await;
    append(&database, Head::Is(0), &ids(&["a"])).await.unwrap();
    let refused = append(&database, Head::Is(0), &ids(&["b"])).await;
    assert_eq!(refused, Err(StoreError::Conflict { expected: 0, found: 1 }));
    assert_eq!(read(&database, 0, 9).await.len(), 1);
}

async fn takes_back_a_transaction_with_a_repeated_id(scratch: Scratch) {
    let database = log(&scratch).await;
    let refused = append(&database, Head::Any, &ids(&["a", "b", "a"])).await;
    assert!(matches!(refused, Err(StoreError::NotUnique { .. })), "{refused:?}");
    assert_eq!(read(&database, 0, 9).await, []);
    assert_eq!(append(&database, Head::Is(0), &ids(&["a"])).await, Ok(1));
}

/// A reader that moves its cursor to the last sequence it saw must not miss an event that commits later.
async fn shows_a_reader_every_event_of_writers_at_work(scratch: Scratch) {
    const WRITERS: usize = 8;
    const EACH: usize = 20;
    let database = log(&scratch).await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let database = database.clone();
            tokio::spawn(async move {
                for n in 0..EACH {
                    append(&database, Head::Any, &[format!("{writer}-{n}")]).await.unwrap();
                }
            })
        })
        .collect();
    let mut cursor = 0;
    let mut seen = Vec::new();
    while seen.len() < WRITERS * EACH {
        let all_written = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let page = read(&database, cursor, 7).await;
        assert!(!(all_written && page.is_empty()), "{} events were missed", WRITERS * EACH - seen.len());
        cursor = page.last().map_or(cursor, |event| event.sequence);
        seen.extend(page.into_iter().map(|event| event.sequence));
    }
    let gapless: Vec<i64> = (1..).take(WRITERS * EACH).collect();
    assert_eq!(seen, gapless);
    for writer in writers {
        writer.await.unwrap();
    }
}

macro_rules! on_both_engines {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::Scratch::sqlite()).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::Scratch::postgres().await).await; })*
        }
    };
}

on_both_engines! {
    keeps_the_order_and_answers_by_cursor
    refuses_a_head_that_moved
    takes_back_a_transaction_with_a_repeated_id
    shows_a_reader_every_event_of_writers_at_work
}
