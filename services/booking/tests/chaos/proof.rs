//! What must hold after any kill.

use std::{collections::BTreeMap, path::Path, time::Duration};

use booking::{Span, appointment::State, store::AppointmentStore};
use sqlx::{Connection, SqliteConnection};

use crate::{
    house::{CENTRE, House, at, sqlite_in, start},
    ledger::{Ledger, Promise},
};

/// Half an hour with five minutes before and after, in ticks.
const TICKS: i64 = 8;
const COUNSELLORS: usize = 3;

pub(crate) async fn move_in(data: &Path) {
    House::in_folder(data, start()).await.furnish(COUNSELLORS).await;
}

/// Checks every promise, and settles those that were left open.
pub(crate) async fn holds(data: &Path, ledger: &mut Ledger) {
    let house = House::in_folder(data, start()).await;
    let store: &dyn AppointmentStore = house.booking.store();
    for (id, promise) in &mut ledger.promises {
        let found = store.appointment(id).await.unwrap().unwrap_or_else(|| panic!("{id} is lost"));
        let is = match found.state {
            State::Confirmed => Some(found.span.from.as_second()),
            State::Cancelled { .. } => None,
            other => panic!("{id} is {other:?}"),
        };
        assert!(is == promise.start || promise.perhaps == Some(is), "{id} is {is:?}, promised {promise:?}");
        (promise.start, promise.perhaps) = (is, None);
        let contact = house.booking.contact_of(&found).await.unwrap();
        let name = contact.map(|contact| contact.expose().name.clone());
        assert_eq!(name, is.map(|_| promise.name.clone()), "{id}");
    }
    // and nothing else: what is there besides was at least begun
    let all = Span { from: start(), to: at("2027-12-01T00:00:00Z") };
    for found in store.of_centre(CENTRE, all).await.unwrap() {
        if !ledger.promises.contains_key(&found.id) {
            let contact = house.booking.contact_of(&found).await.unwrap();
            let name = contact.unwrap_or_else(|| panic!("{} says nothing", found.id)).expose().name.clone();
            assert!(ledger.perhaps.contains(&name), "nobody booked {name}");
            let start = Some(found.span.from.as_second());
            ledger.promises.insert(found.id, Promise { start, perhaps: None, name });
        }
    }
    drop(house);
    holds_loosely(data).await;
}

/// What must hold whatever was promised.
pub(crate) async fn holds_loosely(data: &Path) {
    let mut connection = SqliteConnection::connect(&sqlite_in(data)).await.unwrap();
    let sound: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(sound, "ok");
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap();
    assert!(orphans.is_empty(), "{} rows refer to nothing", orphans.len());

    let claims: Vec<(String, i64)> =
        sqlx::query_as("SELECT appointment_id, count(*) FROM claim GROUP BY appointment_id ORDER BY 1")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    let claims: BTreeMap<_, _> = claims.into_iter().collect();
    let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT id, state, resource_id, starts_at, ends_at FROM appointment ORDER BY resource_id, starts_at, id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let mut last: Option<(&str, i64)> = None;
    for (id, state, resource, starts, ends) in &rows {
        let claimed = claims.get(id).copied().unwrap_or(0);
        assert_eq!(claimed, if state == "cancelled" { 0 } else { TICKS }, "{id} is {state}");
        if state != "cancelled" {
            let overlaps = last.is_some_and(|(other, until)| other == resource && *starts < until);
            assert!(!overlaps, "{id} overlaps");
            last = Some((resource.as_str(), *ends));
        }
    }
    let owners = rows.iter().filter(|(_, state, ..)| state != "cancelled").count();
    assert_eq!(claims.len(), owners, "no claim without its appointment");
}

/// When all of it is over, nothing is left, not even keys that no row ever knew of.
pub(crate) async fn everything_goes(data: &Path) {
    let end = at("2027-12-01T00:00:00Z");
    let house = House::in_folder(data, end).await;
    house.booking.forget_first(Duration::ZERO).await.unwrap();
    assert_eq!(house.booking.store().count().await.unwrap(), 0);
    drop(house);
    let keys = std::fs::read_dir(data.join("keys/booking")).unwrap().flatten();
    let keys: Vec<_> = keys.map(|entry| entry.file_name()).filter(|name| name != "lock").collect();
    assert!(keys.iter().all(|name| name == "heartbeat" || name == "identity"), "{keys:?}");
    let mut connection = SqliteConnection::connect(&sqlite_in(data)).await.unwrap();
    let claims: i64 =
        sqlx::query_scalar("SELECT count(*) FROM claim").fetch_one(&mut connection).await.unwrap();
    assert_eq!(claims, 0);
}
