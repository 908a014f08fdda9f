//! One installation in a folder: run in stages, copied before anything is forgotten, searched.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use storekit::testing::Scratch;
use tempfile::TempDir;

use crate::{
    house::sqlite_in,
    people::Person,
    search::{self, Findings, Place, SealedCopy, Texts, places},
    stages,
};

const SEALED: &str = "SELECT id, contact_sealed, notify_sealed, note_sealed FROM appointment
    UNION ALL SELECT id, NULL, notify_sealed, NULL FROM waiting ORDER BY id";

pub(crate) struct Trial {
    /// All that the program may write to: data, logs, temporary files, home.
    root: TempDir,
    /// What was sent, to prove that the search finds it there.
    elsewhere: TempDir,
    store: String,
    postgres: Option<Scratch>,
    people: usize,
    texts: Texts,
    backups: usize,
    pub(crate) fault: String,
}

impl Trial {
    pub(crate) fn on_sqlite(people: usize) -> Self {
        Self::on(None, people)
    }

    pub(crate) async fn on_postgres(people: usize) -> Self {
        Self::on(Some(Scratch::postgres().await), people)
    }

    fn on(postgres: Option<Scratch>, people: usize) -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["data", "tmp", "home", "work", "old"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        let key = kernel::ServerKey::new([7; 32]);
        let needles = (0..people).flat_map(|number| Person::new(number).needles(&key)).collect();
        let store = postgres.as_ref().map(|scratch| scratch.address().to_owned());
        Self {
            store: store.unwrap_or_else(|| sqlite_in(&root.path().join("data"))),
            root,
            elsewhere: tempfile::tempdir().unwrap(),
            postgres,
            people,
            texts: Texts::new(needles),
            backups: 0,
            fault: String::new(),
        }
    }

    /// Runs one stage in a process of its own, with nowhere else to write to.
    pub(crate) fn stage(&mut self, stage: &str) {
        let root = self.root.path();
        let output = |name: &str| File::create(root.join(format!("{stage}.{name}"))).unwrap();
        let status = Command::new(env::current_exe().unwrap())
            .args(["--exact", "stages::child", "--nocapture", "--test-threads=1"])
            .env(stages::ROOT, root)
            .env(stages::STAGE, stage)
            .env(stages::STORE, &self.store)
            .env(stages::COUNT, self.people.to_string())
            .env(stages::FAULT, &self.fault)
            .env(stages::CONTROL, self.control())
            .env("TMPDIR", root.join("tmp"))
            .env("HOME", root.join("home"))
            .env("RUST_BACKTRACE", "1")
            .current_dir(root.join("work"))
            .stdout(output("stdout"))
            .stderr(output("stderr"))
            .status()
            .unwrap();
        let said = |name: &str| fs::read_to_string(root.join(format!("{stage}.{name}"))).unwrap();
        assert!(status.success(), "{stage}: {}{}", said("stdout"), said("stderr"));
        self.keep_links();
    }

    /// A second link to every file of keys: a disk on which unlinking removes the name only.
    fn keep_links(&self) {
        let Ok(keys) = fs::read_dir(self.root.path().join("data/keys/booking")) else { return };
        for entry in keys.flatten() {
            let link = self.root.path().join("old").join(entry.file_name());
            if !link.exists() {
                // a folder that is being swept may have lost it by now
                let _ = fs::hard_link(entry.path(), link);
            }
        }
    }

    /// What a nightly backup holds: the database with its logs, without the keys. Answers what is sealed in it.
    pub(crate) async fn backup(&mut self) -> Vec<SealedCopy> {
        self.backups += 1;
        if self.postgres.is_some() {
            let mut connection = PgConnection::connect(&self.store).await.unwrap();
            sqlx::query("SET search_path = booking").execute(&mut connection).await.unwrap();
            return copies(sqlx::query_as(SEALED).fetch_all(&mut connection).await.unwrap());
        }
        // outside of the root: a backup is not searched for what it is known to hold
        let backup = self.elsewhere.path().join(self.backups.to_string());
        fs::create_dir(&backup).unwrap();
        for name in ["booking.db", "booking.db-wal"] {
            let from = self.root.path().join("data").join(name);
            if from.exists() {
                fs::copy(from, backup.join(name)).unwrap();
            }
        }
        for place in places(&backup).iter().filter(|_| self.fault.is_empty()) {
            let found = self.texts.found_in(place);
            assert!(found.is_empty(), "{found:#?}");
        }
        let mut connection = SqliteConnection::connect(&sqlite_in(&backup)).await.unwrap();
        let rows = sqlx::query_as(SEALED).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        copies(rows)
    }

    /// Writes every table as text into the root, where it is searched.
    pub(crate) async fn dump(&self, name: &str) {
        let mut connection = PgConnection::connect(&self.store).await.unwrap();
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'booking' ORDER BY 1",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        assert!(tables.len() > 8);
        let mut dump = String::new();
        for table in tables {
            // the name comes from the database itself
            let statement = AssertSqlSafe(format!("SELECT one::text FROM booking.{table} AS one"));
            let rows: Vec<String> = sqlx::query_scalar(statement).fetch_all(&mut connection).await.unwrap();
            dump.push_str(&rows.join("\n"));
        }
        fs::write(self.root.path().join(format!("dump-{name}")), dump).unwrap();
    }

    /// Searches everything the program left.
    pub(crate) fn search(&self, sealed: &[SealedCopy]) -> Findings {
        let places = places(self.root.path());
        assert!(places.len() > 5);
        Findings {
            plain: places.iter().flat_map(|place| self.texts.found_in(place)).collect(),
            opened: search::opened_by(&places, sealed),
            sealed: search::lying_about(&places, sealed),
        }
    }

    /// Searches what the PostgreSQL server wrote: its tables, its write-ahead log, its statistics.
    pub(crate) fn search_server(&self) -> Vec<String> {
        let folder = self.store.split_once("host=").unwrap().1;
        let files = places(&Path::new(folder).join("data"));
        assert!(files.iter().any(|place| place.name.contains("pg_wal/0")), "the server's files can be read");
        files.iter().flat_map(|place| self.texts.found_in(place)).collect()
    }

    /// What left by mail is found in what was sent, so the search is alive.
    pub(crate) fn control_finds_what_was_sent(&self) {
        let bytes = fs::read(self.control()).unwrap();
        let found = self.texts.found_in(&Place { name: String::from("mails"), bytes });
        for wanted in ["remind of 1 as UTF-8", "link of 1 as", "wait of 1 as UTF-8", "wait link of 1 as"] {
            assert!(found.iter().any(|found| found.starts_with(wanted)), "{wanted}");
        }
    }

    /// Bytes of the folder of keys, stale links included, that are not zero.
    pub(crate) fn keys_left(&self) -> usize {
        let folders = ["data/keys/booking", "old"].map(|folder| self.root.path().join(folder));
        let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().flatten());
        let keys = files.filter(|entry| entry.file_name().to_string_lossy().ends_with(".keys"));
        keys.map(|entry| fs::read(entry.path()).unwrap().iter().filter(|byte| **byte != 0).count()).sum()
    }

    fn control(&self) -> PathBuf {
        self.elsewhere.path().join("mails")
    }
}

type Row = (String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);

fn copies(rows: Vec<Row>) -> Vec<SealedCopy> {
    let mut copies = Vec::new();
    for (record, contact, notify, note) in rows {
        for (purpose, bytes) in [("contact", contact), ("notify", notify), ("note", note)] {
            copies.extend(bytes.map(|bytes| SealedCopy { record: record.clone(), purpose, bytes }));
        }
    }
    copies
}
