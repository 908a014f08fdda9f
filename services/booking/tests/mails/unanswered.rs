//! A request that nobody answers: the centre hears of it once more, and nobody else does.

use booking::{service::By, store::Revised};
use contracts::directory::Mode;

use crate::{
    house::{ASK, CENTRE, OF_CENTRE, TALK, at, audit, berta, send_all},
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

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_staff_move_is_told_of_by_the_notice_the_centre_set_and_not_too_late() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let (Revised { revision, value }, _) = house.booking.store().offer_setting(ASK).await.unwrap().unwrap();
    let mut setting: serde_json::Value = serde_json::from_str(&value).unwrap();
    setting["times"]["notice_minutes"] = serde_json::json!(48 * 60);
    let setting = Revised { revision, value: setting.to_string() };
    let saved = house.booking.store().save_offer_setting(CENTRE, ASK, true, &setting, &audit("notice")).await;
    saved.unwrap();

    let asked = house.book(ASK, "form", "2026-12-03T09:00:00Z", None).await.appointment;
    let bookable = house.booking.offer_at_the_desk(&asked).await.unwrap();
    let berta = berta();
    let later = at("2026-12-10T09:00:00Z");
    house.booking.move_to(&bookable, &asked, Mode::InPerson, later, By::Staff(&berta)).await.unwrap();
    house.clock.set(at("2026-12-08T08:59:00Z"));
    send_all(&mailer).await;
    let told = |mails: &[mailkit::testing::ReceivedMail]| {
        mails.iter().filter(|mail| Letter::of(mail).subject.starts_with("Noch offen")).count()
    };
    assert_eq!(told(&post.sink.mails()), 0);
    house.clock.set(at("2026-12-08T09:00:00Z"));
    send_all(&mailer).await;
    assert_eq!(told(&post.sink.mails()), 1, "two days before, as the centre wants to be asked");
}
