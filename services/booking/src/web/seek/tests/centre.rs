//! What a centre decides and seekers read: booking switched off, texts, a request that was never answered.

use axum::http::{Request, StatusCode, header};
use contracts::booking::FreeTimes;
use kernel::Lang;
use serde_json::json;

use super::{
    house::{ASKING, House, OFFER, at, fields, with},
    way::{booked, held},
};

#[tokio::test]
async fn while_booking_is_switched_off_nothing_new_is_booked_and_what_is_booked_moves_on() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "phone", 0).await;
    let (code, pin) = booked(&house, "", OFFER, &contact, "Kim").await.codes();
    let half_way = held(&house, "", OFFER, "phone", 1).await;
    assert!(!house.booking.next_free(&[OFFER.to_owned()]).await.unwrap().is_empty());
    house.set_centre(&json!({"paused": true})).await;

    for lang in Lang::ALL {
        let offer = format!("{}/termin/{OFFER}", lang.path_prefix());
        for path in [offer.clone(), format!("{offer}/zeiten?art=phone")] {
            let page = house.get(&path).await.expect(StatusCode::OK);
            assert!(
                page.slots().is_empty() && page.text.contains("href=\"tel:+4976112345\""),
                "{}",
                page.text
            );
        }
        let book = format!("{offer}/buchen");
        let check = format!("/termin/{OFFER}/pruefen");
        house.post(&book, &half_way.form(&check)).await.expect(StatusCode::OK);
    }
    let page = house.get(&format!("/termin/{OFFER}")).await;
    assert!(page.text.contains("nimmt hier zurzeit keine neuen Buchungen an"), "{}", page.text);
    house.get(&format!("/api/v1/offers/{OFFER}/slots")).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(house.kept().await.0, 2, "the appointment, and a hold that ends by itself");

    let shown = fields(&[("code", &code), ("pin", &pin)]);
    let times = house.post("/mein-termin/verschieben", &shown).await.expect(StatusCode::OK);
    let sure = with(with(shown.clone(), "beginn", times.slots().last().unwrap()), "sicher", "ja");
    let moved = house.post("/mein-termin/verschieben", &sure).await.expect(StatusCode::OK);
    assert!(moved.text.contains("Ihr Termin ist verschoben"), "{}", moved.text);
    let later = json!({"start": "2026-11-27T10:00:00Z"}).to_string();
    let patch = Request::patch(format!("/api/v1/bookings/{code}"))
        .header(header::AUTHORIZATION, format!("PIN {pin}"))
        .header(header::CONTENT_TYPE, "application/json");
    house.send(patch.body(later.into()).unwrap()).await.expect(StatusCode::OK);
    let sure = with(shown, "sicher", "ja");
    house.post("/mein-termin/absagen", &sure).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_texts_of_the_centre_are_on_receipt_and_page_where_they_matter() {
    let house = House::open().await;
    let times = json!({"length": 30, "step": 30, "horizon_days": 60, "modes": ["in_person", "phone"]});
    let texts = json!({"times": times, "bring": "Briefe", "arrival": "Hinterhof\n\n2. Stock",
        "data": "<b>Wir notieren nur den Tag.</b>"});
    house.set_offer(OFFER, &texts).await;
    for lang in Lang::ALL {
        for (way, in_person) in [("in_person", true), ("phone", false)] {
            let prefix = lang.path_prefix();
            let contact = held(&house, prefix, OFFER, way, 0).await;
            assert!(contact.text.contains("Wir notieren nur den Tag."), "before anything is said");
            let receipt = booked(&house, prefix, OFFER, &contact, "").await;
            let (code, pin) = receipt.codes();
            let shown = fields(&[("code", &code), ("pin", &pin)]);
            let own = house.post(&format!("{prefix}/mein-termin"), &shown).await.expect(StatusCode::OK);
            for page in [&receipt, &own] {
                assert!(page.text.contains("Briefe") && page.text.contains("&lt;b&gt;Wir notieren"));
                assert_eq!(page.text.contains("2. Stock"), in_person, "{way}: {}", page.text);
                assert_eq!(page.text.contains("id=\"access\""), in_person);
            }
        }
    }
}

#[tokio::test]
async fn a_request_that_nobody_answered_is_said_to_be_none_when_it_begins() {
    let house = House::open().await;
    let contact = held(&house, "", ASKING, "phone", 0).await;
    let check = format!("/termin/{ASKING}/pruefen");
    let form = with(with(contact.form(&check), "name", "Kim"), "nachname", "Muster");
    let checked = house.post(&check, &with(form, "telefon", "0761 12345")).await.expect(StatusCode::OK);
    let book = format!("/termin/{ASKING}/buchen");
    let (code, pin) = house.post(&book, &checked.form(&book)).await.expect(StatusCode::OK).codes();
    let shown = fields(&[("code", &code), ("pin", &pin)]);
    let own = house.post("/mein-termin", &shown).await.expect(StatusCode::OK);
    assert!(own.text.contains("Die Stelle hat noch nicht zugesagt."));
    house.clock.set(at("2026-11-23T08:00:00Z"));
    for lang in Lang::ALL {
        let own = house.post(&format!("{}/mein-termin", lang.path_prefix()), &shown).await;
        let own = own.expect(StatusCode::OK);
        assert!(own.text.contains("tel:+4976112345") && !own.text.contains("/absagen\""), "{}", own.text);
    }
    let own = house.post("/mein-termin", &shown).await;
    assert!(own.text.contains("Die Stelle hat nicht zugesagt."), "{}", own.text);
    assert!(own.text.contains("Bitte rufen Sie die Stelle an."));
}

#[tokio::test]
async fn the_time_that_is_gone_is_named() {
    let house = House::open().await;
    let times = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await;
    held(&house, "", OFFER, "phone", 1).await;
    let hold = format!("/termin/{OFFER}/halten");
    let late = with(times.form(&hold), "beginn", &times.slots()[1]);
    let taken = house.post(&hold, &late).await.expect(StatusCode::CONFLICT);
    assert!(taken.text.contains("Gewählt hatten Sie: Montag, 23. November 2026, 9:30 Uhr"), "{}", taken.text);
}
