//! Everything arrives, from either engine at either, or nothing does.

use super::*;
use crate::{Database, Migration, MigrationError, Service, StoreError, testing::Scratch};

const FIRST_SQLITE: &str = "CREATE TABLE owner (id TEXT NOT NULL PRIMARY KEY, note TEXT) STRICT;
    CREATE TABLE a_thing (id INTEGER NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL REFERENCES owner (id), seal BLOB) STRICT;
    INSERT INTO owner (id) VALUES ('seed');";
const FIRST_POSTGRES: &str = "CREATE TABLE owner (id TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, note TEXT);
    CREATE TABLE a_thing (id BIGINT NOT NULL PRIMARY KEY, owner_id TEXT COLLATE \"C\" NOT NULL REFERENCES owner (id), seal BYTEA);
    INSERT INTO owner (id) VALUES ('seed');";
const SECOND_SQLITE: &str =
    "ALTER TABLE owner ADD COLUMN age INTEGER; ALTER TABLE owner ADD COLUMN size REAL;";
const SECOND_POSTGRES: &str =
    "ALTER TABLE owner ADD COLUMN age BIGINT; ALTER TABLE owner ADD COLUMN size DOUBLE PRECISION;";

const SERVICE: Service = Service {
    name: "carried",
    sqlite: &[
        Migration { version: 1, reason: "first", sql: FIRST_SQLITE },
        Migration { version: 2, reason: "second", sql: SECOND_SQLITE },
    ],
    postgres: &[
        Migration { version: 1, reason: "first", sql: FIRST_POSTGRES },
        Migration { version: 2, reason: "second", sql: SECOND_POSTGRES },
    ],
};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn table(name: &str, columns: &[(&str, Kind)]) -> Table {
    let column = |(name, kind): &(&str, Kind)| Column { name: (*name).into(), kind: *kind };
    Table { name: name.into(), columns: columns.iter().map(column).collect() }
}

async fn fill(database: &Database) {
    let mut writing = Writing::begin(database).await.unwrap();
    let [owner, thing] = [0, 1].map(|at| writing.tables()[at].clone());
    assert_eq!(
        (owner.name.as_str(), thing.name.as_str()),
        ("owner", "a_thing"),
        "whom rows point to comes first"
    );
    for (id, note, age, size) in [
        ("ä", text("O'Neill\n\"x\"; --"), Value::Integer(i64::MIN), Value::Real(0.1 + 0.2)),
        ("b", Value::Null, Value::Null, Value::Null),
        ("", text(""), Value::Integer(0), Value::Real(-1e300)),
    ] {
        writing.row(&owner, vec![age, text(id), note, size]).await.unwrap();
    }
    for (id, seal) in [(1, Value::Bytes(vec![0, 255, 1])), (2, Value::Null), (3, Value::Bytes(vec![]))] {
        writing.row(&thing, vec![Value::Integer(id), text("ä"), seal]).await.unwrap();
    }
    writing.commit().await.unwrap();
}

async fn everything(database: &Database) -> Vec<(Table, Checksum, Vec<Vec<Value>>)> {
    let mut reading = Reading::begin(database).await.unwrap();
    let mut all = Vec::new();
    for table in reading.tables().await.unwrap() {
        let (mut checksum, mut rows) = (Checksum::default(), Vec::new());
        let read: Result<(), StoreError> = reading
            .rows(&table, async |row| {
                checksum.add(&row);
                rows.push(row);
                Ok(())
            })
            .await;
        read.unwrap();
        all.push((table, checksum, rows));
    }
    all
}

async fn carry(from: &Database, to: &Database) {
    let mut reading = Reading::begin(from).await.unwrap();
    let mut writing = Writing::begin(to).await.unwrap();
    for table in reading.tables().await.unwrap() {
        reading.rows(&table, async |row| writing.row(&table, row).await).await.unwrap();
    }
    writing.commit().await.unwrap();
}

#[tokio::test]
async fn every_row_is_the_same_on_both_engines_and_back() {
    let scratches = [Scratch::sqlite(), Scratch::postgres().await, Scratch::sqlite()];
    let mut databases = Vec::new();
    for scratch in &scratches {
        assert!(!holds_something(scratch.address(), &SERVICE).await.unwrap());
        databases.push(Database::open(scratch.address(), &SERVICE).await.unwrap());
        assert!(holds_something(scratch.address(), &SERVICE).await.unwrap());
    }
    fill(&databases[0]).await;
    let first = everything(&databases[0]).await;
    assert_eq!(
        first.iter().map(|(_, checksum, _)| checksum.rows()).collect::<Vec<_>>(),
        [3, 3],
        "no seed is left"
    );
    for pair in databases.windows(2) {
        carry(&pair[0], &pair[1]).await;
        let (before, after) = (everything(&pair[0]).await, everything(&pair[1]).await);
        for ((one, sum, rows), (other, sum_there, rows_there)) in before.iter().zip(&after) {
            assert_eq!((one, sum), (other, sum_there));
            assert!(rows.iter().all(|row| rows_there.contains(row)), "{rows:?} {rows_there:?}");
        }
    }
}

#[tokio::test]
async fn a_moment_stays_as_it_was_while_others_write() {
    for scratch in [Scratch::sqlite(), Scratch::postgres().await] {
        let database = Database::open(scratch.address(), &SERVICE).await.unwrap();
        fill(&database).await;
        let mut reading = Reading::begin(&database).await.unwrap();
        let tables = reading.tables().await.unwrap();
        Writing::begin(&database).await.unwrap().commit().await.unwrap();
        let mut count = 0;
        let read: Result<(), StoreError> = reading
            .rows(&tables[0], async |_| {
                count += 1;
                Ok(())
            })
            .await;
        read.unwrap();
        assert_eq!(count, 3, "everything was removed meanwhile");
    }
}

#[tokio::test]
async fn what_is_not_finished_is_not_there_and_what_is_forbidden_is_refused() {
    for scratch in [Scratch::sqlite(), Scratch::postgres().await] {
        let database = Database::open(scratch.address(), &SERVICE).await.unwrap();
        let mut writing = Writing::begin(&database).await.unwrap();
        let owner = table("owner", &[("id", Kind::Text)]);
        writing.row(&owner, vec![text("x")]).await.unwrap();
        drop(writing);
        assert_eq!(everything(&database).await[0].2, [[Value::Null, text("seed"), Value::Null, Value::Null]]);
        let mut writing = Writing::begin(&database).await.unwrap();
        for foreign in [
            table("owner\" (id) VALUES ('x'); --", &[("id", Kind::Text)]),
            table("owner", &[("id\") VALUES ('x'); --", Kind::Text)]),
            table("owner", &[("id", Kind::Integer)]),
        ] {
            let refused = writing.row(&foreign, vec![text("x")]).await;
            assert!(matches!(refused, Err(StoreError::Unexpected { .. })), "{refused:?}");
        }
        let thing = table("a_thing", &[("id", Kind::Integer), ("owner_id", Kind::Text)]);
        let written = writing.row(&thing, vec![Value::Integer(1), text("nobody")]).await;
        assert!(matches!(written, Err(StoreError::Refused { .. })), "{written:?}");
        drop(writing);
        database.remove().await.unwrap();
        assert!(!holds_something(scratch.address(), &SERVICE).await.unwrap());
    }
}

#[tokio::test]
async fn an_older_schema_is_filled_and_then_brought_up_to_date() {
    for scratch in [Scratch::sqlite(), Scratch::postgres().await] {
        let before = SERVICE.with(&[1]).unwrap();
        let old = Database::open(scratch.address(), &before).await.unwrap();
        assert_eq!(Reading::begin(&old).await.unwrap().versions().await.unwrap(), [1]);
        let new = Database::open(scratch.address(), &SERVICE).await.unwrap();
        assert_eq!(Reading::begin(&new).await.unwrap().versions().await.unwrap(), [1, 2]);
    }
    assert_eq!(SERVICE.with(&[1, 2, 3]).unwrap_err(), MigrationError::Newer { version: 3 });
}

#[test]
fn a_checksum_knows_rows_and_not_their_order() {
    let rows = [vec![text("a"), text("b")], vec![text("ab"), text("")], vec![Value::Null, Value::Integer(1)]];
    let sum = |order: &[usize]| {
        let mut checksum = Checksum::default();
        order.iter().for_each(|at| checksum.add(&rows[*at]));
        (checksum.rows(), checksum.sum())
    };
    assert_eq!(sum(&[0, 1, 2]), sum(&[2, 0, 1]));
    let different = [sum(&[0]), sum(&[1]), sum(&[2]), sum(&[0, 0]), sum(&[0, 1]), sum(&[])];
    for (at, one) in different.iter().enumerate() {
        assert!(different.iter().skip(at + 1).all(|other| other != one));
    }
}
