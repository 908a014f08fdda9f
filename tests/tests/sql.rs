//! How SQL is written: as literals, per engine, and never put together from text at run time.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use workspace_tests::{files, relative, root, rust_files, text};

/// Files that may assert a statement put together at run time to be safe; each says beside it why it is.
const MAY_ASSERT: &[&str] = &[
    "services/booking/tests/forget/trial.rs",
    "services/storekit/src/testing/private_postgres.rs",
    "services/storekit/src/transfer/read.rs",
    "services/storekit/src/transfer/write.rs",
    "tests/bench/peers/postgres/search.rs",
    "tests/bench/peers/sqlite/search.rs",
];

#[test]
fn statements_are_literals() {
    // put together here so that this file does not find itself
    let marker = ["AssertSql", "Safe"].concat();
    let found: Vec<String> =
        rust_files().iter().filter(|path| text(path).contains(&marker)).map(|path| relative(path)).collect();
    assert_eq!(
        found, MAY_ASSERT,
        "an owned statement is a place for injections: use a literal and parameters"
    );
}

#[test]
fn no_store_speaks_to_any_engine_at_once() {
    let markers = [["sqlx::", "Any"].concat(), ["sqlx::", "any"].concat(), ["Any", "Pool"].concat()];
    for path in rust_files() {
        let text = text(&path);
        for marker in &markers {
            assert!(
                !text.contains(marker.as_str()),
                "{} uses {marker}: it cannot read every type",
                relative(&path)
            );
        }
    }
    let manifest = text(&root().join("Cargo.toml"));
    let sqlx = manifest.lines().find(|line| line.starts_with("sqlx = ")).expect("sqlx is declared");
    assert!(sqlx.contains("default-features = false") && !sqlx.contains("\"any\""), "{sqlx}");
}

/// Between `{` and `}` of a handler there is no SQL: statements live in stores.
#[test]
fn statements_live_in_stores() {
    let openings = [["sqlx::", "query"].concat(), ["sqlx::", "raw_sql"].concat()];
    let mut stores = 0;
    for path in rust_files() {
        let name = relative(&path);
        let text = text(&path);
        if openings.iter().any(|opening| text.contains(opening.as_str())) {
            // The queue of mails lies in the schema of the service that sends them; its statements are mailkit's.
            let in_store = ["/store/", "services/storekit/", "services/mailkit/src/queue/"]
                .iter()
                .any(|place| name.contains(place));
            let in_test = name.starts_with("tests/")
                || ["/tests/", "/tests.rs", "/benches/", "/testing/"]
                    .iter()
                    .any(|place| name.contains(place));
            assert!(in_store || in_test, "{name} has a statement; it belongs into the service's store");
            stores += usize::from(in_store);
        }
    }
    assert!(stores > 0, "no store was found");
    assert!(!files("services", "rs").is_empty());
}
