//! The life of an appointment as a counsellor sees it.

use axum::http::StatusCode;

use super::desk::{A, Desk, Form, MONDAY_NINE, desk, open_desk};
use crate::appointment::{Appointment, Attendance, State};

const TUESDAY_TEN: &str = "2026-11-24T09:00:00Z";

async fn now_of(desk: &Desk, id: &str) -> Appointment {
    desk.booking.store().appointment(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_manager_opens_an_offer_a_counsellor_her_hours_and_a_request_is_confirmed() {
    let desk = desk().await;
    let (_, empty) = desk.get("eva", A).await;
    assert!(empty.contains("Noch kann niemand bei Ihnen einen Termin buchen"));
    desk.open_offer(&[("zusage", "centre")]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;

    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    assert_eq!(one.state, State::Requested);
    let list = desk.page("berta", A).await;
    assert!(list.contains("Eine Anfrage wartet") && list.contains("Montag, 23. November 2026"), "{list}");
    assert!(list.contains("9:00 – 10:00") && list.contains("wartet auf Bestätigung"));
    assert!(!list.contains("Kim Geheim"), "a list names nobody");

    let address = format!("{A}/{}", one.id);
    let page = desk.page("berta", &address).await;
    assert!(!page.contains("Kim Geheim"), "what she said is shown on request only");
    let form = Form::of(&page, &format!("{address}/bestaetigung"));
    let to = desk.done("berta", &format!("{address}/bestaetigung"), &form).await;
    assert_eq!(to, format!("{address}?getan=bestaetigt"));
    assert_eq!(now_of(&desk, &one.id).await.state, State::Confirmed);
    let page = desk.page("berta", &to).await;
    assert!(page.contains("Der Termin ist bestätigt."));
}

#[tokio::test]
async fn who_reads_what_a_seeker_said_is_written_down_and_what_it_says_is_not() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim <Geheim>").await.appointment;
    let address = format!("{A}/{}", one.id);
    let (status, page) = desk.post("berta", &format!("{address}/angaben"), &Form::default()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Kim &lt;Geheim&gt;") && page.contains("0761 12345"), "{page}");
    let expected = ["Berta Beratung", "appointment.contact-read", "a", "Schuldnerberatung, 2026-11-23"]
        .map(String::from);
    let read: Vec<_> = desk.trail().await.into_iter().filter(|line| line[1] == expected[1]).collect();
    assert_eq!(read, [expected]);
    let (_, page) = desk.get("berta", &address).await;
    assert!(!page.contains("0761 12345"), "the next page does not show it");
}

#[tokio::test]
async fn the_trail_names_centre_offer_and_day_and_never_the_appointment() {
    let desk = desk().await;
    desk.open_offer(&[("zusage", "centre")]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;
    desk.enter("carl", &[("wochentag", "1")]).await;
    let stand = |stand: &str| Form::default().with("stand", stand);
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let address = format!("{A}/{}", one.id);
    desk.done("berta", &format!("{address}/bestaetigung"), &stand("0")).await;
    let form = desk.form("berta", &address, &format!("{address}/uebergabe")).await;
    desk.done("berta", &format!("{address}/uebergabe"), &form).await;
    desk.set_clock("2026-11-23T08:10:00Z");
    let came = stand("2").with("anwesenheit", "missed");
    desk.done("carl", &format!("{address}/anwesenheit"), &came).await;
    desk.set_clock("2026-11-23T07:10:00Z");
    desk.done("carl", &format!("{address}/absage"), &stand("2")).await;
    let other = desk.book("form-2", "2026-11-30T08:00:00Z", "Alex").await.appointment;
    desk.done("carl", &format!("{A}/{}/absage", other.id), &stand("0")).await;

    let trail = desk.trail().await;
    for (who, action, day) in [
        ("Berta Beratung", "confirmed", "2026-11-23"),
        ("Berta Beratung", "handed-over", "2026-11-23"),
        ("Carl Kollege", "attendance-noted", "2026-11-23"),
        ("Carl Kollege", "cancelled", "2026-11-23"),
        ("Carl Kollege", "declined", "2026-11-30"),
    ] {
        let line = [who, &format!("appointment.{action}"), "a", &format!("Schuldnerberatung, {day}")];
        assert!(trail.contains(&line.map(String::from)), "{line:?} in {trail:?}");
    }
    let whole = format!("{:?}", desk.booking.store().audit_entries(None, 100).await.unwrap());
    for secret in [&one.id, &other.id, "Kim", "Alex", "missed"] {
        assert!(!whole.contains(secret), "{secret} in {whole}");
    }
}

#[tokio::test]
async fn an_appointment_is_moved_handed_over_and_cancelled() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let address = format!("{A}/{}", one.id);

    let page = desk.page("berta", &format!("{address}/verschieben")).await;
    assert!(page.contains("Dienstag, 24. November 2026"), "{page}");
    let ten = super::desk::at(TUESDAY_TEN).as_second().to_string();
    assert!(page.contains(&format!("value=\"{ten}\"")));
    let form = Form::of(&page, &format!("{address}/verschieben")).with("zeit", &ten);
    desk.done("berta", &format!("{address}/verschieben"), &form).await;
    let moved = now_of(&desk, &one.id).await;
    assert_eq!((moved.span.from, moved.version), (super::desk::at(TUESDAY_TEN), 1));

    let (status, stale) = desk.post("carl", &format!("{address}/verschieben"), &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(stale.contains("Der Termin hat sich geändert"));

    let page = desk.page("berta", &address).await;
    let form = Form::of(&page, &format!("{address}/uebergabe"));
    let colleague = form.text("an").to_owned();
    assert_ne!(colleague, moved.resource_id);
    desk.done("berta", &format!("{address}/uebergabe"), &form).await;
    assert_eq!(now_of(&desk, &one.id).await.resource_id, colleague);

    let page = desk.page("carl", &format!("{address}/absage")).await;
    assert!(page.contains("Die Person bekommt keine E-Mail von uns"));
    let form = Form::of(&page, &format!("{address}/absage"));
    desk.done("carl", &format!("{address}/absage"), &form).await;
    let cancelled = now_of(&desk, &one.id).await;
    assert!(matches!(cancelled.state, State::Cancelled { .. }) && cancelled.contact.is_none());
    let (status, closed) = desk.get("carl", &format!("{address}/absage")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(closed.contains("Das geht nicht mehr"));
}

#[tokio::test]
async fn a_colleague_who_was_just_switched_off_does_not_make_an_appointment_disappear() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let address = format!("{A}/{}", one.id);
    let over = format!("{address}/uebergabe");
    let form = desk.form("berta", &address, &over).await;
    let colleague = format!("{A}/einstellungen/buchbar/{}", form.text("an"));
    let off = desk.form("eva", &colleague, &colleague).await.without("aktiv");
    desk.done("eva", &colleague, &off).await;
    let (status, page) = desk.post("berta", &over, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Diese Person nimmt zurzeit keine Termine an"), "{page}");
    assert_eq!(now_of(&desk, &one.id).await, one);
    let (status, _) = desk.post("berta", &over, &form.with("an", "niemand")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_was_written_to_the_person_is_not_lost_when_the_appointment_changed() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let address = format!("{A}/{}/absage", one.id);
    let form = desk.form("berta", &address, &address).await.with("nachricht", "Wir sind krank: <b>");
    let over = format!("{A}/{}/uebergabe", one.id);
    let hand = desk.form("carl", &format!("{A}/{}", one.id), &over).await;
    desk.done("carl", &over, &hand).await;
    for lang in kernel::Lang::ALL {
        let (status, page) = desk.post("berta", &format!("{}{address}", lang.path_prefix()), &form).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("notice--warning") && !page.contains("<b>"), "{page}");
    }
    let (_, page) = desk.post("berta", &address, &form).await;
    assert!(page.contains("Jemand hat diesen Termin inzwischen geändert"), "{page}");
    assert_eq!(now_of(&desk, &one.id).await.state, State::Confirmed);
    let again = Form::of(&page, &address);
    assert_eq!(again.text("nachricht"), "Wir sind krank: <b>");
    desk.done("berta", &address, &again).await;
    let (status, page) = desk.post("berta", &address, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Das geht nicht mehr"), "it is cancelled by now: {page}");
}

#[tokio::test]
async fn it_can_be_moved_by_less_than_its_length() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    desk.book("form-2", MONDAY_NINE, "").await;
    let address = format!("{A}/{}/verschieben", one.id);
    let page = desk.page("berta", &address).await;
    let half_past = super::desk::at("2026-11-23T08:30:00Z").as_second().to_string();
    assert!(page.contains(&format!("value=\"{half_past}\"")), "{page}");
    let now = super::desk::at(MONDAY_NINE).as_second();
    assert!(!page.contains(&format!("value=\"{now}\"")), "where it is, it is already");
    let form = Form::of(&page, &address).with("zeit", &half_past);
    desk.done("berta", &address, &form).await;
    assert_eq!(now_of(&desk, &one.id).await.span.from.as_second().to_string(), half_past);
}

#[tokio::test]
async fn a_cancellation_can_say_something_and_only_the_person_reads_it() {
    let desk = open_desk().await;
    let reserved = desk.book("form-1", MONDAY_NINE, "Kim").await;
    let address = format!("{A}/{}", reserved.appointment.id);
    let page = desk.page("berta", &format!("{address}/absage")).await;
    assert!(page.contains("Die Nachricht steht auf der Seite „Mein Termin“"), "{page}");
    let form = Form::of(&page, &format!("{address}/absage"));
    let (status, wrong) = desk
        .post("berta", &format!("{address}/absage"), &form.clone().with("nachricht", &"ä".repeat(501)))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.contains("Höchstens 500 Zeichen.") && wrong.contains("href=\"#nachricht\""), "{wrong}");
    let told = form.with("nachricht", "Wir sind krank.\r\nBitte rufen Sie an: <b>");
    desk.done("berta", &format!("{address}/absage"), &told).await;

    let cancelled = now_of(&desk, &reserved.appointment.id).await;
    let sealed = cancelled.note.as_ref().unwrap();
    assert!(!String::from_utf8_lossy(&sealed.bytes).contains("krank"));
    let note = desk.booking.note_of(&cancelled).await.unwrap().unwrap();
    assert_eq!(note.expose().text(), "Wir sind krank.\nBitte rufen Sie an: <b>");
    let trail = format!("{:?}", desk.booking.store().audit_entries(None, 100).await.unwrap());
    assert!(!trail.contains("krank"));
    assert!(!desk.page("berta", &address).await.contains("krank"), "nor do colleagues read it");
    desk.set_clock("2026-11-23T09:01:00Z");
    desk.booking.forget_due(std::time::Duration::from_secs(73 * 3_600 + 60)).await.unwrap();
    assert!(desk.booking.note_of(&cancelled).await.unwrap().is_none(), "its key is destroyed");
}

#[tokio::test]
async fn a_time_that_somebody_else_took_meanwhile_is_not_given_twice() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    desk.book("form-2", TUESDAY_TEN, "").await;
    let address = format!("{A}/{}", one.id);
    let taken = super::desk::at(TUESDAY_TEN).as_second().to_string();
    let form = Form::default().with("stand", "0").with("art", "phone").with("zeit", &taken);
    let (status, page) = desk.post("berta", &format!("{address}/verschieben"), &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Diese Zeit ist vergeben"), "{page}");
    assert_eq!(now_of(&desk, &one.id).await, one);
}

#[tokio::test]
async fn a_switched_off_offer_leaves_its_appointments_in_hand() {
    let desk = desk().await;
    desk.open_offer(&[("zusage", "centre")]).await;
    desk.enter("berta", &[]).await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let offer = format!("{A}/angebote/a-debt");
    let form = desk.form("eva", &offer, &offer).await.without("buchbar");
    desk.saved("eva", &offer, &form).await;
    let address = format!("{A}/{}", one.id);
    let form = Form::default().with("stand", "0");
    desk.done("berta", &format!("{address}/bestaetigung"), &form).await;
    assert_eq!(now_of(&desk, &one.id).await.state, State::Confirmed);
}

#[tokio::test]
async fn a_centre_that_left_the_directory_keeps_its_appointments_in_hand() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    desk.unlist("a").await;
    let address = format!("{A}/{}/absage", one.id);
    let form = desk.form("berta", &address, &address).await;
    desk.done("berta", &address, &form).await;
    assert!(matches!(now_of(&desk, &one.id).await.state, State::Cancelled { .. }));
}

#[tokio::test]
async fn whether_somebody_came_is_noted_from_the_begin_on() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let address = format!("{A}/{}", one.id);
    let came = Form::default().with("stand", "0").with("anwesenheit", "kept");
    let (status, _) = desk.post("berta", &format!("{address}/anwesenheit"), &came).await;
    assert_eq!(status, StatusCode::CONFLICT, "not before it has begun");
    desk.set_clock("2026-11-23T08:10:00Z");
    desk.done("berta", &format!("{address}/anwesenheit"), &came).await;
    assert_eq!(now_of(&desk, &one.id).await.attendance, Some(Attendance::Kept));
    let (status, _) = desk
        .post("berta", &format!("{address}/anwesenheit"), &came.clone().with("anwesenheit", "vielleicht"))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_forgotten_has_a_plain_page() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    desk.set_clock("2026-11-23T09:01:00Z");
    let running = std::time::Duration::from_secs(73 * 3_600 + 60);
    desk.booking.forget_due(running).await.unwrap();
    for address in
        [format!("{A}/{}", one.id), format!("{A}/nie-da-gewesen"), format!("{A}/{}/absage", one.id)]
    {
        let (status, page) = desk.get("berta", &address).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.contains("Diesen Termin gibt es nicht"), "{page}");
    }
}

#[tokio::test]
async fn somebody_on_the_phone_gets_an_appointment_with_code_and_pin() {
    let desk = open_desk().await;
    let address = format!("{A}/neu");
    let page = desk.page("carl", &format!("{address}?art=phone")).await;
    let monday = super::desk::at(MONDAY_NINE).as_second();
    assert!(page.contains(&format!("zeit={monday}")), "{page}");
    let form = desk
        .form("carl", &format!("{address}?angebot=a-debt&art=phone&zeit={monday}"), &address)
        .await
        .with("name", "Kim");
    let (status, wrong) = desk.post("carl", &address, &form.clone().with("telefon", "keins")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.contains("Das ist keine Telefonnummer") && wrong.contains("value=\"Kim\""));

    let (status, receipt) = desk.post("carl", &address, &form).await;
    assert_eq!(status, StatusCode::OK);
    let shown = |html: &str| {
        html.split("<dd dir=\"ltr\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let codes = shown(&receipt);
    assert_eq!((codes.len(), codes[0].len(), codes[1].len()), (2, 11, 4), "{receipt}");
    let (_, again) = desk.post("carl", &address, &form).await;
    assert_eq!(shown(&again), codes, "sending it twice is one appointment");
    let span =
        crate::Span { from: super::desk::at(MONDAY_NINE), to: super::desk::at("2026-11-30T00:00:00Z") };
    assert_eq!(desk.booking.store().of_centre("a", span).await.unwrap().len(), 1);

    let other =
        desk.form("berta", &format!("{address}?angebot=a-debt&art=phone&zeit={monday}"), &address).await;
    let (status, _) = desk.post("berta", &address, &other).await;
    assert_eq!(status, StatusCode::OK, "her colleague is still free");
    let (status, page) = desk
        .post("berta", &address, &other.clone().with("form", &other.text("form").replace('-', "0")))
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "now nobody is");
    assert!(page.contains("Diese Zeit ist vergeben"));
    for (name, text) in [("form", "geraten"), ("zeit", "x"), ("art", "brieftaube"), ("angebot", "b-debt")] {
        let (status, _) = desk.post("berta", &address, &other.clone().with(name, text)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}");
    }
}

#[tokio::test]
async fn numbers_count_and_name_nobody() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    desk.book("form-2", MONDAY_NINE, "Alex").await;
    let form = Form::default().with("stand", "0");
    desk.done("berta", &format!("{A}/{}/absage", one.id), &form).await;
    let page = desk.page("berta", &format!("{A}/zahlen")).await;
    assert!(page.contains("November 2026") && page.contains("data-label=\"Gebucht\">2<"), "{page}");
    assert!(page.contains("data-label=\"Abgesagt\">1<") && !page.contains("Kim") && !page.contains("Alex"));
    let (_, other) = desk.get("berta", &format!("{A}/zahlen?jahr=2025")).await;
    assert!(other.contains("noch nichts gezählt"));
}
