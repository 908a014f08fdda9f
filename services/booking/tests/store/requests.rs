//! Since when requests wait.

use booking::store::NewBooking;
use mailkit::Intent;

use crate::{
    on_both_engines,
    people::{CENTRE, House, now, place, sent},
};
use kernel::Lang;

/// A form whose mail is of this kind.
fn asked(name: &str, start: &str, to_be_confirmed: bool, kind: &str) -> NewBooking {
    let booking = sent(name, place("anna", start));
    let id = &booking.hold.id;
    let mails = vec![Intent::now(format!("{id}/0/{kind}"), kind, id, Lang::De, now())];
    NewBooking { to_be_confirmed, mails, ..booking }
}

async fn a_request_waits_since_it_was_made_and_nothing_else_waits(house: House) {
    for booking in [
        asked("a", "2026-11-23T08:00:00Z", true, "centre-unanswered"),
        asked("b", "2026-11-23T09:00:00Z", true, "centre-requested"),
        asked("c", "2026-11-23T10:00:00Z", false, "centre-unanswered"),
    ] {
        house.store.book(&booking, now()).await.unwrap();
    }
    let waiting = house.store.waiting_since(CENTRE).await.unwrap();
    assert_eq!(waiting, [("appointment-a".to_owned(), now())]);
    assert_eq!(house.store.waiting_since("another").await.unwrap(), []);
}

on_both_engines! {
    a_request_waits_since_it_was_made_and_nothing_else_waits
}
