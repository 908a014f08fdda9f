//! The queue of mails is the one mailkit works on: the same table, the same checks, the same indexes.

use mailkit::testing::QUEUE_ALONE;
use storekit::{Database, Service, testing::Scratch};

/// Every statement that made the table, its checks included.
const SQLITE: &str =
    "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'mail' AND sql IS NOT NULL ORDER BY name";

const POSTGRES: &str =
    "SELECT column_name::text, concat_ws(' ', ordinal_position, data_type, is_nullable, column_default,
        collation_name)
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'mail'
    UNION ALL
    SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'mail'::regclass AND contype IN ('c', 'p', 'u', 'f')
    UNION ALL
    SELECT indexname::text, substring(indexdef FROM position(' USING ' IN indexdef))
    FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'mail'
    ORDER BY 1, 2";

async fn table(scratch: &Scratch, service: &Service) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> = match Database::open(scratch.address(), service).await.unwrap() {
        Database::Sqlite(file) => sqlx::query_as(SQLITE).fetch_all(file.readers()).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_as(POSTGRES).fetch_all(&pool).await.unwrap(),
    };
    let spaced = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.into_iter().map(|(name, text)| (name, spaced(text))).collect()
}

async fn the_same(own: Scratch, mailkits: Scratch) {
    let (own, expected) =
        (table(&own, &accounts::store::SERVICE).await, table(&mailkits, &QUEUE_ALONE).await);
    assert!(expected.len() >= 3, "{expected:?}");
    assert_eq!(own, expected);
}

#[tokio::test]
async fn the_table_of_mails_is_mailkits_on_sqlite() {
    the_same(Scratch::sqlite(), Scratch::sqlite()).await;
}

#[tokio::test]
async fn the_table_of_mails_is_mailkits_on_postgres() {
    the_same(Scratch::postgres().await, Scratch::postgres().await).await;
}
