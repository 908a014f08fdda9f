//! What must hold after any kill. Every check names what does not.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use booking::receipt;
use kernel::Secret;
use sqlx::{Connection, SqliteConnection};

use crate::{
    house::{House, at, sqlite_in, start},
    keys,
    ledger::{Fact, Ledger, Promise},
    rows::{self, Row},
};

pub(crate) const COUNSELLORS: usize = 3;
const LEADERS: usize = 2;

pub(crate) async fn move_in(data: &Path) {
    let house = House::in_folder(data, start()).await;
    house.furnish(COUNSELLORS).await;
    house.furnish_groups(LEADERS).await;
}

/// Fails if anything that was acknowledged does not hold.
pub(crate) async fn holds(data: &Path, ledger: &mut Ledger) {
    let faults = faults(data, ledger).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Checks every promise, and settles those that were left open.
pub(crate) async fn faults(data: &Path, ledger: &mut Ledger) -> Vec<String> {
    let mut connection = SqliteConnection::connect(&sqlite_in(data)).await.unwrap();
    let found = rows::all(&mut connection).await;
    let mut faults = unsound(&mut connection, &found).await;
    connection.close().await.unwrap();

    faults.extend(broken(ledger, &found));
    faults.extend(lost_holds(ledger, &found));
    let house = House::in_folder(data, start()).await;
    house.booking.forget_first(Duration::ZERO).await.unwrap();
    ledger.clock_moved();
    for row in found.iter().filter(|row| row.state == "confirmed") {
        faults.extend(says_something_else(&house, ledger, row).await);
    }
    drop(house);
    faults.extend(keys::astray(data, &found));
    faults
}

/// Whatever was promised: the file is sound, nobody is booked twice, time and mails belong to appointments and each
/// appointment has its own.
async fn unsound(connection: &mut SqliteConnection, found: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    let sound: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut *connection).await.unwrap();
    if sound != "ok" {
        faults.push(sound);
    }
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await.unwrap();
    if !orphans.is_empty() {
        faults.push(format!("{} rows refer to nothing", orphans.len()));
    }
    let mut owners: BTreeMap<(String, i64, i64), Option<&str>> = BTreeMap::new();
    let mut groups: BTreeMap<(String, i64), String> = BTreeMap::new();
    for row in found.iter().filter(|row| row.state != "cancelled") {
        for (resource, tick, seat) in row.ticks() {
            let owner = (seat > 0 || row.seat == 0).then_some(row.id.as_str());
            let group = row.group();
            let other = owners.insert((resource.clone(), tick, seat), owner);
            let shared = owner.is_none() && groups.get(&(resource.clone(), tick)) == Some(&group);
            if other.is_some() && !shared {
                faults.push(format!("{} overlaps {other:?} at {resource}", row.id));
            }
            if owner.is_none() {
                groups.insert((resource, tick), group);
            }
        }
    }
    let claims = rows::claims(&mut *connection).await;
    let expected =
        owners.into_iter().map(|((resource, tick, seat), id)| (resource, tick, seat, id.map(str::to_owned)));
    if claims != expected.collect::<Vec<_>>() {
        faults.push(String::from("what is claimed is not exactly the time of what is there"));
    }
    let mails = rows::mails(connection).await;
    let expected: BTreeSet<String> = found.iter().flat_map(Row::mails).collect();
    faults.extend(
        mails.symmetric_difference(&expected).map(|mail| format!("the mail {mail} is missing or too many")),
    );
    faults
}

/// Promises that are not kept, and appointments that nobody made.
fn broken(ledger: &mut Ledger, found: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut booked: BTreeMap<&str, &Row> = BTreeMap::new();
    booked.extend(found.iter().filter(|row| row.state != "held").map(|row| (row.id.as_str(), row)));
    for (id, promise) in &mut ledger.promises {
        match booked.remove(id.as_str()) {
            None => faults.push(format!("{id} is lost")),
            Some(row) => {
                let fact = fact(row);
                if !promise.is_kept_by(&fact) {
                    faults.push(format!("{id} is {fact:?}, promised {promise:?}"));
                }
                (promise.fact, promise.perhaps) = (fact, None);
            }
        }
    }
    for row in booked.into_values() {
        let form = ledger.perhaps.iter().find(|form| hash(form) == row.form_hash).cloned();
        match form {
            None => faults.push(format!("nobody booked {}", row.id)),
            Some(name) => {
                ledger.perhaps.remove(&name);
                let promise = Promise { fact: fact(row), perhaps: None, name };
                ledger.promises.insert(row.id.clone(), promise);
            }
        }
    }
    faults
}

/// Times that are kept free no more, or for nobody.
fn lost_holds(ledger: &Ledger, found: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    let held: BTreeMap<&str, &Row> =
        found.iter().filter(|row| row.state == "held").map(|row| (row.id.as_str(), row)).collect();
    for promised in ledger.holds.values() {
        let is = held.get(promised.id.as_str()).map(|row| fact(row).start);
        if (promised.sure || is.is_some()) && is != Some(promised.start) {
            faults.push(format!("the hold {} is at {is:?}, promised {}", promised.id, promised.start));
        }
    }
    let forms: BTreeSet<_> = ledger.holds.keys().chain(&ledger.perhaps).map(|form| hash(form)).collect();
    let unknown = held.into_values().filter(|row| !forms.contains(&row.form_hash));
    faults.extend(unknown.map(|row| format!("nobody holds {}", row.id)));
    faults
}

/// What she said opens, and is hers.
async fn says_something_else(house: &House, ledger: &Ledger, row: &Row) -> Option<String> {
    let found = house.booking.store().appointment(&row.id).await.unwrap()?;
    let contact = house.booking.contact_of(&found).await;
    let name = contact.ok().flatten().map(|contact| contact.expose().name.clone());
    let promised = ledger.promises.get(&row.id).map(|promise| &promise.name);
    (name.as_ref() != promised).then(|| format!("{} says {name:?}, said {promised:?}", row.id))
}

fn fact(row: &Row) -> Fact {
    Fact {
        start: row.starts_at / 1_000_000,
        with: row.resource_id.clone(),
        version: u32::try_from(row.version).unwrap(),
        cancelled: row.state == "cancelled",
    }
}

fn hash(form: &str) -> Vec<u8> {
    receipt::hash(&Secret::new(form.to_owned())).to_vec()
}

/// When all of it is over, nothing is left, not even keys that no row ever knew of.
pub(crate) async fn everything_goes(data: &Path) {
    let house = House::in_folder(data, at("2027-12-01T00:00:00Z")).await;
    house.booking.forget_first(Duration::ZERO).await.unwrap();
    assert_eq!(house.booking.store().count().await.unwrap(), 0);
    drop(house);
    let left = std::fs::read_dir(data.join("keys/booking")).unwrap().flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).filter(|name| name != "lock").collect();
    assert!(left.iter().all(|name| name == "heartbeat" || name == "identity"), "{left:?}");
    let mut connection = SqliteConnection::connect(&sqlite_in(data)).await.unwrap();
    assert!(rows::claims(&mut connection).await.is_empty() && rows::mails(&mut connection).await.is_empty());
}
