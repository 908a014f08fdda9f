//! Booking for somebody on the phone: freer than seekers are.

use axum::http::StatusCode;
use kernel::Secret;

use super::desk::{A, Desk, Form, MONDAY_NINE, at, open_desk};
use crate::{Span, appointment::State, service::Knock};

/// A Monday morning, an hour before the hours begin.
const MONDAY_EARLY: &str = "2026-11-23T07:00:00Z";

fn neu(more: &str) -> String {
    format!("{A}/neu?angebot=a-debt&art=phone{more}")
}

async fn of_monday(desk: &Desk) -> Vec<crate::appointment::Appointment> {
    let span = Span { from: at(MONDAY_EARLY), to: at("2026-11-24T00:00:00Z") };
    desk.booking.store().of_centre("a", span).await.unwrap()
}

#[tokio::test]
async fn the_free_hour_of_today_and_a_day_behind_the_horizon_can_be_booked() {
    let desk = open_desk().await;
    desk.set_clock(MONDAY_EARLY);
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let first = desk.booking.times(&bookable, None, None, 1).await.unwrap().days[0].date;
    assert_eq!(first.to_string(), "2026-11-24", "seekers need a day's notice");
    let nine = at(MONDAY_NINE).as_second();
    assert!(desk.page("berta", &neu("")).await.contains(&format!("zeit={nine}")));
    let far = desk.page("berta", &neu("&ab=2027-06-01")).await;
    assert!(far.contains("Dienstag, 1. Juni 2027"), "{far}");

    let form = desk.form("berta", &neu(&format!("&zeit={nine}")), &format!("{A}/neu")).await;
    let (status, page) = desk.post("berta", &format!("{A}/neu"), &form).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert_eq!(of_monday(&desk).await.len(), 1);
}

#[tokio::test]
async fn a_counsellor_can_be_chosen_and_is_the_person_herself_unless_another_is() {
    let desk = open_desk().await;
    let nine = at(MONDAY_NINE).as_second();
    let resource = |who: &'static str| async { desk.get(who, &format!("{A}/zeiten")).await.1 };
    let id = |address: String| address.rsplit('/').next().unwrap().to_owned();
    let (berta, carl) = (id(resource("berta").await), id(resource("carl").await));

    let own = desk.form("carl", &neu(&format!("&zeit={nine}")), &format!("{A}/neu")).await;
    assert_eq!(own.text("wer"), carl);
    let eva = desk.form("eva", &neu(&format!("&zeit={nine}")), &format!("{A}/neu")).await;
    assert_eq!(eva.text("wer"), "alle", "who has no hours takes whoever is free");
    let other = desk.form("carl", &neu(&format!("&wer={berta}&zeit={nine}")), &format!("{A}/neu")).await;
    let (status, receipt) = desk.post("carl", &format!("{A}/neu"), &other).await;
    assert_eq!(status, StatusCode::OK);
    assert!(receipt.contains("Berta Beratung"), "{receipt}");
    assert_eq!(of_monday(&desk).await[0].resource_id, berta);
    let tuesday = desk.page("carl", &neu(&format!("&wer={carl}&ab=2026-11-24"))).await;
    assert!(!tuesday.contains("Dienstag"), "Carl is not there on Tuesdays: {tuesday}");
    let taken = desk.form("carl", &neu(&format!("&wer={berta}&zeit={nine}")), &format!("{A}/neu")).await;
    assert_eq!(desk.post("carl", &format!("{A}/neu"), &taken).await.0, StatusCode::CONFLICT, "not with Carl");
    let nobody = own.with("wer", "niemand");
    assert_eq!(desk.post("carl", &format!("{A}/neu"), &nobody).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn it_is_agreed_at_once_and_mails_go_only_where_somebody_wants_them() {
    let desk = open_desk().await;
    desk.open_offer(&[("zusage", "centre"), ("vorlauf", "0")]).await;
    let nine = at(MONDAY_NINE).as_second();
    let form =
        desk.form("berta", &neu(&format!("&zeit={nine}")), &format!("{A}/neu")).await.with("name", "Kim");
    let (status, wrong) = desk.post("berta", &format!("{A}/neu"), &form.clone().with("mail", "kim")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.contains("href=\"#mail\"") && wrong.contains("value=\"kim\""), "{wrong}");
    let form = Form::of(&wrong, &format!("{A}/neu")).with("mail", "kim@example.org");
    let (status, receipt) = desk.post("berta", &format!("{A}/neu"), &form).await;
    assert_eq!(status, StatusCode::OK, "{receipt}");
    assert!(receipt.contains("geht an die E-Mail-Adresse") && !receipt.contains("kim@example.org"));
    let one = of_monday(&desk).await.remove(0);
    assert_eq!(one.state, State::Confirmed);
    assert_eq!(desk.booking.notify_of(&one).await.unwrap().unwrap().expose().mail, "kim@example.org");

    let link = receipt.split("mein-termin#").nth(1).unwrap().split('<').next().unwrap();
    let opened = desk.booking.knock(&Knock::Link(Secret::new(link.to_owned()))).await;
    assert!(opened.is_ok_and(|opened| opened.id == one.id), "the link can be read out");
}

#[tokio::test]
async fn a_move_by_the_centre_needs_no_notice_and_stays_with_its_counsellor() {
    let desk = open_desk().await;
    let id = |address: String| address.rsplit('/').next().unwrap().to_owned();
    let berta = id(desk.get("berta", &format!("{A}/zeiten")).await.1);
    let book = |time: &'static str| async {
        let page = neu(&format!("&wer={berta}&zeit={}", at(time).as_second()));
        let form = desk.form("eva", &page, &format!("{A}/neu")).await;
        assert_eq!(desk.post("eva", &format!("{A}/neu"), &form).await.0, StatusCode::OK);
    };
    for time in [MONDAY_NINE, "2026-11-24T08:00:00Z", "2026-11-24T10:00:00Z"] {
        book(time).await;
    }
    let one = of_monday(&desk).await.remove(0);
    // she has more to do this week than Carl, whose turn it would be
    desk.set_clock(MONDAY_EARLY);
    let address = format!("{A}/{}/verschieben", one.id);
    let eleven = at("2026-11-23T10:00:00Z");
    let page = desk.page("berta", &address).await;
    let form = Form::of(&page, &address).with("zeit", &eleven.as_second().to_string());
    assert!(page.contains(&format!("value=\"{}\"", eleven.as_second())), "today: {page}");
    desk.done("berta", &address, &form).await;
    let moved = desk.booking.store().appointment(&one.id).await.unwrap().unwrap();
    assert_eq!((moved.resource_id.as_str(), moved.span.from), (berta.as_str(), eleven));

    // where she cannot, somebody else can
    book(MONDAY_NINE).await;
    let form = desk.form("berta", &address, &address).await;
    let nine = at(MONDAY_NINE).as_second().to_string();
    desk.done("berta", &address, &form.with("zeit", &nine)).await;
    let moved = desk.booking.store().appointment(&one.id).await.unwrap().unwrap();
    assert_ne!(moved.resource_id, berta);
}
