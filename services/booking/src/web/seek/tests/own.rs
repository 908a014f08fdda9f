//! `/mein-termin`: who gets in, who does not, and what she reads then.

use axum::http::{StatusCode, header};
use contracts::{directory::DirectoryEvent, staff::Actor};
use kernel::{Lang, Secret};

use super::{
    house::{Answer, House, OFFER, at, fields, with},
    way::{booked, held},
};

async fn receipt(house: &House, way: &str) -> Answer {
    let contact = held(house, "", OFFER, way, 0).await;
    booked(house, "", OFFER, &contact, "Kim").await
}

fn shown(code: &str, pin: &str) -> Vec<(String, String)> {
    fields(&[("code", code), ("pin", pin)])
}

#[tokio::test]
async fn every_reason_not_to_get_in_has_its_own_plain_answer() {
    let house = House::open().await;
    let (code, pin) = receipt(&house, "phone").await.codes();
    let other_pin = if pin == "0000" { "0001" } else { "0000" };
    let mut mistyped = code.clone();
    mistyped.replace_range(0..1, if code.starts_with('A') { "B" } else { "A" });
    for lang in Lang::ALL {
        let path = format!("{}/mein-termin", lang.path_prefix());
        for (typed, field) in [
            (shown("", ""), "code"),
            (shown("ABC", &pin), "code"),
            (shown("ABC-DEF-GH%", &pin), "code"),
            (shown(&mistyped, &pin), "code"),
            (shown(&code, "12"), "pin"),
            (fields(&[("geheimnis", "https://hilfe.example/mein-termin#unbekannt")]), "link"),
        ] {
            let refused = house.post(&path, &typed).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text.contains(&format!("id=\"{field}-error\"")), "{field}: {}", refused.text);
            assert!(
                !refused.text.contains("unbekannt") && !refused.text.contains("value=\"12\""),
                "secrets go"
            );
        }
    }
    let wrong =
        house.post("/mein-termin", &shown(&code, other_pin)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Code und PIN gehören nicht zusammen"));
    assert!(wrong.text.contains(&format!("value=\"{code}\"")), "the code is kept");

    // an unknown code gets the answer a wrong PIN gets
    let form = kernel::Secret::new(String::from("another form"));
    let receipts = crate::receipt::Receipts::new(&kernel::ServerKey::new([8; 32]));
    let unknown = receipts.of_form(&form, jiff::civil::date(2026, 12, 1), 0).code.shown().expose().clone();
    let answer = house.post("/mein-termin", &shown(&unknown, other_pin)).await;
    assert_eq!(answer.status, wrong.status);
    assert_eq!(answer.text.replace(&unknown, &code), wrong.text);

    let over = receipts.of_form(&form, jiff::civil::date(2026, 11, 1), 0).code.shown().expose().clone();
    let over = house.post("/mein-termin", &shown(&over, &pin)).await.expect(StatusCode::GONE);
    assert!(over.text.contains("Dieser Termin ist vorbei"));

    for _ in 0..4 {
        house.post("/mein-termin", &shown(&code, other_pin)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    for step in ["/mein-termin", "/mein-termin/absagen", "/mein-termin/verschieben", "/mein-termin/kalender"]
    {
        let slow = house.post(step, &shown(&code, &pin)).await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(slow.headers[header::RETRY_AFTER], "3600", "{step}");
    }
    house.clock.set(at("2026-11-22T09:10:00Z"));
    house.post("/mein-termin", &shown(&code, &pin)).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_link_opens_the_appointment_and_the_calendar_file_tells_nothing() {
    let house = House::open().await;
    for (way, place) in [("in_person", true), ("phone", false)] {
        let receipt = receipt(&house, way).await;
        let secret = receipt.link().split_once('#').unwrap().1.to_owned();
        let own = house.post("/mein-termin", &fields(&[("geheimnis", &receipt.link())])).await;
        let own = own.expect(StatusCode::OK);
        assert!(own.text.contains("9:00 bis 9:30 Uhr") || own.text.contains("9:30 bis 10:00 Uhr"));
        let file = house.post("/mein-termin/kalender", &receipt.form("/mein-termin/kalender")).await;
        let file = file.expect(StatusCode::OK);
        assert!(file.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/calendar"));
        assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"termin.ics\"");
        assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
        assert!(
            file.text.contains("SUMMARY:Termin\r\n") && file.text.contains("STATUS:CONFIRMED"),
            "{}",
            file.text
        );
        assert_eq!(file.text.contains("Lindenweg 3"), place);
        for told in ["Rat", "Beratung", "Kim", secret.as_str()] {
            assert!(!file.text.contains(told), "{told}");
        }
        let sequence = |text: &str| text.split("SEQUENCE:").nth(1).unwrap().chars().next().unwrap();
        let uid = |text: &str| text.split("UID:").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
        let moved = with(
            own.form("/mein-termin/verschieben"),
            "beginn",
            &at("2026-11-27T10:00:00Z").as_second().to_string(),
        );
        if place {
            let moved = with(moved, "sicher", "ja");
            house.post("/mein-termin/verschieben", &moved).await.expect(StatusCode::OK);
            let later = house.post("/mein-termin/kalender", &own.form("/mein-termin/kalender")).await;
            assert_eq!(uid(&later.text), uid(&file.text), "the same for its whole life");
            assert_eq!((sequence(&file.text), sequence(&later.text)), ('0', '1'));
        }
    }
}

#[tokio::test]
async fn a_time_that_is_gone_leaves_the_appointment_where_it_is() {
    let house = House::open().await;
    let (code, pin) = receipt(&house, "phone").await.codes();
    let times = house.post("/mein-termin/verschieben", &shown(&code, &pin)).await.expect(StatusCode::OK);
    let wanted = times.slots()[0].clone();
    let quick = held(&house, "", OFFER, "in_person", 0).await;
    assert!(quick.text.contains("9:30"), "the same one");
    for lang in Lang::ALL {
        let path = format!("{}/mein-termin/verschieben", lang.path_prefix());
        let sure = with(with(shown(&code, &pin), "beginn", &wanted), "sicher", "ja");
        let taken = house.post(&path, &sure).await.expect(StatusCode::CONFLICT);
        assert!(taken.text.contains("notice--warning") && !taken.slots().contains(&wanted));
        let later =
            house.post(&path, &with(shown(&code, &pin), "ab", "2026-12-01")).await.expect(StatusCode::OK);
        assert_eq!(later.slots()[0], at("2026-12-01T08:00:00Z").as_second().to_string());
        let none =
            house.post(&path, &with(shown(&code, &pin), "ab", "2027-01-22")).await.expect(StatusCode::OK);
        assert!(none.slots().is_empty());
    }
    let own = house.post("/mein-termin", &shown(&code, &pin)).await;
    assert!(own.text.contains("9:00 bis 9:30 Uhr"));
}

#[tokio::test]
async fn what_the_centre_tells_with_a_cancellation_is_read_with_the_code() {
    let house = House::open().await;
    let (code, pin) = receipt(&house, "phone").await.codes();
    let own = crate::service::Knock::Typed(Secret::new(code.clone()), Secret::new(pin.clone()));
    let appointment = house.booking().knock(&own).await.unwrap();
    let actor = Actor { person_id: String::from("berta"), name: String::from("Berta Beratung") };
    let berta = crate::service::Signature { actor, line: String::from("line") };
    let note = crate::contact::Note::check("Wir sind <krank>.\n\nBitte rufen Sie an.").ok().flatten();
    let by = crate::service::By::Staff(&berta);
    house.booking().cancel(&appointment, by, note.as_ref()).await.unwrap();
    for lang in Lang::ALL {
        let path = format!("{}/mein-termin", lang.path_prefix());
        let ended = house.post(&path, &shown(&code, &pin)).await.expect(StatusCode::OK);
        let german = if lang == Lang::De { "" } else { " lang=\"de\"" };
        for line in ["Wir sind &lt;krank&gt;.", "Bitte rufen Sie an."] {
            let said = format!("<bdi{german}>{line}</bdi>");
            assert!(ended.text.contains(&said), "{said} in {}", ended.text);
        }
        assert!(!ended.text.replace('\n', "").contains("<p></p>") && !ended.text.contains("<bdi></bdi>"));
    }
    house.clock.set(at("2026-11-23T08:30:00Z"));
    let over = house.post("/mein-termin", &shown(&code, &pin)).await.expect(StatusCode::GONE);
    assert!(!over.text.contains("krank"));
}

#[tokio::test]
async fn an_appointment_that_has_begun_is_shown_and_one_that_is_over_is_gone() {
    let house = House::open().await;
    let (code, pin) = receipt(&house, "phone").await.codes();
    house.clock.set(at("2026-11-23T08:10:00Z"));
    for lang in Lang::ALL {
        let path = format!("{}/mein-termin", lang.path_prefix());
        let own = house.post(&path, &shown(&code, &pin)).await.expect(StatusCode::OK);
        assert!(!own.text.contains("/verschieben\"") && !own.text.contains("/absagen\""));
        for step in ["verschieben", "absagen"] {
            let sure = with(shown(&code, &pin), "sicher", "ja");
            let refused = house.post(&format!("{path}/{step}"), &sure).await.expect(StatusCode::CONFLICT);
            assert!(refused.text.contains("notice--warning"));
        }
    }
    house.clock.set(at("2026-11-23T08:30:00Z"));
    house.post("/mein-termin", &shown(&code, &pin)).await.expect(StatusCode::GONE);
    house.wait_until("2026-11-24T08:30:00Z").await;
    assert_eq!(house.kept().await, (0, 0));
    house.post("/mein-termin", &shown(&code, &pin)).await.expect(StatusCode::GONE);
}

#[tokio::test]
async fn an_appointment_with_a_centre_that_left_the_directory_can_be_cancelled() {
    let house = House::open().await;
    let (code, pin) = receipt(&house, "in_person").await.codes();
    house.list(2, DirectoryEvent::CentreRemoved { centre_id: "centre".into() }).await;
    for lang in Lang::ALL {
        let own = house.post(&format!("{}/mein-termin", lang.path_prefix()), &shown(&code, &pin)).await;
        assert!(!own.expect(StatusCode::OK).text.contains("/mein-termin/verschieben\""));
    }
    house.post("/mein-termin/verschieben", &shown(&code, &pin)).await.expect(StatusCode::CONFLICT);
    house.post("/mein-termin/kalender", &shown(&code, &pin)).await.expect(StatusCode::OK);
    let sure = with(shown(&code, &pin), "sicher", "ja");
    house.post("/mein-termin/absagen", &sure).await.expect(StatusCode::OK);
    assert_eq!(house.kept().await.1, 0);
    house.get(&format!("/termin/{OFFER}")).await.expect(StatusCode::NOT_FOUND);
}
