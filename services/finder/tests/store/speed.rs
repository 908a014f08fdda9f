//! An import of 10,000 centres stays below its ten seconds.

use std::time::{Duration, Instant};

use contracts::directory::Centre;
use storekit::testing::Scratch;

use crate::samples::{centre, import, store};

/// The promise holds for the program as it is shipped; unoptimised code on a busy machine gets more time.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

async fn ten_thousand_centres_go_in_quickly(scratch: Scratch) {
    const COUNT: u32 = 10_000;
    let engine = if scratch.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    let store = store(&scratch).await;
    let fresh = import("fresh", 0, (0..COUNT).map(centre).collect());
    let changed = (0..COUNT).map(|n| Centre { name: String::from("neu"), ..centre(n) }).collect();
    let changed = import("changed", i64::from(COUNT), changed);

    let started = Instant::now();
    store.apply_import(&fresh).await.unwrap();
    let inserted = started.elapsed();
    store.apply_import(&changed).await.unwrap();
    let updated = started.elapsed() - inserted;
    let keys = store.keys_of_source(crate::samples::SOURCE).await.unwrap().len();
    let keyed = started.elapsed() - inserted - updated;
    let (mut read, mut last) = (0, None::<String>);
    while let Some(id) = {
        let page = store.centres_after(last.as_deref(), 500).await.unwrap();
        read += page.len();
        page.last().map(|centre| centre.id.clone())
    } {
        last = Some(id);
    }
    let all_read = started.elapsed() - inserted - updated - keyed;
    println!(
        "{engine}, {COUNT} centres: insert {inserted:?}, update {updated:?}, keys {keyed:?}, read all {all_read:?}"
    );
    assert_eq!((keys, read), (10_000, 10_000));
    assert!(inserted < LIMIT && updated < LIMIT);
}

crate::on_both_engines! {
    ten_thousand_centres_go_in_quickly
}
