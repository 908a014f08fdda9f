//! What is set, as documents that are replaced over the revision that was read.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use serde_json::{Value, json};

use super::program::{A, get, post, put, request, send};
use crate::web::desk::tests::desk::{Desk, Form, MONDAY_NINE, desk, open_desk};

/// The same document with another value at a pointer.
fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    changed.pointer_mut(parent).unwrap()[name] = value;
    changed
}

/// Every change of a good document that cannot be set, and where it is wrong.
async fn assert_refused(desk: &Desk, who: &str, address: &str, changes: &[(Value, &str)]) {
    let before = get(desk, who, address).await;
    for (document, pointer) in changes {
        let refused = put(desk, who, address, before.tag(), document).await;
        assert_eq!(refused.pointer(StatusCode::UNPROCESSABLE_ENTITY), *pointer, "{document}");
    }
    assert_eq!(get(desk, who, address).await.tag(), before.tag(), "nothing was saved");
}

/// A document is saved once over each revision, and over no other.
async fn assert_revised(desk: &Desk, who: &str, address: &str, document: &Value) {
    let before = get(desk, who, address).await.tag().to_owned();
    let request = request(who, Method::PUT, address).header(header::CONTENT_TYPE, "application/json");
    let unread = send(desk, request.body(Body::from(document.to_string())).unwrap()).await;
    assert_eq!(unread.problem(StatusCode::PRECONDITION_REQUIRED), "if-match-needed");
    for tag in ["*", "\"99\"", "geheim", "", &format!("W/{before}")] {
        let stale = put(desk, who, address, tag, document).await;
        assert_eq!(stale.problem(StatusCode::PRECONDITION_FAILED), "changed", "{tag}");
    }
    let saved = put(desk, who, address, &before, document).await;
    let (status, tag) = (saved.status, saved.tag().to_owned());
    assert_eq!((status, saved.good()), (StatusCode::OK, document.clone()));
    let after = get(desk, who, address).await;
    assert_eq!((after.tag(), &after.json), (tag.as_str(), document));
    assert_ne!(tag, before);
    put(desk, who, address, &before, document).await.problem(StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn an_offer_is_set_over_the_revision_that_was_read() {
    let desk = desk().await;
    let address = format!("{A}/offers/a-debt/settings");
    let proposed = get(&desk, "eva", &address).await;
    assert_eq!(proposed.tag(), "\"0\"");
    assert_eq!(proposed.json["bookable"], false);
    let good = with(&proposed.json, "/bookable", json!(true));
    assert_revised(&desk, "eva", &address, &good).await;
    assert!(desk.booking.bookable("a-debt").await.is_ok());
    let at = |pointer: &str, value: Value| with(&good, &format!("/setting{pointer}"), value);
    let cases = [
        (at("/times/length", json!(0)), "/setting/times/length"),
        (at("/times/step", json!(0)), "/setting/times/step"),
        (at("/times/modes", json!([])), "/setting/times/modes"),
        (at("/times/capacity", json!(0)), "/setting/times/capacity"),
        (at("/times/capacity", json!(501)), "/setting/times/capacity"),
        (at("/times/horizon_days", json!(367)), "/setting/times/horizon_days"),
        (at("/times/notice_minutes", json!(900_000)), "/setting/times/notice_minutes"),
        (at("/times/limit_per_counsellor", json!(0)), "/setting/times/limit_per_counsellor"),
        (at("/times/limit_per_day", json!(501)), "/setting/times/limit_per_day"),
        (at("/times/rooms", json!(["geheim"])), "/setting/times/rooms"),
        (at("/reminders", json!([1, 1])), "/setting/reminders"),
        (at("/release_minutes", json!(2_000)), "/setting/release_minutes"),
        (at("/grace_hours", json!(25)), "/setting/grace_hours"),
        (at("/bring", json!("x".repeat(1_001))), "/setting/bring"),
    ];
    assert_refused(&desk, "eva", &address, &cases).await;
    for (document, pointer) in [
        (at("/times/length", json!(7)), "/setting/times/length"),
        (at("/geheim", json!(1)), "/setting"),
        (at("/agreement", json!("geheim")), "/setting/agreement"),
        (with(&good, "/geheim", json!(1)), ""),
        (json!({"bookable": true}), ""),
    ] {
        let refused = put(&desk, "eva", &address, "\"1\"", &document).await;
        assert_eq!(refused.pointer(StatusCode::BAD_REQUEST), pointer, "{document}");
    }
    let closed = with(&good, "/bookable", json!(false));
    put(&desk, "eva", &address, "\"1\"", &closed).await.good();
    assert!(desk.booking.bookable("a-debt").await.is_err());
    for action in ["booking.offer-set", "booking.offer-closed"] {
        assert_eq!(desk.count(action).await, 1, "{action}");
    }
}

#[tokio::test]
async fn a_centre_is_set_over_the_revision_that_was_read() {
    let desk = desk().await;
    let address = format!("{A}/settings");
    assert_eq!(get(&desk, "eva", &address).await.good(), json!({"holidays": {"closed": true}}));
    let good = json!({
        "holidays": {"closed": true, "land": "09", "municipal": ["assumption"]},
        "closures": [{"id": "c1", "range": {"from": "2026-12-24T00:00:00", "to": "2027-01-02T00:00:00"}}],
        "mail": "termine@haus.example",
    });
    assert_revised(&desk, "eva", &address, &good).await;
    let closure = |id: &str, from: &str, to: &str| json!([{"id": id, "range": {"from": from, "to": to}}]);
    let many: Vec<Value> = (0..201)
        .map(|number| closure(&number.to_string(), "2026-12-24T00:00:00", "2026-12-25T00:00:00")[0].clone())
        .collect();
    let closures = |closures: Value| with(&good, "/closures", closures);
    let cases = [
        (with(&good, "/holidays", json!({"closed": true})), "/holidays/land"),
        (with(&good, "/holidays/land", json!("17")), "/holidays/land"),
        (with(&good, "/holidays/municipal", json!(["geheim"])), "/holidays/municipal"),
        (with(&good, "/holidays/land", json!("08")), "/holidays/municipal"),
        (with(&good, "/mail", json!("geheim")), "/mail"),
        (closures(closure("c 1", "2026-12-24T00:00:00", "2026-12-25T00:00:00")), "/closures/0/id"),
        (closures(closure("c1", "2026-12-25T00:00:00", "2026-12-24T00:00:00")), "/closures/0/range/to"),
        (closures(closure("c1", "2026-12-24T00:03:00", "2026-12-25T00:00:00")), "/closures/0/range"),
        (closures(closure("c1", "1926-12-24T00:00:00", "2026-12-25T00:00:00")), "/closures/0/range"),
        (closures(json!(many)), "/closures"),
    ];
    assert_refused(&desk, "eva", &address, &cases).await;
    let wrong = closures(closure("c1", "geheim", "2026-12-25T00:00:00"));
    let refused = put(&desk, "eva", &address, "\"1\"", &wrong).await;
    assert_eq!(refused.pointer(StatusCode::BAD_REQUEST), "/closures/0/range/from");
    assert_eq!(desk.count("booking.centre-set").await, 1);
}

#[tokio::test]
async fn the_trail_tells_alike_who_switched_booking_off_on_the_page_and_by_program() {
    let desk = desk().await;
    let address = format!("{A}/settings");
    for (paused, action) in [(true, "booking.switched-off"), (false, "booking.switched-on")] {
        let before = get(&desk, "eva", &address).await;
        let wanted = json!({"paused": paused, "holidays": {"closed": true, "land": "09"}});
        put(&desk, "eva", &address, before.tag(), &wanted).await;
        assert_eq!(desk.count(action).await, 1, "{:?}", desk.trail().await);
    }
    assert_eq!(desk.count("booking.centre-set").await, 0);
}

#[tokio::test]
async fn hours_are_kept_by_the_counsellor_or_the_manager_and_by_nobody_else() {
    let desk = open_desk().await;
    let rooms = "/arbeitsplatz/termine/a/einstellungen/raum";
    desk.done("eva", rooms, &Form::default().with("raum", "Zimmer 1")).await;
    let list = get(&desk, "berta", &format!("{A}/resources")).await.good();
    let list = list.as_array().unwrap();
    let find = |name: &str| list.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(find("Berta Beratung")["own"], true);
    assert_eq!(find("Zimmer 1")["kind"], "room");
    let hours = |name: &str| format!("{A}/resources/{}/hours", find(name)["id"].as_str().unwrap());
    let hers = hours("Berta Beratung");
    let room = hours("Zimmer 1");
    for (who, address) in [("carl", &hers), ("berta", &room)] {
        get(&desk, who, address).await.problem(StatusCode::NOT_FOUND);
        put(&desk, who, address, "\"1\"", &json!({})).await.problem(StatusCode::NOT_FOUND);
        post(&desk, who, &format!("{address}/preview"), &json!({})).await.problem(StatusCode::NOT_FOUND);
    }
    let blocked = json!({"absences": [
        {"id": "a1", "range": {"from": "2026-12-01T00:00:00", "to": "2026-12-02T00:00:00"}}]});
    assert_revised(&desk, "eva", &room, &blocked).await;
    let read = get(&desk, "berta", &hers).await.good();
    let with_rules = json!({"rules": read["rules"]});
    assert_refused(&desk, "eva", &room, &[(with_rules, "/rules")]).await;
    assert_eq!(read["rules"].as_array().unwrap().len(), 2);
    let rule = json!({
        "id": "r1", "offers": ["a-debt"], "modes": ["in_person", "phone"],
        "pattern": {"weekly": {"every": 2, "weekday": "wednesday"}}, "from": "14:00", "to": "17:00",
        "valid_from": "2026-11-25", "except": ["2026-12-23"],
    });
    let absence = json!({"id": "a1", "range": {"from": "2026-12-01T00:00:00", "to": "2026-12-02T00:00:00"}});
    let good = json!({"rules": [read["rules"][0], rule], "absences": [absence]});
    assert_revised(&desk, "berta", &hers, &good).await;
    assert_revised(&desk, "eva", &hers, &with(&good, "/absences/0/id", json!("a2"))).await;
    assert_eq!(desk.count("booking.hours-set").await, 3);
    let second = |field: &str, value: Value| with(&good, &format!("/rules/1/{field}"), value);
    let cases = [
        (second("modes", json!([])), "/rules/1/modes"),
        (second("to", json!("14:00")), "/rules/1/to"),
        (
            second("pattern", json!({"weekly": {"every": 9, "weekday": "monday"}})),
            "/rules/1/pattern/weekly/every",
        ),
        (second("pattern", json!({"once": {"date": "2026-01-01"}})), "/rules/1/pattern/once/date"),
        (second("valid_until", json!("2026-11-24")), "/rules/1/valid_until"),
        (second("valid_from", json!("1999-11-24")), "/rules/1"),
        (second("offers", json!(["b-debt"])), "/rules/1/offers"),
        (second("id", json!("geheim geheim")), "/rules/1/id"),
        (second("id", read["rules"][0]["id"].clone()), "/rules/1/id"),
        (with(&good, "/absences/0/range/to", json!("2026-12-01T00:00:00")), "/absences/0/range/to"),
    ];
    assert_refused(&desk, "berta", &hers, &cases).await;
    for (document, pointer) in [
        (second("from", json!("14:03")), "/rules/1/from"),
        (second("geheim", json!(1)), "/rules/1"),
        (second("valid_from", json!("geheim")), "/rules/1/valid_from"),
    ] {
        let refused = put(&desk, "berta", &hers, "\"1\"", &document).await;
        assert_eq!(refused.pointer(StatusCode::BAD_REQUEST), pointer, "{document}");
    }
}

#[tokio::test]
async fn a_preview_says_what_comes_what_goes_and_what_no_longer_fits_and_saves_nothing() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    let address = format!("{A}/resources/{}/hours", one.resource_id);
    let read = get(&desk, "eva", &address).await;
    let away = json!([{"id": "a1", "range": {"from": "2026-11-23T00:00:00", "to": "2026-11-24T00:00:00"}}]);
    let hours = with(&read.json, "/absences", away);
    let preview = post(&desk, "eva", &format!("{address}/preview"), &hours).await.good();
    assert_eq!((&preview["from"], &preview["to"]), (&json!("2026-11-20"), &json!("2027-01-15")));
    assert_eq!(preview["added"], json!([]));
    let removed = preview["removed"].as_array().unwrap();
    assert!(!removed.is_empty() && removed.iter().all(|time| time["start"].as_str() < Some("2026-11-24")));
    assert_eq!(
        preview["conflicts"],
        json!([{"appointment": one.id, "offer": "a-debt", "mode": "phone", "start": MONDAY_NINE,
            "end": "2026-11-23T09:00:00Z", "reason": "absence"}])
    );
    assert!(!preview.to_string().contains("Geheim"));
    let none = post(&desk, "eva", &format!("{address}/preview"), &json!({})).await.good();
    assert_eq!(none["conflicts"][0]["reason"], "no_rule");
    let wrong = with(&read.json, "/rules/0/to", json!("00:00"));
    let refused = post(&desk, "eva", &format!("{address}/preview"), &wrong).await;
    assert_eq!(refused.pointer(StatusCode::UNPROCESSABLE_ENTITY), "/rules/0/to");
    assert_eq!(get(&desk, "eva", &address).await.tag(), read.tag());
}
