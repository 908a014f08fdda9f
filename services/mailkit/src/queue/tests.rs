use jiff::SignedDuration;
use kernel::Lang;
use storekit::testing::Scratch;

use super::*;
use crate::testing::QUEUE_ALONE;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn start() -> Timestamp {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

fn intent(id: &str) -> Intent {
    Intent::now(id, "greeting", format!("object-{id}"), Lang::En, start()).with_detail("detail")
}

async fn open(scratch: &Scratch) -> (Database, Queue) {
    let database = Database::open(scratch.address(), &QUEUE_ALONE).await.unwrap();
    (database.clone(), Queue::new(database))
}

async fn put(database: &Database, intents: &[Intent]) -> Result<(), StoreError> {
    match database {
        Database::Sqlite(file) => {
            let mut transaction = file.begin().await?;
            for intent in intents {
                enqueue_sqlite(&mut transaction, intent).await?;
            }
            Ok(transaction.commit().await?)
        }
        Database::Postgres(pool) => {
            let mut transaction = pool.begin().await?;
            for intent in intents {
                enqueue_postgres(&mut transaction, intent).await?;
            }
            Ok(transaction.commit().await?)
        }
    }
}

async fn withdraw(database: &Database, object: &str) -> u64 {
    match database {
        Database::Sqlite(file) => {
            let mut transaction = file.begin().await.unwrap();
            let count = withdraw_sqlite(&mut transaction, object).await.unwrap();
            transaction.commit().await.unwrap();
            count
        }
        Database::Postgres(pool) => {
            let mut transaction = pool.begin().await.unwrap();
            let count = withdraw_postgres(&mut transaction, object).await.unwrap();
            transaction.commit().await.unwrap();
            count
        }
    }
}

async fn is_given_up(database: &Database, object: &str) -> bool {
    match database {
        Database::Sqlite(file) => {
            is_given_up_sqlite(&mut file.readers().acquire().await.unwrap(), object).await.unwrap()
        }
        Database::Postgres(pool) => {
            is_given_up_postgres(&mut pool.acquire().await.unwrap(), object).await.unwrap()
        }
    }
}

async fn lease(queue: &Queue, limit: u32, now: Timestamp, lease_id: &str) -> Vec<Leased> {
    queue.lease(limit, now, now + MINUTE, lease_id).await.unwrap()
}

fn ids(leased: &[Leased]) -> Vec<&str> {
    leased.iter().map(|leased| leased.intent.id.as_str()).collect()
}

async fn gives_back_what_was_queued_the_longest_due_first(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    let late = Intent { due_at: start() + MINUTE * 2, ..intent("a") };
    let later = Intent { due_at: start() + MINUTE * 3, ..intent("b") };
    put(&database, &[later.clone(), late.clone(), intent("d"), intent("c")]).await.unwrap();
    assert_eq!(ids(&lease(&queue, 9, start() - MINUTE, "too early").await), [] as [&str; 0]);
    let first = lease(&queue, 1, start(), "first").await;
    assert_eq!(first.iter().map(|leased| &leased.intent).collect::<Vec<_>>(), [&intent("c")]);
    assert_eq!(first[0].attempts, 1);
    assert_eq!(ids(&lease(&queue, 9, start() + MINUTE * 2, "second").await), ["c", "d", "a"]);
}

async fn leases_a_row_once_until_the_lease_ends(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    put(&database, &[intent("a")]).await.unwrap();
    let lost = lease(&queue, 9, start(), "dead worker").await;
    assert_eq!(ids(&lost), ["a"]);
    assert_eq!(queue.waiting().await.unwrap().ready_at, Some(start() + MINUTE));
    assert_eq!(lease(&queue, 9, start() + MINUTE - SignedDuration::from_micros(1), "early").await, []);
    let again = lease(&queue, 9, start() + MINUTE, "other worker").await;
    assert_eq!((ids(&again), again[0].attempts), (vec!["a"], 2));
    // the first worker comes back to life, too late to change anything
    assert!(!queue.done(&lost[0]).await.unwrap());
    assert!(!queue.postpone(&lost[0], start(), "later").await.unwrap());
    assert!(!queue.give_up(&lost[0], Some("later")).await.unwrap());
    assert!(queue.done(&again[0]).await.unwrap());
    assert_eq!(queue.waiting().await.unwrap(), Waiting::default());
}

async fn postpones_and_gives_up(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    put(&database, &[intent("a")]).await.unwrap();
    let first = lease(&queue, 9, start(), "1").await;
    assert!(queue.postpone(&first[0], start() + MINUTE * 2, "later").await.unwrap());
    assert_eq!(lease(&queue, 9, start() + MINUTE, "2").await, []);
    let second = lease(&queue, 9, start() + MINUTE * 2, "3").await;
    assert!(!is_given_up(&database, "object-a").await);
    assert!(queue.give_up(&second[0], None).await.unwrap());
    assert!(is_given_up(&database, "object-a").await);
    assert_eq!(lease(&queue, 9, start() + MINUTE * 99, "4").await, []);
    let waiting = queue.waiting().await.unwrap();
    let end = start() + MINUTE * 60 * 72;
    assert_eq!((waiting.waiting, waiting.given_up, waiting.oldest_given_up_at), (0, 1, Some(end)));
    assert_eq!(remembered(&database).await, [(String::from("later"), None)]);
    assert_eq!(queue.forget_given_up(end).await.unwrap(), 0);
    assert_eq!(queue.forget_given_up(end + MINUTE).await.unwrap(), 1);
    assert_eq!(queue.waiting().await.unwrap(), Waiting::default());
}

/// last_problem and detail of all rows.
async fn remembered(database: &Database) -> Vec<(String, Option<String>)> {
    const ALL: &str = "SELECT last_problem, detail FROM mail ORDER BY id";
    match database {
        Database::Sqlite(file) => sqlx::query_as(ALL).fetch_all(file.readers()).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_as(ALL).fetch_all(pool).await.unwrap(),
    }
}

async fn queues_nothing_when_the_transaction_fails(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    let twice = put(&database, &[intent("a"), intent("a")]).await;
    assert!(matches!(twice, Err(StoreError::NotUnique { .. })), "{twice:?}");
    let over = intent("b").until(start());
    let refused = put(&database, &[intent("c"), over]).await;
    assert!(matches!(refused, Err(StoreError::Refused { .. })), "{refused:?}");
    assert_eq!(queue.waiting().await.unwrap(), Waiting::default());
}

async fn takes_back_what_is_queued_about_an_object(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    let reminder = Intent { id: String::from("c"), due_at: start() + MINUTE, ..intent("a") };
    put(&database, &[intent("a"), intent("b"), reminder]).await.unwrap();
    assert_eq!(withdraw(&database, "object-a").await, 2);
    assert_eq!(withdraw(&database, "object-a").await, 0);
    assert_eq!(ids(&lease(&queue, 9, start() + MINUTE, "1").await), ["b"]);
}

async fn never_leases_a_row_to_two_workers(scratch: Scratch) {
    let (database, queue) = open(&scratch).await;
    let intents: Vec<_> = (0..100).map(|n| intent(&format!("{n:03}"))).collect();
    put(&database, &intents).await.unwrap();
    let workers: Vec<_> = (0..6)
        .map(|worker| {
            let queue = queue.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for turn in 0..1_000 {
                    let leased = lease(&queue, 3, start(), &format!("{worker}-{turn}")).await;
                    if leased.is_empty() && queue.waiting().await.unwrap().ready_at > Some(start()) {
                        return mine;
                    }
                    mine.extend(leased.into_iter().map(|leased| leased.intent.id));
                }
                mine
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    all.sort_unstable();
    assert_eq!(all, intents.into_iter().map(|intent| intent.id).collect::<Vec<_>>());
}

crate::testing::on_both_engines! {
    gives_back_what_was_queued_the_longest_due_first
    leases_a_row_once_until_the_lease_ends
    postpones_and_gives_up
    queues_nothing_when_the_transaction_fails
    takes_back_what_is_queued_about_an_object
    never_leases_a_row_to_two_workers
}
