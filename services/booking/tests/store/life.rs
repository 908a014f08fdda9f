//! The life of an appointment.

use booking::{
    BookingError, Span,
    appointment::{Appointment, Attendance, State},
    store::{Booked, Cancellation, DayLimits, Hold, Move, Place, Revised, Store},
};
use mailkit::{Intent, Queue};
use storekit::Database;

use crate::{
    on_both_engines,
    people::{
        CENTRE, House, add_elsewhere, at, audit, cancelled, form, hold, minutes, now, place, sealed, sent,
    },
};

const NINE: &str = "2026-11-23T08:00:00Z";
const HALF_PAST: &str = "2026-11-23T08:30:00Z";
const TEN: &str = "2026-11-23T09:00:00Z";

fn new(booked: Booked) -> Appointment {
    match booked {
        Booked::New(appointment) => appointment,
        other => panic!("{other:?}"),
    }
}

fn document() -> Revised<String> {
    Revised { revision: 0, value: String::from("{}") }
}

fn moved(appointment: &Appointment, place: Place) -> Move {
    Move {
        id: appointment.id.clone(),
        version: appointment.version,
        mode: appointment.mode,
        forget_at: place.span.to,
        place,
        contact: Some(sealed(3)),
        notify: None,
        mails: Vec::new(),
        audit: None,
    }
}

async fn a_form_becomes_one_appointment_however_often_it_is_sent(house: House) {
    let held = house.store.hold(&hold("a", place("anna", NINE)), now()).await.unwrap();
    assert_eq!(held.state, State::Held { until: now() + minutes(5) });
    assert_eq!(house.claimed().await, 8);
    assert_eq!(house.store.appointment(&held.id).await.unwrap(), None, "a hold is no appointment");

    let appointment = new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    assert_eq!((appointment.state, appointment.version), (State::Confirmed, 0));
    assert_eq!(appointment.contact, Some(sealed(1)));
    let again = house.store.book(&sent("a", place("anna", TEN)), now()).await.unwrap();
    assert_eq!(again, Booked::Again(appointment.clone()), "the first one counts");
    assert_eq!(house.store.hold(&hold("a", place("anna", TEN)), now()).await.unwrap(), appointment);
    assert_eq!(house.claimed().await, 8);

    let (found, pin) = house.store.by_code(form("a code")).await.unwrap().unwrap();
    assert_eq!((found, pin), (appointment.clone(), form("a pin")));
    assert_eq!(house.store.by_code(form("b code")).await.unwrap(), None);
    assert_eq!(house.store.by_link(form("a link")).await.unwrap(), Some(appointment.clone()));
    assert_eq!(house.store.of_centre(CENTRE, place("anna", NINE).span).await.unwrap(), [appointment]);
}

async fn a_time_belongs_to_one(house: House) {
    new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    for start in [NINE, "2026-11-23T07:30:00Z", HALF_PAST, "2026-11-23T08:35:00Z"] {
        let refused = house.store.book(&sent("b", place("anna", start)), now()).await;
        assert_eq!(refused, Err(BookingError::Taken), "{start}: buffers are claimed as well");
        let refused = house.store.hold(&hold("b", place("anna", start)), now()).await;
        assert_eq!(refused, Err(BookingError::Taken));
    }
    assert_eq!(house.claimed().await, 8, "a refused one leaves nothing");
    new(house.store.book(&sent("b", place("anna", "2026-11-23T08:40:00Z")), now()).await.unwrap());
    new(house.store.book(&sent("c", place("bert", NINE)), now()).await.unwrap());
}

async fn a_room_belongs_to_one(house: House) {
    let with_room = |who, start| Place { room_id: Some(String::from("room")), ..place(who, start) };
    new(house.store.book(&sent("a", with_room("anna", NINE)), now()).await.unwrap());
    let refused = house.store.book(&sent("b", with_room("bert", NINE)), now()).await;
    assert_eq!(refused, Err(BookingError::Taken));
    new(house.store.book(&sent("b", place("bert", NINE)), now()).await.unwrap());
}

async fn a_code_belongs_to_one(house: House) {
    new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    let mut other = sent("b", place("anna", TEN));
    other.code_mac = form("a code");
    assert_eq!(house.store.book(&other, now()).await, Ok(Booked::CodeTaken));
    assert_eq!(house.claimed().await, 8, "nothing was claimed");
    new(house.store.book(&sent("b", place("anna", TEN)), now()).await.unwrap());
}

