//! A backup arrives whole, on either engine, or not at all; and only with its key.

use std::path::Path;

use age::x25519::Identity;
use storekit::testing::Scratch;

use super::*;
use crate::stores::places_at;

async fn fill(places: &[Place]) {
    for place in places {
        let database = place.open().await.unwrap();
        let mut writing = Writing::begin(&database).await.unwrap();
        let table = |writing: &Writing, name: &str| {
            writing.tables().iter().find(|table| table.name == name).unwrap().clone()
        };
        if place.service.name == "booking" {
            let (centre, offer) = (table(&writing, "centre"), table(&writing, "offer"));
            // body, id, listed, slug
            let text = |text: &str| Value::Text(text.into());
            writing
                .row(&centre, vec![text("{\"ä\":\"\\n\"}"), text("c"), Value::Integer(1), text("c")])
                .await
                .unwrap();
            for id in 0..300 {
                writing.row(&offer, vec![text("c"), text(&format!("o{id}"))]).await.unwrap();
            }
        }
        writing.commit().await.unwrap();
    }
}

async fn rows(places: &[Place]) -> Vec<(String, u64)> {
    let mut all = Vec::new();
    for place in places {
        let database = place.open().await.unwrap();
        let mut reading = Reading::begin(&database).await.unwrap();
        for table in reading.tables().await.unwrap() {
            let mut sum = Checksum::default();
            let counted = reading.rows(&table, async |row| -> Result<(), StoreError> {
                sum.add(&row);
                Ok(())
            });
            counted.await.unwrap();
            all.push((format!("{} {} {}", place.service.name, table.name, sum.sum()), sum.rows()));
        }
    }
    all
}

async fn made(places: &[Place], key: &Identity) -> Vec<u8> {
    let mut backup = Vec::new();
    let packed = pack(places, &[key.to_public()], &mut backup).await.unwrap();
    assert_eq!(packed.services.len(), 3);
    backup
}

async fn unpacked(backup: &[u8], key: &Identity, places: &[Place]) -> Result<Packed, ArchiveError> {
    unpack(Archive::open(backup, key)?, places).await
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

#[tokio::test]
async fn everything_comes_back_on_either_engine() {
    let key = Identity::generate();
    let (first, last) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let between = Scratch::postgres().await;
    let sqlite = |folder: &Path| places_at(&format!("sqlite:{}", folder.display()));
    let places = [sqlite(first.path()), places_at(between.address()), sqlite(last.path())];
    fill(&places[0]).await;
    let before = rows(&places[0]).await;
    assert!(before.iter().any(|(table, rows)| table.starts_with("booking offer ") && *rows == 300));
    for pair in places.windows(2) {
        let backup = made(&pair[0], &key).await;
        assert!(!backup.windows(4).any(|bytes| bytes == b"o299"), "it can be read without the key");
        unpacked(&backup, &key, &pair[1]).await.unwrap();
        assert_eq!(rows(&pair[1]).await, before);
    }
}

#[tokio::test]
async fn what_is_cut_off_or_changed_or_for_somebody_else_leaves_nothing() {
    let (key, another) = (Identity::generate(), Identity::generate());
    let (full, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |folder: &Path| places_at(&format!("sqlite:{}", folder.display()));
    fill(&at(full.path())).await;
    let backup = made(&at(full.path()), &key).await;
    assert!(matches!(unpacked(&backup, &another, &at(empty.path())).await, Err(ArchiveError::Key)));
    let step = backup.len() / 9;
    for length in (0..backup.len()).step_by(step) {
        assert!(unpacked(&backup[..length], &key, &at(empty.path())).await.is_err(), "cut off at {length}");
        assert!(is_empty(empty.path()), "something is left of one that was cut off at {length}");
        let mut changed = backup.clone();
        changed[length] ^= 1;
        assert!(unpacked(&changed, &key, &at(empty.path())).await.is_err(), "changed at {length}");
        assert!(is_empty(empty.path()), "something is left of one that was changed at {length}");
    }
    unpacked(&backup, &key, &at(empty.path())).await.unwrap();
}

#[tokio::test]
async fn sessions_and_links_of_passwords_do_not_come_back() {
    let key = Identity::generate();
    let folder = tempfile::tempdir().unwrap();
    let places = places_at(&format!("sqlite:{}", folder.path().display()));
    fill(&places).await;
    let mut backup = Vec::new();
    let packed = pack(&places, &[key.to_public()], &mut backup).await.unwrap();
    let (_, accounts) = packed.services.iter().find(|(service, _)| *service == "accounts").unwrap();
    let names: Vec<_> = accounts.iter().map(|table| table.table.as_str()).collect();
    assert!(names.contains(&"person") && names.contains(&"passkey"));
    assert!(!names.contains(&"session") && !names.contains(&"password_reset"), "{names:?}");
}

/// Lines as nobody of ours writes them, sealed rightly.
#[tokio::test]
async fn lines_that_are_not_a_backup_are_refused() {
    let key = Identity::generate();
    let begin = r#"{"form":1,"program":"x"}"#;
    let service = r#"{"service":"booking","versions":[1,2,3,4,5,6]}"#;
    for (lines, expected) in [
        ("", "in the middle"),
        (r#"{"form":2,"program":"9.0"}"#, "9.0"),
        ("[1]", "does not begin"),
        (begin, "in the middle"),
        (&format!("{begin}\n{{\"end\":true}}"), "missing"),
        (&format!("{begin}\n{{\"service\":\"other\",\"versions\":[]}}"), "does not exist"),
        (&format!("{begin}\n{{\"service\":\"booking\",\"versions\":[1,99]}}"), "newer"),
        (&format!("{begin}\nhello"), "not understood"),
        (
            &format!(
                "{begin}\n{service}\n{{\"table\":\"nothing\",\"columns\":[[\"id\",\"text\"]]}}\n[\"a\"]"
            ),
            "unexpected",
        ),
        (
            &format!(
                "{begin}\n{service}\n{{\"table\":\"offer\",\"columns\":[[\"id\",\"text\"]]}}\n[\"a\",\"b\"]"
            ),
            "rows",
        ),
        (
            &format!(
                "{begin}\n{service}\n{{\"table\":\"offer\",\"columns\":[[\"id\",\"text\"]]}}\n{{\"rows\":1,\"sum\":\"0\"}}"
            ),
            "rows",
        ),
    ] {
        let mut backup = Vec::new();
        let recipient = key.to_public();
        let sealed =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
        let mut packed = GzEncoder::new(sealed.wrap_output(&mut backup).unwrap(), Compression::fast());
        if !lines.is_empty() {
            writeln!(packed, "{lines}").unwrap();
        }
        packed.finish().unwrap().finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let places = places_at(&format!("sqlite:{}", folder.path().display()));
        let error = unpacked(&backup, &key, &places).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{lines}: {error}");
        assert!(is_empty(folder.path()), "{lines} has left something");
    }
}
