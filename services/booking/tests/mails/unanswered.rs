//! A request that nobody answers: the centre hears of it once more, and nobody else does.

use crate::{
    house::{ASK, CENTRE, OF_CENTRE, TALK, at, send_all},
    letter::Letter,
    post,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_hears_once_more_of_a_request_that_nobody_answered() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let asked = house.book(ASK, "form", "2026-12-03T09:00:00Z", None).await.appointment;
    house.book(TALK, "agreed", "2026-12-03T11:00:00Z", None).await;
    assert_eq!(send_all(&mailer).await.sent, 2, "what was booked, to the centre");
    let since = house.booking.store().waiting_since(CENTRE).await.unwrap();
    assert_eq!(since, [(asked.id, house.booking.now())]);

    house.clock.set(at("2026-12-02T20:59:00Z"));
    assert_eq!(send_all(&mailer).await.tried(), 0);
    house.clock.set(at("2026-12-02T21:00:00Z"));
    assert_eq!(send_all(&mailer).await.sent, 1);
    let told = Letter::of(post.sink.mails().last().unwrap());
    assert_eq!((told.to.as_str(), told.file.is_none()), (OF_CENTRE, true));
    assert!(told.subject.starts_with("Noch offen: Anfrage"), "{}", told.subject);
    assert!(told.body.contains("wartet noch auf Ihre Antwort"), "{}", told.body);
    house.clock.set(at("2026-12-03T08:59:00Z"));
    assert_eq!(send_all(&mailer).await.tried(), 0, "once is enough");
}
