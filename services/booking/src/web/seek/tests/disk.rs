//! Keys on a disk that does not write.

use contracts::directory::Mode;
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Personal, Secret};

use super::house::{House, NOW, OFFER, at};
use crate::{
    BookingError,
    contact::Contact,
    guard::Limits,
    receipt::hash,
    sealing::tests::Memory,
    service::{By, NewBooking, Wait},
    store::Joined,
};

fn form(name: &str) -> Secret<String> {
    Secret::new(name.to_owned())
}

#[tokio::test]
async fn a_change_that_happened_is_told_although_the_old_key_cannot_be_overwritten() {
    let disk = Memory::default();
    let house = House::open_on(disk.folder(), Limits::default()).await;
    let booking = house.booking();
    let bookable = booking.bookable(OFFER).await.unwrap();
    let wish = NewBooking {
        form: form("one"),
        mode: Mode::Phone,
        start: at("2026-11-23T08:00:00Z"),
        lang: Lang::De,
        contact: Some(Personal::new(Contact { name: "Kim".into(), ..Contact::default() })),
        remind: None,
    };
    let booked = booking.book(&bookable, wish).await.unwrap().appointment;

    disk.refuse(Some("2026-11-23.keys"));
    let tuesday = at("2026-11-24T08:00:00Z");
    let moved = booking.move_to(&bookable, &booked, Mode::Phone, tuesday, By::Seeker).await.unwrap();
    assert_eq!((moved.span.from, moved.version), (tuesday, 1));
    assert!(booking.contact_of(&booked).await.unwrap().is_none(), "the old key opens nothing");
    assert_eq!(booking.contact_of(&moved).await.unwrap().unwrap().expose().name, "Kim");

    disk.refuse(Some("2026-11-24.keys"));
    booking.cancel(&moved, By::Seeker, None).await.unwrap();
    assert_eq!(house.kept().await, (1, 0), "its time is free");
    assert!(booking.contact_of(&moved).await.unwrap().is_none());
}

#[tokio::test]
async fn a_key_that_cannot_be_overwritten_keeps_nothing_else_from_being_forgotten() {
    let disk = Memory::default();
    let house = House::open_on(disk.folder(), Limits::default()).await;
    let booking = house.booking();
    house.set(OFFER, "waiting_list", true).await;
    let bookable = booking.bookable(OFFER).await.unwrap();
    let hours = |hours| SignedDuration::from_hours(hours);
    // the keys of the first lie in another file than those of the second
    for (name, before) in [("a", hours(10)), ("b", hours(20))] {
        let mail = Personal::new(format!("{name}@example.org"));
        let wait = Wait { form: form(name), before: at(NOW) + before, mail, lang: Lang::De };
        assert_eq!(booking.wait(&bookable, wait).await, Ok(Joined::New));
    }
    let is_left = async |name| booking.store().waiting_by_form(hash(&form(name))).await.unwrap().is_some();

    disk.refuse(Some("2026-11-22.keys"));
    let later: Timestamp = at(NOW) + hours(24);
    house.clock.set(later);
    let running = std::time::Duration::from_secs(24 * 3600);
    assert!(matches!(booking.forget_due(running).await, Err(BookingError::Store(_))), "somebody must look");
    assert_eq!((is_left("a").await, is_left("b").await), (true, false));

    disk.refuse(None);
    let forgotten = booking.forget_due(running).await.unwrap();
    assert_eq!((forgotten.waiting, forgotten.log_emptied), (1, true));
    assert!(!is_left("a").await);
}