async fn a_hold_ends_by_itself(house: House) {
    house.store.hold(&hold("a", place("anna", NINE)), now()).await.unwrap();
    let later = now() + minutes(5);
    assert!(house.store.hold(&hold("b", place("anna", NINE)), later - minutes(1)).await.is_err());
    let other = Hold { until: later + minutes(5), ..hold("b", place("anna", NINE)) };
    house.store.hold(&other, later).await.unwrap();
    let late = house.store.book(&sent("a", place("anna", NINE)), later).await;
    assert_eq!(late, Err(BookingError::Taken), "somebody else was faster");
    house.store.release(form("b")).await.unwrap();
    new(house.store.book(&sent("a", place("anna", NINE)), later).await.unwrap());
    house.store.release(form("a")).await.unwrap();
    assert_eq!(house.claimed().await, 8, "an appointment is no hold");
}

async fn a_form_holds_one_time(house: House) {
    house.store.hold(&hold("a", place("anna", NINE)), now()).await.unwrap();
    house.store.hold(&hold("a", place("anna", TEN)), now()).await.unwrap();
    house.store.hold(&hold("b", place("anna", NINE)), now()).await.unwrap();
    let refused = house.store.hold(&hold("a", place("anna", NINE)), now()).await;
    assert_eq!(refused, Err(BookingError::Taken));
    assert!(house.store.by_form(form("a")).await.unwrap().is_some(), "the earlier hold stays");
    assert_eq!(house.claimed().await, 16);
}

async fn moving_takes_the_new_time_before_it_gives_the_old(house: House) {
    let one = new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    new(house.store.book(&sent("b", place("anna", TEN)), now()).await.unwrap());
    let refused = house.store.move_to(&moved(&one, place("anna", TEN)), now()).await;
    assert_eq!(refused, Err(BookingError::Taken));
    assert_eq!(house.store.appointment(&one.id).await.unwrap(), Some(one.clone()), "it stays where it was");

    let later =
        house.store.move_to(&moved(&one, place("anna", "2026-11-23T08:10:00Z")), now()).await.unwrap();
    assert_eq!((later.version, later.contact.clone(), later.notify.clone()), (1, Some(sealed(3)), None));
    let stale = house.store.move_to(&moved(&one, place("bert", NINE)), now()).await;
    assert_eq!(stale, Err(BookingError::Changed), "decided on the earlier state");
    let colleague = house.store.move_to(&moved(&later, place("bert", NINE)), now()).await.unwrap();
    assert_eq!(colleague.resource_id, "bert");
    new(house.store.book(&sent("c", place("anna", NINE)), now()).await.unwrap());
    let over = house.store.move_to(&moved(&colleague, place("bert", TEN)), at(NINE)).await;
    assert_eq!(over, Err(BookingError::Closed), "it has begun");
}

async fn cancelling_forgets_the_person_at_once(house: House) {
    let one = new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    let release = now() + minutes(60);
    let change = Cancellation { release_at: Some(release), ..cancelled(&one) };
    let cancelled = house.store.cancel(&change, now()).await.unwrap();
    assert_eq!(cancelled.state, State::Cancelled { release_at: Some(release) });
    assert_eq!((cancelled.contact, cancelled.version), (None, 1));
    assert!(house.store.hold(&hold("b", place("anna", NINE)), now()).await.is_err(), "released later");
    house.store.hold(&hold("b", place("anna", NINE)), release).await.unwrap();
    let twice = house.store.cancel(&Cancellation { version: 1, ..change }, now()).await;
    assert_eq!(twice, Err(BookingError::Closed));
    let (found, _) = house.store.by_code(form("a code")).await.unwrap().unwrap();
    assert!(matches!(found.state, State::Cancelled { .. }), "its code is still answered");
}

async fn a_request_owns_its_time_and_is_agreed_to_once(house: House) {
    let mut request = sent("a", place("anna", NINE));
    request.to_be_confirmed = true;
    let one = new(house.store.book(&request, now()).await.unwrap());
    assert_eq!(one.state, State::Requested);
    assert!(house.store.hold(&hold("b", place("anna", NINE)), now()).await.is_err());
    let agreed = house.store.confirm(&one.id, 0, &[], &audit("confirm"), now()).await.unwrap();
    assert_eq!((agreed.state, agreed.version), (State::Confirmed, 1));
    let again = house.store.confirm(&one.id, 1, &[], &audit("again"), now()).await;
    assert_eq!(again, Err(BookingError::Changed));
    house.store.attend(&one.id, Attendance::Missed, &audit("attend")).await.unwrap();
    let noted = house.store.appointment(&one.id).await.unwrap().unwrap();
    assert_eq!(noted.attendance, Some(Attendance::Missed));
}

