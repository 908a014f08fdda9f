//! Many people at once: whatever they do, nobody is booked twice, and what was promised is there.

use std::{collections::HashMap, sync::Arc};

use booking::{
    BookingError, Span,
    appointment::{Appointment, State},
    store::{Booked, Move, Place, Store},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{
    on_both_engines,
    people::{CENTRE, GROUP, House, at, cancelled, hold, minutes, now, place, sent},
};

const PEOPLE: usize = 12;
const STEPS: usize = 25;

/// What one person was told last about her appointment.
#[derive(Debug, Default)]
struct Promise {
    appointment: Option<Appointment>,
}

/// One person books, moves and cancels at random among few times, so that she is always in somebody's way.
async fn person(store: Arc<dyn Store>, who: usize) -> Promise {
    let mut dice = StdRng::seed_from_u64(who as u64);
    let mut promise = Promise::default();
    let mut forms = 0;
    for _ in 0..STEPS {
        let quarter = dice.random_range(0..8);
        let start = (at("2026-11-23T08:00:00Z") + minutes(15 * quarter)).to_string();
        let mut wish = place(if dice.random_bool(0.5) { "anna" } else { "bert" }, &start);
        if dice.random_bool(0.3) {
            wish.room_id = Some(String::from("room"));
        }
        match &promise.appointment {
            None => {
                forms += 1;
                let group = dice.random_bool(0.3);
                if group {
                    in_group(&mut wish);
                }
                let name = format!("{who}-{forms}");
                if dice.random_bool(0.5) {
                    match store.hold(&hold(&name, wish.clone()), now()).await {
                        Ok(_) | Err(BookingError::Taken) => {}
                        Err(error) => assert!(is_deadlock(&error), "{error}"),
                    }
                }
                match store.book(&sent(&name, wish), now()).await {
                    Ok(Booked::New(appointment)) => promise.appointment = Some(appointment),
                    Ok(other) => panic!("{other:?}"),
                    Err(BookingError::Taken) => {
                        drop(store.release(crate::people::form(&name)).await.unwrap())
                    }
                    Err(error) => assert!(is_deadlock(&error), "{error}"),
                }
            }
            Some(mine) if dice.random_bool(0.5) => {
                if mine.offer_id == GROUP {
                    in_group(&mut wish);
                }
                let change = Move {
                    id: mine.id.clone(),
                    version: mine.version,
                    mode: mine.mode,
                    forget_at: wish.span.to,
                    place: wish,
                    contact: None,
                    notify: None,
                    mails: Vec::new(),
                    audit: None,
                };
                match store.move_to(&change, now()).await {
                    Ok(moved) => promise.appointment = Some(moved),
                    Err(BookingError::Taken) => {}
                    Err(error) => assert!(is_deadlock(&error), "{error}"),
                }
            }
            Some(mine) => match store.cancel(&cancelled(mine), now()).await {
                Ok(_) => promise.appointment = None,
                Err(error) => assert!(is_deadlock(&error), "{error}"),
            },
        }
    }
    promise
}

/// A group meets in the room, which it keeps as long as anybody belongs to it.
fn in_group(wish: &mut Place) {
    wish.capacity = 3;
    wish.room_id = Some(String::from("room"));
}

/// Two that wait for each other on PostgreSQL: one of them is told to try again, nothing has happened.
fn is_deadlock(error: &BookingError) -> bool {
    matches!(error, BookingError::Store(storekit::StoreError::Unavailable { reason }) if reason.ends_with("40P01"))
}

async fn nobody_is_booked_twice_and_no_promise_is_lost(house: House) {
    let people: Vec<_> = (0..PEOPLE).map(|who| tokio::spawn(person(house.store.clone(), who))).collect();
    let mut promised = HashMap::new();
    for person in people {
        if let Some(appointment) = person.await.unwrap().appointment {
            promised.insert(appointment.id.clone(), appointment);
        }
    }
    let day = Span { from: at("2026-11-23T00:00:00Z"), to: at("2026-11-24T00:00:00Z") };
    let all = house.store.of_centre(CENTRE, day).await.unwrap();
    let open: Vec<_> = all.into_iter().filter(|one| matches!(one.state, State::Confirmed)).collect();
    assert_eq!(open.len(), promised.len(), "every promise is kept, and nothing else");
    for one in &open {
        assert_eq!(promised.get(&one.id), Some(one));
    }
    for (at, one) in open.iter().enumerate() {
        for other in &open[at + 1..] {
            let same_group = one.offer_id == GROUP && other.offer_id == GROUP && one.span == other.span;
            let same_counsellor = one.resource_id == other.resource_id;
            let same_room = one.room_id.is_some() && one.room_id == other.room_id;
            let shares = !(same_group && same_counsellor) && (same_counsellor || same_room);
            assert!(!shares || !widened(one).overlaps(&widened(other)), "{one:?} and {other:?}");
            assert!(!same_group || one.resource_id != other.resource_id || one.seat != other.seat);
        }
    }
    let claims = house.claims().await;
    let mut expected: Vec<(String, i64, u32)> = Vec::new();
    for one in &open {
        for tick in widened(one).ticks() {
            let resources = std::iter::once(&one.resource_id).chain(&one.room_id);
            expected.extend(resources.map(|resource| (resource.clone(), tick.0, 0)));
            if one.seat > 0 {
                expected.push((one.resource_id.clone(), tick.0, one.seat));
            }
        }
    }
    expected.sort();
    expected.dedup();
    let mut found: Vec<_> =
        claims.ticks.into_iter().map(|claim| (claim.resource_id, claim.tick.0, claim.seat)).collect();
    found.sort();
    assert_eq!(found, expected, "exactly the time of the appointments is claimed");
}

/// An appointment with its buffers.
fn widened(one: &Appointment) -> Span {
    Span { from: one.span.from - minutes(5), to: one.span.to + minutes(5) }
}

on_both_engines! {
    nobody_is_booked_twice_and_no_promise_is_lost
}
