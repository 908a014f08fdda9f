//! Feeds, calendars and what they say.

use booking::{
    BookingError, Span,
    store::{BusySource, Failing, Feed, FeedKind},
};
use jiff::Timestamp;
use kernel::Lang;

use crate::{
    on_both_engines,
    people::{CENTRE, House, at, audit, form, minutes, now, place, sent},
};

on_both_engines! {
    a_person_has_one_feed_and_it_is_found_by_its_secret
    of_a_person_only_what_is_to_come_is_told
    a_calendar_is_connected_with_what_it_said_and_goes_with_it
    a_calendar_that_was_exchanged_is_not_written_over
    what_a_calendar_said_stays_while_it_cannot_be_read
    calendars_are_due_one_after_the_other_while_their_counsellors_can_be_booked
}

fn feed(person: &str, secret: &str, kind: FeedKind) -> Feed {
    let token_hash = form(secret);
    Feed { person_id: person.to_owned(), token_hash, kind, lang: Lang::En, created_at: now() }
}

async fn a_person_has_one_feed_and_it_is_found_by_its_secret(house: House) {
    let store = house.store.as_ref();
    assert_eq!(store.feed("anna").await.unwrap(), None);
    let first = feed("anna", "first", FeedKind::Detailed);
    store.save_feed(&first, &audit("feed-1")).await.unwrap();
    assert_eq!(store.feed("anna").await.unwrap(), Some(first.clone()));
    assert_eq!(store.feed_by_token(form("first")).await.unwrap(), Some(first));
    assert_eq!(store.feed_by_token(form("other")).await.unwrap(), None);

    let second = feed("anna", "second", FeedKind::AddressAlone);
    store.save_feed(&second, &audit("feed-2")).await.unwrap();
    let others = feed("bert", "third", FeedKind::Neutral);
    store.save_feed(&others, &audit("feed-3")).await.unwrap();
    assert_eq!(store.feed_by_token(form("first")).await.unwrap(), None, "the earlier one ended");
    assert_eq!(store.feed_by_token(form("second")).await.unwrap(), Some(second));

    assert!(store.end_feed("anna", &audit("feed-4")).await.unwrap());
    assert!(!store.end_feed("anna", &audit("feed-5")).await.unwrap());
    assert_eq!(store.feed("anna").await.unwrap(), None);
    assert_eq!(store.feed("bert").await.unwrap(), Some(others), "a colleague's is hers");
    let trail = store.audit_entries(None, 100).await.unwrap();
    let written = |id: &str| trail.iter().any(|entry| entry.id == format!("audit-{id}"));
    assert!(written("feed-4") && !written("feed-5"), "what changed nothing is not in the trail");
}