async fn what_the_centre_does_stands_in_the_trail_if_it_was_done(house: House) {
    let line = |id: &str| Some(audit(id));
    let mut booking = sent("a", place("anna", NINE));
    (booking.to_be_confirmed, booking.audit) = (true, line("book"));
    let one = new(house.store.book(&booking, now()).await.unwrap());
    house.store.book(&booking, now()).await.unwrap();
    let mut taken = sent("b", place("anna", NINE));
    taken.audit = line("taken");
    assert!(house.store.book(&taken, now()).await.is_err());
    let agreed = house.store.confirm(&one.id, 0, &[], &audit("confirm"), now()).await.unwrap();
    assert!(house.store.confirm(&one.id, 0, &[], &audit("confirm twice"), now()).await.is_err());
    house.store.attend(&one.id, Attendance::Kept, &audit("attend")).await.unwrap();
    let shift = |one: &Appointment, id| Move { audit: line(id), ..moved(one, place("bert", TEN)) };
    let later = house.store.move_to(&shift(&agreed, "move"), now()).await.unwrap();
    assert!(house.store.move_to(&shift(&agreed, "stale"), now()).await.is_err());
    let note = sealed(4);
    let back = |one, id| Cancellation { audit: line(id), note: Some(note.clone()), ..cancelled(one) };
    assert!(house.store.cancel(&back(&agreed, "stale too"), now()).await.is_err());
    let ended = house.store.cancel(&back(&later, "cancel"), now()).await.unwrap();
    assert_eq!(ended.note, Some(note), "the words to her stay until she is forgotten");
    assert_eq!(house.store.keys_in_use().await.unwrap().len(), 1, "the key of these words");

    let lines = house.store.audit_entries(None, 100).await.unwrap();
    let mut ids: Vec<_> = lines.iter().filter_map(|line| line.id.strip_prefix("audit-")).collect();
    ids.retain(|id| !["anna", "bert", "room"].contains(id));
    ids.sort_unstable();
    assert_eq!(ids, ["attend", "book", "cancel", "confirm", "move"]);
}

async fn a_group_shares_its_time_with_nobody_else(house: House) {
    let group = || Place { capacity: 3, room_id: Some(String::from("room")), ..place("anna", NINE) };
    let (mut seats, mut people) = (Vec::new(), Vec::new());
    for name in ["a", "b", "c"] {
        let one = new(house.store.book(&sent(name, group()), now()).await.unwrap());
        assert_eq!(one.room_id.as_deref(), Some("room"));
        seats.push(one.seat);
        people.push(one);
    }
    assert_eq!(seats, [1, 2, 3]);
    assert_eq!(house.store.book(&sent("d", group()), now()).await, Err(BookingError::Taken), "full");
    let alone = house.store.book(&sent("d", place("anna", HALF_PAST)), now()).await;
    assert_eq!(alone, Err(BookingError::Taken), "she is with the group");
    let elsewhere = Place { room_id: Some(String::from("room")), ..place("bert", NINE) };
    assert_eq!(house.store.book(&sent("d", elsewhere), now()).await, Err(BookingError::Taken));

    for one in people {
        house.store.cancel(&cancelled(&one), now()).await.unwrap();
        if one.seat == 2 {
            let again = new(house.store.book(&sent("e", group()), now()).await.unwrap());
            assert_eq!(again.seat, 1, "a seat that became free");
            house.store.cancel(&cancelled(&again), now()).await.unwrap();
        }
    }
    assert_eq!(house.claimed().await, 0, "the last one closes the group");
    new(house.store.book(&sent("f", place("anna", NINE)), now()).await.unwrap());
    assert_eq!(house.store.book(&sent("g", group()), now()).await, Err(BookingError::Taken));
}

async fn cancel(store: &dyn Store, name: &str) {
    let one = store.appointment(&format!("appointment-{name}")).await.unwrap().unwrap();
    store.cancel(&cancelled(&one), now()).await.unwrap();
}

async fn every_counsellor_has_a_group_of_her_own(house: House) {
    let store = house.store.as_ref();
    let group = |who| Place { capacity: 2, ..place(who, NINE) };
    let of_anna = || Place { room_id: Some(String::from("room")), ..group("anna") };
    for name in ["a", "b"] {
        new(house.store.book(&sent(name, of_anna()), now()).await.unwrap());
    }
    let one = new(house.store.book(&sent("c", group("bert")), now()).await.unwrap());
    assert_eq!((one.room_id, one.seat), (None, 1), "the other group's room and counsellor are not hers");
    let same_room = Place { room_id: Some(String::from("room")), ..group("bert") };
    cancel(store, "c").await;
    assert_eq!(house.store.book(&sent("d", same_room), now()).await, Err(BookingError::Taken));
    for name in ["a", "b"] {
        cancel(store, name).await;
    }
    new(house.store.book(&sent("e", group("bert")), now()).await.unwrap());
    new(house.store.book(&sent("f", place("anna", NINE)), now()).await.unwrap());
}

