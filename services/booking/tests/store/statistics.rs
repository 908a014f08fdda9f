//! What PostgreSQL's planner remembers of columns outlives every deletion; of what is sealed or hashed it must remember
//! nothing.

use data_encoding::HEXLOWER;
use sqlx::{Connection, PgConnection};
use storekit::testing::Scratch;

use crate::people::{add_counsellor, at, form, minutes, now, place, sent};

/// Of staff, and known by name.
const OF_STAFF: [&str; 2] = ["busy_source.sealed_address", "feed.token_hash"];

/// Columns of bytes that samples may be taken of. Newer servers know "the usual" as NULL, older ones as -1.
const SAMPLED: &str = "SELECT relname || '.' || attname FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
    JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = 'booking'
    WHERE attnum > 0 AND NOT attisdropped AND atttypid = 'bytea'::regtype AND coalesce(attstattarget, -1) <> 0
    ORDER BY 1";

#[tokio::test(flavor = "multi_thread")]
async fn the_planner_remembers_nothing_of_seekers() {
    let scratch = Scratch::postgres().await;
    let store = booking::store::open(scratch.address()).await.unwrap().store;
    add_counsellor(store.as_ref(), "anna").await;
    for number in 0..12 {
        let start = at("2026-11-23T08:00:00Z") + minutes(45 * number);
        let booking = sent(&format!("person-{number}"), place("anna", &start.to_string()));
        store.book(&booking, now()).await.unwrap();
    }
    let mut connection = PgConnection::connect(scratch.address()).await.unwrap();
    sqlx::query("ANALYZE").execute(&mut connection).await.unwrap();
    let sampled: Vec<String> = sqlx::query_scalar(SAMPLED).fetch_all(&mut connection).await.unwrap();
    assert_eq!(sampled, OF_STAFF, "a new column of bytes needs SET STATISTICS 0");

    let remembered = "SELECT one::text FROM pg_stats AS one WHERE schemaname = 'booking'";
    let remembered: Vec<String> = sqlx::query_scalar(remembered).fetch_all(&mut connection).await.unwrap();
    let remembered = remembered.join("\n");
    assert!(remembered.contains("starts_at") && remembered.contains("confirmed"), "statistics are taken");
    for number in 0..12 {
        for what in ["", " code", " pin", " link"] {
            let hash = HEXLOWER.encode(&form(&format!("person-{number}{what}")));
            assert!(!remembered.contains(&hash[..16]), "a hash of {number}{what}");
        }
    }
    assert!(!remembered.contains(&"07".repeat(16)), "something sealed");
}
