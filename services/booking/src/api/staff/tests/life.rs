//! The life of an appointment as a program of the centre sees it.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use serde_json::{Value, json};

use super::program::{A, Reply, get, post, request, send};
use crate::{
    contact::LONGEST_CANCEL_NOTE,
    web::desk::tests::desk::{Desk, MONDAY_NINE, desk, open_desk},
};

const MONDAY_TEN: &str = "2026-11-23T09:00:00Z";
const TUESDAY_TEN: &str = "2026-11-24T09:00:00Z";
const KEY: &str = "6f1c0f5e-2a43-4f0e-9a53-0d2e1f3b4c5d";
const OTHER_KEY: &str = "0b9d2f6a-77a1-4a35-8d0c-5a1c1c5f0e11";

async fn book(desk: &Desk, key: &str, body: &Value) -> Reply {
    let request = request("carl", Method::POST, &format!("{A}/appointments"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    send(desk, request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_list_says_who_comes_when_and_not_who_it_is() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    desk.book("form-2", TUESDAY_TEN, "").await;
    let list = get(&desk, "berta", &format!("{A}/appointments")).await.good();
    assert_eq!((&list["from"], &list["to"]), (&json!("2026-11-20"), &json!("2026-12-20")));
    let shown = json!({
        "id": one.id, "offer": "a-debt", "counsellor": one.resource_id, "room": null, "mode": "phone",
        "start": MONDAY_NINE, "end": MONDAY_TEN, "state": "confirmed", "version": 0, "attendance": null,
        "has_contact": true, "forgotten": MONDAY_TEN,
    });
    assert_eq!(list["appointments"][0], shown);
    assert_eq!(list["appointments"][1]["has_contact"], false);
    let here = format!("{A}/appointments/{}", one.id);
    assert_eq!(get(&desk, "berta", &here).await.good(), shown);
    let day = get(&desk, "berta", &format!("{A}/appointments?from=2026-11-24&to=2026-11-24")).await.good();
    assert_eq!(day["appointments"].as_array().unwrap().len(), 1);
    assert!(!list.to_string().contains("Geheim") && !list.to_string().contains("0761"), "{list}");
    for query in
        ["geheim=1", "from=geheim", "from=1999-01-01", "from=2026-12-02&to=2026-12-01", "to=2028-01-01"]
    {
        get(&desk, "berta", &format!("{A}/appointments?{query}")).await.problem(StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn who_reads_what_a_seeker_said_is_written_down_and_what_it_says_is_not() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    let address = format!("{A}/appointments/{}/contact", one.id);
    get(&desk, "berta", &address).await.problem(StatusCode::METHOD_NOT_ALLOWED);
    let said = post(&desk, "berta", &address, &json!({})).await.good();
    assert_eq!(said, json!({"name": "Kim Geheim", "mail": "", "phone": "0761 12345", "note": ""}));
    assert_eq!(desk.count("appointment.contact-read").await, 1);
    assert!(!format!("{:?}", desk.trail().await).contains("Geheim"));
    let nothing = desk.book("form-2", TUESDAY_TEN, "").await.appointment;
    let said = post(&desk, "berta", &format!("{A}/appointments/{}/contact", nothing.id), &json!({})).await;
    assert_eq!(said.good()["name"], "");
}

#[tokio::test]
async fn an_appointment_is_confirmed_moved_handed_over_and_cancelled_over_the_version_that_was_read() {
    let desk = desk().await;
    desk.open_offer(&[("zusage", "centre")]).await;
    for (who, weekday) in [("berta", "1"), ("berta", "2"), ("carl", "1")] {
        desk.enter(who, &[("wochentag", weekday)]).await;
    }
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    let here = format!("{A}/appointments/{}", one.id);
    let does = async |what: &str, body: Value| post(&desk, "berta", &format!("{here}/{what}"), &body).await;

    let confirmed = does("confirmation", json!({"version": 0})).await.good();
    assert_eq!((&confirmed["state"], &confirmed["version"]), (&json!("confirmed"), &json!(1)));
    let wanted = json!({"version": 1, "start": TUESDAY_TEN});
    let moved = does("move", wanted.clone()).await.good();
    assert_eq!(
        (&moved["start"], &moved["version"], &moved["mode"]),
        (&json!(TUESDAY_TEN), &json!(2), &json!("phone"))
    );
    assert_eq!(does("move", wanted).await.problem(StatusCode::CONFLICT), "changed");
    let far = json!({"version": 2, "start": "2026-11-28T09:00:00Z", "mode": "in_person"});
    assert_eq!(does("move", far).await.problem(StatusCode::CONFLICT), "taken");
    let when = json!({"version": 2, "start": "geheim"});
    assert_eq!(does("move", when).await.pointer(StatusCode::BAD_REQUEST), "/start");

    let people = get(&desk, "berta", &format!("{A}/resources")).await.good();
    let carl = people.as_array().unwrap().iter().find(|one| one["name"] == "Carl Kollege").unwrap();
    assert_eq!(
        (&carl["kind"], &carl["active"], &carl["own"]),
        (&json!("counsellor"), &json!(true), &json!(false))
    );
    for unknown in ["geheim", ""] {
        let reply = does("handover", json!({"version": 2, "counsellor": unknown})).await;
        assert_eq!(reply.pointer(StatusCode::UNPROCESSABLE_ENTITY), "/counsellor");
    }
    let handed = does("handover", json!({"version": 2, "counsellor": carl["id"]})).await.good();
    assert_eq!((&handed["counsellor"], &handed["version"]), (&carl["id"], &json!(3)));

    let long = json!({"version": 3, "note": "x".repeat(LONGEST_CANCEL_NOTE + 1)});
    assert_eq!(does("cancellation", long).await.pointer(StatusCode::UNPROCESSABLE_ENTITY), "/note");
    assert_eq!(does("cancellation", json!({"version": 2})).await.problem(StatusCode::CONFLICT), "changed");
    let note = json!({"version": 3, "note": "Wir sind krank."});
    let cancelled = does("cancellation", note).await.good();
    assert_eq!((&cancelled["state"], &cancelled["has_contact"]), (&json!("cancelled"), &json!(false)));
    let kept = desk.booking.store().appointment(&one.id).await.unwrap().unwrap();
    let told = desk.booking.note_of(&kept).await.unwrap().unwrap();
    assert_eq!(told.expose().text(), "Wir sind krank.");
    for (what, body) in [
        ("confirmation", json!({"version": 4})),
        ("cancellation", json!({"version": 4})),
        ("move", json!({"version": 4, "start": MONDAY_NINE})),
        ("handover", json!({"version": 4, "counsellor": one.resource_id})),
    ] {
        let reply = does(what, body).await;
        let kind = reply.problem(StatusCode::CONFLICT);
        assert!(["closed", "taken"].contains(&kind), "{what}: {kind}");
    }
    for action in ["confirmed", "moved", "handed-over", "cancelled"] {
        assert_eq!(desk.count(&format!("appointment.{action}")).await, 1, "{action}");
    }
}

#[tokio::test]
async fn whether_somebody_came_is_noted_from_the_begin_on() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let address = format!("{A}/appointments/{}/attendance", one.id);
    let came = json!({"version": 0, "attendance": "kept"});
    assert_eq!(post(&desk, "berta", &address, &came).await.problem(StatusCode::CONFLICT), "not-begun");
    desk.set_clock("2026-11-23T08:10:00Z");
    assert_eq!(post(&desk, "berta", &address, &came).await.good()["attendance"], "kept");
    let missed = json!({"version": 0, "attendance": "missed"});
    assert_eq!(post(&desk, "berta", &address, &missed).await.good()["attendance"], "missed");
    let perhaps = json!({"version": 0, "attendance": "geheim"});
    assert_eq!(
        post(&desk, "berta", &address, &perhaps).await.pointer(StatusCode::BAD_REQUEST),
        "/attendance"
    );
    let closed =
        post(&desk, "berta", &address.replace("attendance", "cancellation"), &json!({"version": 0})).await;
    assert_eq!(closed.problem(StatusCode::CONFLICT), "closed");
}

#[tokio::test]
async fn what_is_forgotten_is_not_there() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    desk.set_clock("2026-11-23T09:01:00Z");
    desk.booking.forget_due(std::time::Duration::from_secs(73 * 3_600 + 60)).await.unwrap();
    let here = format!("{A}/appointments/{}", one.id);
    assert_eq!(get(&desk, "berta", &here).await.problem(StatusCode::NOT_FOUND), "no-such-appointment");
    let contact = post(&desk, "berta", &format!("{here}/contact"), &json!({})).await;
    assert_eq!(contact.problem(StatusCode::NOT_FOUND), "no-such-appointment");
}

#[tokio::test]
async fn somebody_on_the_phone_is_booked_once_however_often_it_is_sent() {
    let desk = open_desk().await;
    let wanted = json!({"offer": "a-debt", "start": MONDAY_NINE, "mode": "phone", "name": "Kim Geheim",
        "phone": "0761 12345", "lang": "en"});
    let booked = book(&desk, KEY, &wanted).await;
    assert_eq!(booked.status, StatusCode::CREATED, "{}", booked.json);
    let receipt = booked.good();
    assert_eq!((receipt["code"].as_str().unwrap().len(), receipt["pin"].as_str().unwrap().len()), (11, 4));
    assert_eq!(receipt["appointment"]["has_contact"], true);
    assert!(!receipt.to_string().contains("Geheim"));
    assert_eq!(book(&desk, KEY, &wanted).await.good(), receipt, "the same receipt");
    assert_eq!(desk.count("appointment.booked").await, 1);
    let list = get(&desk, "carl", &format!("{A}/appointments")).await.good();
    assert_eq!(list["appointments"].as_array().unwrap().len(), 1);
    let contact = format!("{A}/appointments/{}/contact", receipt["appointment"]["id"].as_str().unwrap());
    assert_eq!(post(&desk, "carl", &contact, &json!({})).await.good()["name"], "Kim Geheim");

    let with = |field: &str, value: Value| {
        let mut body = wanted.clone();
        body[field] = value;
        body
    };
    for (body, status, kind) in [
        (with("phone", json!("geheim")), StatusCode::UNPROCESSABLE_ENTITY, "unusable-value"),
        (with("name", json!("x".repeat(81))), StatusCode::UNPROCESSABLE_ENTITY, "unusable-value"),
        (with("offer", json!("b-debt")), StatusCode::NOT_FOUND, "no-such-offer"),
        (with("offer", json!("a-group")), StatusCode::NOT_FOUND, "no-such-offer"),
        (with("offer", json!("geheim\u{0}")), StatusCode::NOT_FOUND, "no-such-offer"),
        (with("mode", json!("video")), StatusCode::CONFLICT, "taken"),
        (with("mode", json!("geheim")), StatusCode::BAD_REQUEST, "bad-body"),
        (with("start", json!("geheim")), StatusCode::BAD_REQUEST, "bad-value"),
        (with("start", json!("2026-11-23T08:10:00Z")), StatusCode::CONFLICT, "taken"),
        (with("geheim", json!("geheim")), StatusCode::BAD_REQUEST, "bad-body"),
    ] {
        assert_eq!(book(&desk, OTHER_KEY, &body).await.problem(status), kind, "{body}");
    }
    let refused = book(&desk, OTHER_KEY, &with("lang", json!("geheim"))).await;
    assert_eq!(refused.pointer(StatusCode::BAD_REQUEST), "/lang");
    for (field, value) in [("mail", "geheim"), ("counsellor", "geheim"), ("counsellor", "")] {
        let refused = book(&desk, OTHER_KEY, &with(field, json!(value))).await;
        assert_eq!(refused.pointer(StatusCode::UNPROCESSABLE_ENTITY), format!("/{field}"));
    }
    for key in ["", "1", "geheim geheim geheim geheim"] {
        assert_eq!(book(&desk, key, &wanted).await.problem(StatusCode::BAD_REQUEST), "bad-value");
    }
    assert_eq!(book(&desk, OTHER_KEY, &wanted).await.status, StatusCode::CREATED, "the colleague is free");
    let third = KEY.replace('6', "7");
    assert_eq!(book(&desk, &third, &wanted).await.problem(StatusCode::CONFLICT), "taken");
}

#[tokio::test]
async fn a_program_chooses_the_counsellor_and_where_mails_go_as_the_page_does() {
    let desk = open_desk().await;
    let people = get(&desk, "carl", &format!("{A}/resources")).await.good();
    let id =
        |name: &str| people.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone();
    for (key, name) in [(KEY, "Carl Kollege"), (OTHER_KEY, "Berta Beratung")] {
        let wanted = json!({"offer": "a-debt", "start": MONDAY_NINE, "mode": "phone", "lang": "en",
            "counsellor": id(name), "mail": " kim@example.org "});
        let booked = book(&desk, key, &wanted).await;
        assert_eq!(booked.status, StatusCode::CREATED, "{}", booked.json);
        let booked = booked.good();
        assert_eq!(booked["appointment"]["counsellor"], id(name));
        assert_eq!(book(&desk, key, &wanted).await.good(), booked, "the same receipt");
        let kept = booked["appointment"]["id"].as_str().unwrap();
        let kept = desk.booking.store().appointment(kept).await.unwrap().unwrap();
        assert_eq!(kept.lang, kernel::Lang::En);
        assert_eq!(desk.booking.notify_of(&kept).await.unwrap().unwrap().expose().mail, "kim@example.org");
    }
    let third = KEY.replace('6', "7");
    let wanted =
        json!({"offer": "a-debt", "start": MONDAY_TEN, "mode": "phone", "counsellor": id("Carl Kollege")});
    let body = |start: &str| {
        let mut body = wanted.clone();
        body["start"] = json!(start);
        body
    };
    let nobody = book(&desk, &third, &body(TUESDAY_TEN)).await;
    assert_eq!(nobody.problem(StatusCode::CONFLICT), "taken", "Carl is not there on Tuesdays");
    let program = "/arbeitsplatz/termine/a/einstellungen/buchbar";
    let address = format!("{program}/{}", id("Carl Kollege").as_str().unwrap());
    let off = desk.form("eva", &address, &address).await.without("aktiv");
    desk.done("eva", &address, &off).await;
    let off = book(&desk, &third, &body(MONDAY_TEN)).await;
    assert_eq!(off.pointer(StatusCode::UNPROCESSABLE_ENTITY), "/counsellor");
}

#[tokio::test]
async fn tallies_count_days_and_offers_and_name_nobody() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    desk.book("form-2", MONDAY_NINE, "Alex").await;
    desk.book("form-3", TUESDAY_TEN, "").await;
    let cancellation = format!("{A}/appointments/{}/cancellation", one.id);
    post(&desk, "berta", &cancellation, &json!({"version": 0})).await.good();
    let tallies = get(&desk, "berta", &format!("{A}/tallies")).await.good();
    assert_eq!((&tallies["from"], &tallies["to"]), (&json!("2026-01-01"), &json!("2026-12-31")));
    assert_eq!(
        tallies["tallies"],
        json!([
            {"day": "2026-11-23", "offer": "a-debt", "booked": 2, "moved": 0, "cancelled": 1, "declined": 0, "kept": 0, "missed": 0},
            {"day": "2026-11-24", "offer": "a-debt", "booked": 1, "moved": 0, "cancelled": 0, "declined": 0, "kept": 0, "missed": 0},
        ])
    );
    let none = get(&desk, "berta", &format!("{A}/tallies?from=2025-01-01&to=2025-12-31")).await.good();
    assert_eq!(none["tallies"], json!([]));
    get(&desk, "berta", &format!("{A}/tallies?from=2025-01-01&to=2026-12-31"))
        .await
        .problem(StatusCode::BAD_REQUEST);
}