async fn who_works_at_two_centres_is_one_person(house: House) {
    let store = house.store.as_ref();
    new(store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    add_elsewhere(store, "anna-there", "anna").await;
    let there = |start| place("anna-there", start);
    assert_eq!(
        store.book(&sent("b", there(NINE)), now()).await,
        Err(BookingError::Taken),
        "she has been booked"
    );
    new(store.book(&sent("b", there(TEN)), now()).await.unwrap());
    assert_eq!(store.book(&sent("c", place("anna", TEN)), now()).await, Err(BookingError::Taken));
    let group = Place { capacity: 2, ..place("anna", "2026-11-23T10:00:00Z") };
    new(store.book(&sent("d", group.clone()), now()).await.unwrap());
    new(store.book(&sent("e", group), now()).await.unwrap());
    let late = there("2026-11-23T10:00:00Z");
    assert_eq!(store.book(&sent("f", late.clone()), now()).await, Err(BookingError::Taken));
    for name in ["a", "b", "d", "e"] {
        cancel(store, name).await;
    }
    assert_eq!(house.claimed().await, 0);
    new(store.book(&sent("f", late), now()).await.unwrap());
}

async fn a_form_sent_many_times_at_once_is_one_appointment(house: House) {
    for held in [false, true] {
        let name = if held { "held" } else { "sent" };
        let wish = place(if held { "anna" } else { "bert" }, NINE);
        if held {
            house.store.hold(&hold(name, wish.clone()), now()).await.unwrap();
        }
        let tries: Vec<_> = (0..6)
            .map(|_| {
                let (store, form) = (house.store.clone(), sent(name, wish.clone()));
                tokio::spawn(async move { store.book(&form, now()).await })
            })
            .collect();
        let mut new = 0;
        for one in tries {
            match one.await.unwrap().unwrap() {
                Booked::New(_) => new += 1,
                Booked::Again(again) => assert_eq!(again.id, format!("appointment-{name}")),
                Booked::CodeTaken => panic!("the code is its own"),
            }
        }
        assert_eq!(new, 1);
    }
}

async fn a_day_has_no_more_than_its_limit_whoever_asks_at_once(house: House) {
    let day = Span { from: at("2026-11-22T23:00:00Z"), to: at("2026-11-23T23:00:00Z") };
    let many = |limits: DayLimits, names: &'static str, who: fn(i64) -> &'static str| {
        let store = house.store.clone();
        async move {
            let tries: Vec<_> = (0..8)
                .map(|number| {
                    let start = (at(NINE) + minutes(40 * number)).to_string();
                    let wish = Place { limits: Some(limits.clone()), ..place(who(number), &start) };
                    let (store, form) = (store.clone(), sent(&format!("{names}-{number}"), wish));
                    tokio::spawn(async move { store.book(&form, now()).await })
                })
                .collect();
            let mut booked = Vec::new();
            for one in tries {
                match one.await.unwrap() {
                    Ok(Booked::New(appointment)) => booked.push(appointment),
                    Err(BookingError::Taken) => {}
                    other => panic!("{other:?}"),
                }
            }
            booked
        }
    };
    let limits = DayLimits { day, of_offer: Some(3), of_counsellor: None };
    let either = |number| if number % 2 == 0 { "anna" } else { "bert" };
    let booked = many(limits.clone(), "offer", either).await;
    assert_eq!(booked.len(), 3);
    let same = &booked[0];
    let wish = Place { limits: Some(limits), ..place(&same.resource_id, "2026-11-23T18:00:00Z") };
    house.store.move_to(&moved(same, wish), now()).await.unwrap();
    for one in house.store.of_centre(CENTRE, day).await.unwrap() {
        house.store.cancel(&cancelled(&one), now()).await.unwrap();
    }
    let limits = DayLimits { day, of_offer: None, of_counsellor: Some(2) };
    assert_eq!(many(limits, "counsellor", |_| "anna").await.len(), 2);
}

async fn what_was_noted_wrongly_is_not_counted(house: House) {
    let one = new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    for attendance in [Attendance::Kept, Attendance::Missed] {
        house.store.attend(&one.id, attendance, &audit(&format!("{attendance:?}"))).await.unwrap();
    }
    house.store.save_offer_setting(CENTRE, "offer", true, &document(), &audit("offer")).await.unwrap();
    let day = jiff::civil::date(2026, 11, 23);
    let mut counts = house.store.tally(CENTRE, day, day).await.unwrap();
    counts.retain(|(_, _, what, count)| *count > 0 && what != "booked");
    let counts: Vec<_> = counts.into_iter().map(|(_, _, what, count)| (what, count)).collect();
    assert_eq!(counts, [(String::from("missed"), 1)]);
}

async fn forgetting_leaves_a_count_and_nothing_else(house: House) {
    let one = new(house.store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
    assert!(house.store.due(one.span.to - minutes(1), 9).await.unwrap().is_empty());
    assert_eq!(house.store.due(one.span.to, 9).await.unwrap(), std::slice::from_ref(&one.id));
    assert_eq!(house.store.keys_in_use().await.unwrap().len(), 2, "both keys are named");
    assert_eq!(house.store.forget(std::slice::from_ref(&one.id)).await, Ok(1));
    assert_eq!(house.store.count().await, Ok(0));
    assert_eq!(house.claimed().await, 0);
    assert_eq!(house.store.by_code(form("a code")).await.unwrap(), None);
}

/// SQLite has one writer.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_swept_while_it_is_booked_is_claimed_anew() {
    let house = House::postgres().await;
    house.store.hold(&hold("a", place("anna", NINE)), now()).await.unwrap();
    let Database::Postgres(pool) = &house.database else { unreachable!("it is one") };
    let mut sweep = pool.begin().await.unwrap();
    sqlx::query("DELETE FROM appointment WHERE state = 'held'").execute(&mut *sweep).await.unwrap();
    let store = house.store.clone();
    let booking = tokio::spawn(async move { store.book(&sent("a", place("anna", NINE)), now()).await });
    // it looks for its hold, and has to wait
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    sweep.commit().await.unwrap();
    new(booking.await.unwrap().unwrap());
    assert_eq!(house.claimed().await, 8);
}

on_both_engines! {
    a_form_becomes_one_appointment_however_often_it_is_sent
    a_time_belongs_to_one
    a_room_belongs_to_one
    a_code_belongs_to_one
    a_hold_ends_by_itself
    a_form_holds_one_time
    moving_takes_the_new_time_before_it_gives_the_old
    cancelling_forgets_the_person_at_once
    a_request_owns_its_time_and_is_agreed_to_once
    what_the_centre_does_stands_in_the_trail_if_it_was_done
    a_group_shares_its_time_with_nobody_else
    every_counsellor_has_a_group_of_her_own
    who_works_at_two_centres_is_one_person
    a_form_sent_many_times_at_once_is_one_appointment
    a_day_has_no_more_than_its_limit_whoever_asks_at_once
    what_was_noted_wrongly_is_not_counted
    forgetting_leaves_a_count_and_nothing_else
}

/// The mails of an appointment go with it, also when it is moved or cancelled.
mod mails {
    use storekit::testing::Scratch;

    use super::*;

    async fn waiting(queue: &Queue) -> u64 {
        queue.waiting().await.unwrap().waiting
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn wait_no_longer_than_what_they_tell() {
        for scratch in [Scratch::sqlite(), Scratch::postgres().await] {
            let opened = booking::store::open(scratch.address()).await.unwrap();
            let (store, queue) = (opened.store, Queue::new(opened.database));
            for resource in ["anna", "bert"] {
                crate::people::add_counsellor(store.as_ref(), resource).await;
            }
            let one = new(store.book(&sent("a", place("anna", NINE)), now()).await.unwrap());
            assert_eq!(waiting(&queue).await, 1);
            let again = store.book(&sent("a", place("anna", NINE)), now()).await.unwrap();
            assert!(matches!(again, Booked::Again(_)));
            assert!(store.book(&sent("b", place("anna", NINE)), now()).await.is_err());
            assert_eq!(waiting(&queue).await, 1, "neither a repeated nor a refused form writes a mail");
            let mut change = moved(&one, place("bert", TEN));
            change.mails = vec![
                Intent::now("moved", "moved", &one.id, kernel::Lang::De, now()),
                Intent::now("soon", "reminder", &one.id, kernel::Lang::De, now()),
            ];
            let moved = store.move_to(&change, now()).await.unwrap();
            assert_eq!(waiting(&queue).await, 2, "what told of the earlier time is withdrawn");
            store.cancel(&cancelled(&moved), now()).await.unwrap();
            assert_eq!(waiting(&queue).await, 0);
        }
    }
}
