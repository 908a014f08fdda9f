//! From an appointment to its conversation: when the way is open, what it opens, and when it ends.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::http::{StatusCode, header};
use contracts::{
    directory::Mode,
    talk::{Entry, QueueId, RoomId, RoomNews, Rooms, RoomsUnavailable, Seat, TalkRole, Waiter, signing_key},
};
use kernel::{Lang, ServerKey};
use serde_json::json;

use super::{
    house::{Answer, House, OFFER, at, fields},
    way::{booked, held},
};
use crate::{
    appointment::Appointment,
    service::{By, Comer, Talk},
};

const TALK: &str = "/mein-termin/gespraech";

/// Remembers which rooms were closed.
#[derive(Default)]
pub(crate) struct Closed(Mutex<Vec<(RoomId, Option<Seat>)>>);

#[async_trait]
impl Rooms for Closed {
    async fn news(&self, _rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable> {
        Ok(HashMap::new())
    }

    async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) -> Result<(), RoomsUnavailable> {
        self.0.lock().unwrap().push((room.clone(), seat.cloned()));
        Ok(())
    }

    async fn queue(&self, _queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable> {
        Ok(Vec::new())
    }

    async fn attend(&self, _queue: &QueueId) -> Result<(), RoomsUnavailable> {
        Ok(())
    }
}

/// A chat on Monday at nine by the clock on the wall, eight in UTC.
async fn chat() -> (House, Arc<Closed>, Vec<(String, String)>) {
    let house = House::open().await;
    let closed = Arc::new(Closed::default());
    house.booking().talk_in(closed.clone());
    let times = json!({"length": 30, "step": 30, "horizon_days": 60, "modes": ["chat"]});
    house.set_offer(OFFER, &json!({ "times": times })).await;
    let contact = held(&house, "", OFFER, "chat", 0).await;
    let (code, pin) = booked(&house, "", OFFER, &contact, "Kim").await.codes();
    (house, closed, fields(&[("code", &code), ("pin", &pin)]))
}

async fn appointment(house: &House) -> Appointment {
    house.booking().appointment_at("centre", &house.only_id().await).await.unwrap()
}

fn entry_in(answer: &Answer, now: &str) -> Entry {
    let way = answer.headers[header::LOCATION].to_str().unwrap();
    let fragment = way.split_once("/gespraech#").expect("behind the #").1;
    let (entry, secret) = fragment.split_once('~').unwrap();
    assert_eq!(data_encoding::BASE64URL_NOPAD.decode(secret.as_bytes()).unwrap().len(), 32);
    Entry::read(entry, &signing_key(&ServerKey::new([7; 32])), at(now)).unwrap()
}

#[tokio::test]
async fn the_way_opens_fifteen_minutes_before_and_in_every_language() {
    let (house, _, mine) = chat().await;
    let start = appointment(&house).await.span.from;
    for (minutes, open) in [(-16, false), (-15, true), (0, true), (29, true)] {
        house.clock.set(start + jiff::SignedDuration::from_mins(minutes));
        for lang in Lang::ALL {
            let prefix = lang.path_prefix();
            let own = house.post(&format!("{prefix}/mein-termin"), &mine).await.expect(StatusCode::OK);
            let action = format!("action=\"{prefix}{TALK}\"");
            assert_eq!(own.text.contains(&action), open, "{minutes} {lang:?}");
            let answer = house.post(&format!("{prefix}{TALK}"), &mine).await;
            let status = if open { StatusCode::SEE_OTHER } else { StatusCode::CONFLICT };
            assert_eq!(answer.status, status, "{minutes} {lang:?}");
            if open {
                let way = answer.headers[header::LOCATION].to_str().unwrap();
                assert!(way.starts_with(&format!("{prefix}/gespraech#")), "{way}");
            }
        }
    }
}

#[tokio::test]
async fn who_has_no_appointment_gets_no_way_in() {
    let (house, _, mine) = chat().await;
    house.clock.set(appointment(&house).await.span.from);
    let wrong = if mine[1].1 == "0000" { "0001" } else { "0000" };
    let wrong = fields(&[("code", &mine[0].1), ("pin", wrong)]);
    let refused = house.post(TALK, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.headers.contains_key(header::LOCATION));
    house.get(TALK).await.expect(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn seeker_and_counsellor_meet_in_one_room_on_seats_of_their_own() {
    let (house, _, mine) = chat().await;
    let one = appointment(&house).await;
    house.clock.set(one.span.from);
    let now = one.span.from.to_string();
    let seeker = entry_in(&house.post(TALK, &mine).await, &now);
    let counsellor = house.booking().invite(&one, Comer::Counsellor("anna"), None).unwrap();
    let host = Entry::read(&counsellor.entry, &signing_key(&ServerKey::new([7; 32])), one.span.from).unwrap();
    assert_eq!((seeker.role, host.role), (TalkRole::Seeker, TalkRole::Host));
    assert_eq!(seeker.room, host.room);
    assert_ne!(seeker.seat, host.seat);
    assert_eq!(seeker.opens, one.span.from.as_second() - 15 * 60);
    assert_eq!(seeker.closes, one.span.to.as_second() + 30 * 60);
    assert!(!seeker.room.0.contains(&one.id), "the room says nothing of the appointment");
    let again = entry_in(&house.post(TALK, &mine).await, &now);
    assert_eq!(again.seat, seeker.seat, "coming again is coming as oneself");
    let elsewhere = Appointment { mode: Mode::Phone, ..one };
    assert_eq!(house.booking().talk(&elsewhere), Talk::Elsewhere);
    assert!(house.booking().invite(&elsewhere, Comer::Seeker, None).is_none());
}

#[tokio::test]
async fn moved_means_another_room_and_the_old_one_is_closed() {
    let (house, closed, mine) = chat().await;
    let one = appointment(&house).await;
    house.clock.set(one.span.from - jiff::SignedDuration::from_mins(10));
    let before = entry_in(&house.post(TALK, &mine).await, &house.booking().now().to_string());
    let bookable = house.booking().bookable(OFFER).await.unwrap();
    let later = one.span.from + jiff::SignedDuration::from_hours(24);
    let moved = house.booking().move_to(&bookable, &one, Mode::Chat, later, By::Seeker).await.unwrap();
    assert_eq!(*closed.0.lock().unwrap(), [(before.room.clone(), None)]);
    assert_eq!(
        house.booking().talk(&moved),
        Talk::Later { opens: later - jiff::SignedDuration::from_mins(15) }
    );
    house.clock.set(later);
    let after = entry_in(&house.post(TALK, &mine).await, &later.to_string());
    assert_ne!(after.room, before.room);
}

#[tokio::test]
async fn cancelled_means_closed() {
    let (house, closed, mine) = chat().await;
    let one = appointment(&house).await;
    house.clock.set(one.span.from - jiff::SignedDuration::from_mins(10));
    let before = entry_in(&house.post(TALK, &mine).await, &house.booking().now().to_string());
    house.booking().cancel(&one, By::Seeker, None).await.unwrap();
    assert_eq!(*closed.0.lock().unwrap(), [(before.room, None)]);
    let refused = house.post(TALK, &mine).await;
    assert!(!refused.headers.contains_key(header::LOCATION));
}

#[tokio::test]
async fn of_a_group_only_her_seat_is_closed() {
    let (house, closed, mine) = chat().await;
    let one = appointment(&house).await;
    house.clock.set(one.span.from);
    let seat = |id: &str, seat| Appointment { id: id.into(), seat, ..one.clone() };
    let key = signing_key(&ServerKey::new([7; 32]));
    let enter = |who: &Appointment| {
        let invitation = house.booking().invite(who, Comer::Seeker, None).unwrap();
        Entry::read(&invitation.entry, &key, one.span.from).unwrap()
    };
    let (first, second) = (enter(&seat("one", 1)), enter(&seat("two", 2)));
    assert_eq!(first.room, second.room, "who is in one group is in one room");
    assert_ne!(first.seat, second.seat);
    assert_ne!(first.room, entry_in(&house.post(TALK, &mine).await, &one.span.from.to_string()).room);
    house.booking().leave_room(&seat("one", 1), None).await;
    assert_eq!(*closed.0.lock().unwrap(), [(first.room, Some(first.seat))]);
}

#[tokio::test]
async fn the_seeker_takes_the_number_of_the_centre_along_and_the_counsellor_does_not() {
    let (house, _, mine) = chat().await;
    let one = appointment(&house).await;
    house.clock.set(one.span.from);
    let answer = house.post(TALK, &mine).await.expect(StatusCode::SEE_OTHER);
    let entry = entry_in(&answer, &one.span.from.to_string());
    assert_eq!(entry.phone.as_deref(), Some("+4976112345"), "as phones dial it");
    assert_eq!(house.booking().phone_of("nowhere").await.unwrap(), None);
}