async fn of_a_person_only_what_is_to_come_is_told(house: House) {
    let store = house.store.as_ref();
    for (name, resource, start) in [
        ("later", "anna", "2026-11-25T09:00:00Z"),
        ("soon", "anna", "2026-11-24T09:00:00Z"),
        ("his", "bert", "2026-11-24T09:00:00Z"),
        ("gone", "anna", "2026-11-24T11:00:00Z"),
    ] {
        store.book(&sent(name, place(resource, start)), now()).await.unwrap();
    }
    let gone = store.appointment("appointment-gone").await.unwrap().unwrap();
    store.cancel(&crate::people::cancelled(&gone), now()).await.unwrap();
    store.hold(&crate::people::hold("held", place("anna", "2026-11-24T14:00:00Z")), now()).await.unwrap();
    let told = async |at: Timestamp| {
        let found = store.of_person("anna", at).await.unwrap();
        found.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(told(now()).await, ["appointment-soon", "appointment-later"]);
    assert_eq!(told(at("2026-11-24T09:29:59Z")).await.len(), 2, "it is going on");
    assert_eq!(told(at("2026-11-24T09:30:00Z")).await, ["appointment-later"]);
    assert_eq!(store.of_person("nobody", now()).await.unwrap(), []);
}

fn source(resource: &str, address: u8) -> BusySource {
    BusySource {
        resource_id: resource.to_owned(),
        sealed_address: vec![address; 40],
        read_at: now(),
        next_read_at: now() + minutes(15),
        failing: None,
    }
}

fn span(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

fn morning() -> Span {
    span("2026-11-24T08:00:00Z", "2026-11-24T10:00:00Z")
}

fn evening() -> Span {
    span("2026-11-24T18:00:00Z", "2026-11-24T20:00:00Z")
}

async fn busy(house: &House) -> Vec<(String, Span)> {
    let span = span("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    let found = house.store.busy(CENTRE, span).await.unwrap();
    assert_eq!(house.store.claims(CENTRE, span).await.unwrap().busy, found, "told with the claims as well");
    found
}

async fn a_calendar_is_connected_with_what_it_said_and_goes_with_it(house: House) {
    let store = house.store.as_ref();
    store.connect_calendar(&source("anna", 1), &[morning(), evening()], &audit("c-1")).await.unwrap();
    store.connect_calendar(&source("bert", 2), &[evening()], &audit("c-2")).await.unwrap();
    assert_eq!(store.calendar("anna").await.unwrap(), Some(source("anna", 1)));
    let anna = |span| (String::from("anna"), span);
    let bert = (String::from("bert"), evening());
    assert_eq!(busy(&house).await, [anna(morning()), anna(evening()), bert.clone()]);
    let only = store.busy(CENTRE, span("2026-11-24T10:00:00Z", "2026-11-24T18:00:00Z")).await.unwrap();
    assert_eq!(only, [], "what only touches the stretch does not lie in it");
    assert_eq!(store.busy("elsewhere", morning()).await.unwrap(), []);

    let longer = Span { to: at("2026-11-24T11:00:00Z"), ..morning() };
    store.connect_calendar(&source("anna", 3), &[longer], &audit("c-3")).await.unwrap();
    assert_eq!(busy(&house).await, [anna(longer), bert.clone()], "another calendar says something else");
    assert!(store.disconnect_calendar("anna", &audit("c-4")).await.unwrap());
    assert!(!store.disconnect_calendar("anna", &audit("c-5")).await.unwrap());
    assert_eq!(store.calendar("anna").await.unwrap(), None);
    assert_eq!(busy(&house).await, [bert]);
}

async fn a_calendar_that_was_exchanged_is_not_written_over(house: House) {
    let store = house.store.as_ref();
    store.connect_calendar(&source("anna", 1), &[morning()], &audit("c-1")).await.unwrap();
    store.connect_calendar(&source("anna", 2), &[evening()], &audit("c-2")).await.unwrap();
    let late = source("anna", 1);
    assert_eq!(store.calendar_read(&late, &[morning()]).await, Err(BookingError::Changed));
    assert_eq!(store.calendar_failed(&failing(late, now(), 1)).await, Err(BookingError::Changed));
    assert_eq!(busy(&house).await, [(String::from("anna"), evening())]);
    store.disconnect_calendar("anna", &audit("c-3")).await.unwrap();
    assert_eq!(store.calendar_read(&source("anna", 2), &[]).await, Err(BookingError::Changed));
}

fn failing(source: BusySource, since: Timestamp, attempts: u32) -> BusySource {
    let failing = Failing { since, attempts, problem: String::from("too-slow") };
    BusySource { failing: Some(failing), next_read_at: source.next_read_at + minutes(15), ..source }
}

async fn what_a_calendar_said_stays_while_it_cannot_be_read(house: House) {
    let store = house.store.as_ref();
    store.connect_calendar(&source("anna", 1), &[morning()], &audit("c-1")).await.unwrap();
    let failed = failing(source("anna", 1), now() + minutes(15), 1);
    store.calendar_failed(&failed).await.unwrap();
    assert_eq!(store.calendar("anna").await.unwrap(), Some(failed), "it was read when it was read last");
    assert_eq!(busy(&house).await.len(), 1);

    let read = BusySource { read_at: now() + minutes(30), ..source("anna", 1) };
    assert!(!store.calendar_read(&read, &[morning()]).await.unwrap(), "nothing is different");
    assert_eq!(store.calendar("anna").await.unwrap(), Some(read.clone()));
    assert!(store.calendar_read(&read, &[evening()]).await.unwrap());
    assert_eq!(busy(&house).await, [(String::from("anna"), evening())]);
    assert!(store.calendar_read(&read, &[]).await.unwrap());
    assert_eq!(busy(&house).await, []);
}

async fn calendars_are_due_one_after_the_other_while_their_counsellors_can_be_booked(house: House) {
    let store = house.store.as_ref();
    store.connect_calendar(&source("anna", 1), &[morning()], &audit("c-1")).await.unwrap();
    let sooner = BusySource { next_read_at: now() + minutes(5), ..source("bert", 2) };
    store.connect_calendar(&sooner, &[], &audit("c-2")).await.unwrap();
    let due = async |after: i64, limit: u32| {
        let found = store.due_calendars(now() + minutes(after), limit).await.unwrap();
        found.into_iter().map(|source| source.resource_id).collect::<Vec<_>>()
    };
    assert_eq!(due(4, 9).await, [] as [&str; 0]);
    assert_eq!(due(5, 9).await, ["bert"]);
    assert_eq!(due(15, 9).await, ["bert", "anna"]);
    assert_eq!(due(15, 1).await, ["bert"]);
    let mut anna = store.resource("anna").await.unwrap().unwrap();
    anna.value.active = false;
    store.save_resource(&anna, &audit("off")).await.unwrap();
    assert_eq!(due(15, 9).await, ["bert"]);
    assert_eq!(busy(&house).await, [], "who cannot be booked need not be busy");
}
