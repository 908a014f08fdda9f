//! Booking for somebody on the phone: freer than seekers are.

use axum::http::StatusCode;
use kernel::{Lang, Secret};

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
async fn who_calls_is_written_to_in_her_language_whichever_the_counsellor_reads() {
    let desk = open_desk().await;
    let (monday, english) = (at(MONDAY_NINE).as_second(), format!("/en{A}/neu"));
    let page = format!("/en{}", neu(&format!("&wer=alle&zeit={monday}")));
    for (language, lang, link) in [
        (None, Lang::De, "https://hilfe.example/mein-termin#"),
        (Some("en"), Lang::En, "https://hilfe.example/en/mein-termin#"),
    ] {
        let mut form = desk.form("berta", &page, &english).await.with("mail", "kim@example.org");
        assert_eq!(form.text("sprache"), "de", "German unless somebody says so");
        if let Some(language) = language {
            form = form.with("sprache", language);
        }
        let (status, receipt) = desk.post("berta", &english, &form).await;
        assert_eq!(status, StatusCode::OK, "{receipt}");
        assert!(receipt.contains(link) && receipt.contains("<html lang=\"en\""), "{receipt}");
        assert_eq!(of_monday(&desk).await.iter().filter(|one| one.lang == lang).count(), 1);
    }
}

#[tokio::test]
async fn what_was_typed_is_not_lost_with_a_time_that_somebody_else_took() {
    let desk = open_desk().await;
    let (nine, address) = (at(MONDAY_NINE).as_second(), format!("{A}/neu"));
    let typed =
        [("name", "Kim <b>"), ("telefon", "0761 12345"), ("mail", "kim@example.org"), ("sprache", "en")];
    let form = desk.form("berta", &neu(&format!("&wer=alle&zeit={nine}")), &address).await;
    let form = typed.iter().fold(form, |form, (name, text)| form.with(name, text));
    let kept = |form: &Form| typed.iter().all(|(name, text)| form.text(name) == *text);
    for form in ["form-1", "form-2"] {
        desk.book(form, MONDAY_NINE, "").await;
    }
    let (status, page) = desk.post("berta", &address, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Diese Zeit ist vergeben") && !page.contains("<b>"), "{page}");
    assert!(!page.contains("href=\"/arbeitsplatz/termine/a/neu?"), "in no address: {page}");
    // other days first, then another time
    let search = Form::of(&page, &address);
    assert!(kept(&search), "{search:?}");
    let (status, page) = desk.post("berta", &address, &search.with("ab", "2026-11-30")).await;
    assert_eq!(status, StatusCode::OK);
    let choice = page.split("<form").find(|form| form.contains("name=\"zeit\"")).unwrap();
    let next = at("2026-11-30T08:00:00Z").as_second().to_string();
    assert!(choice.contains(&format!("value=\"{next}\"")) && choice.contains("name=\"ab\""), "{choice}");
    let chosen = Form::of(&format!("<form{choice}"), &address).with("zeit", &next);
    assert!(kept(&chosen), "{chosen:?}");
    let (status, page) = desk.post("berta", &address, &chosen).await;
    assert_eq!(status, StatusCode::OK);
    let details = Form::of(&page, &address);
    assert!(kept(&details) && page.contains("Für wen ist der Termin?"), "not booked yet: {page}");
    let (status, receipt) = desk.post("berta", &address, &details).await;
    assert_eq!(status, StatusCode::OK);
    assert!(receipt.contains("Lesen Sie Code und PIN vor"), "{receipt}");

    // the offer can be booked no more: nothing is lost either
    let offer = format!("{A}/angebote/a-debt");
    let off = desk.form("eva", &offer, &offer).await.without("buchbar");
    desk.saved("eva", &offer, &off).await;
    let (status, _) = desk.post("berta", &address, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
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
