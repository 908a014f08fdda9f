//! A cancelled time that stays closed for a while.

use contracts::directory::Mode;
use kernel::{Lang, Secret};

use super::desk::{A, Desk, MONDAY_NINE, at, desk};
use crate::BookingError;

/// Whether seekers see the time.
async fn is_offered(desk: &Desk) -> bool {
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let times = desk.booking.times(&bookable, Some(Mode::Phone), None, 1).await.unwrap();
    times.days.iter().flat_map(|day| &day.times).any(|time| time.span.from == at(MONDAY_NINE))
}

async fn hold(desk: &Desk, form: &str) -> Result<(), BookingError> {
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let form = Secret::new(form.to_owned());
    let held = desk.booking.hold(&bookable, &form, Mode::Phone, at(MONDAY_NINE), Lang::De, None).await;
    held.map(|_| ())
}

#[tokio::test]
async fn a_cancelled_time_comes_back_when_the_delay_is_over() {
    let desk = desk().await;
    desk.open_offer(&[("freigabe", "90"), ("vorlauf", "0")]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let address = format!("{A}/{}/absage", one.id);
    let form = desk.form("berta", &address, &address).await;
    desk.done("berta", &address, &form).await;

    // a second before it is over, and a look around by the program in between
    desk.set_clock("2026-11-20T09:29:59Z");
    desk.booking.store().sweep(desk.booking.now()).await.unwrap();
    assert!(!is_offered(&desk).await);
    assert!(matches!(hold(&desk, "form-2").await, Err(BookingError::Taken)));

    desk.set_clock("2026-11-20T09:30:00Z");
    desk.booking.store().sweep(desk.booking.now()).await.unwrap();
    assert!(is_offered(&desk).await);
    hold(&desk, "form-3").await.unwrap();
    assert!(!is_offered(&desk).await, "it belongs to somebody again");
}
