//! From the first page to a cancelled appointment, in every language.

use axum::http::{StatusCode, header};
use kernel::Lang;

use super::house::{ASKING, Answer, CALLED, House, LINKED, NIGHT, OFFER, at, fields, with};

/// Holds the time with this place in the list and answers the page that asks for details.
pub(super) async fn held(house: &House, prefix: &str, offer: &str, way: &str, place: usize) -> Answer {
    let times = house.get(&format!("{prefix}/termin/{offer}/zeiten?art={way}")).await.expect(StatusCode::OK);
    let hold = format!("{prefix}/termin/{offer}/halten");
    let form = with(times.form(&hold), "beginn", &times.slots()[place]);
    house.post(&hold, &form).await.expect(StatusCode::OK)
}

/// Goes on from there to the receipt.
pub(super) async fn booked(house: &House, prefix: &str, offer: &str, contact: &Answer, name: &str) -> Answer {
    let (check, book) =
        (format!("{prefix}/termin/{offer}/pruefen"), format!("{prefix}/termin/{offer}/buchen"));
    let form = with(contact.form(&check), "name", name);
    let checked = house.post(&check, &form).await.expect(StatusCode::OK);
    house.post(&book, &checked.form(&book)).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn find_hold_book_see_move_cancel() {
    for lang in Lang::ALL {
        let house = House::open().await;
        let prefix = lang.path_prefix();
        let mut seen: Vec<Answer> = Vec::new();

        let ways = house.get(&format!("{prefix}/termin/{OFFER}")).await.expect(StatusCode::OK);
        assert!(ways.text.contains(&format!("href=\"{prefix}/termin/{OFFER}/zeiten?art=in_person\"")));
        assert!(ways.text.contains(&format!("href=\"{prefix}/termin/{OFFER}/zeiten?art=phone\"")));
        seen.push(ways);

        let path = format!("{prefix}/termin/{OFFER}/zeiten?art=in_person");
        let times = house.get(&path).await.expect(StatusCode::OK);
        assert_eq!(times.text.matches("slot-picker__day\"").count(), 10, "ten days that have free times");
        assert_eq!(times.slots().len(), 60);
        let later =
            times.text.contains(&format!("{prefix}/termin/{OFFER}/zeiten?ab=2026-12-07&amp;art=in_person"));
        assert!(later, "{}", times.text);
        seen.push(times);
        let later = house.get(&format!("{path}&ab=2026-12-07")).await.expect(StatusCode::OK);
        assert_eq!(later.slots()[0], at("2026-12-07T08:00:00Z").as_second().to_string());
        let none = house.get(&format!("{path}&ab=2027-01-22")).await.expect(StatusCode::OK);
        assert!(none.slots().is_empty() && none.text.contains("tel:+4976112345"), "the phone helps on");

        let contact = held(&house, prefix, OFFER, "in_person", 0).await;
        assert!(contact.text.contains("9:05"), "kept free for five minutes: {}", contact.text);
        let (check, book) =
            (format!("{prefix}/termin/{OFFER}/pruefen"), format!("{prefix}/termin/{OFFER}/buchen"));
        let form = with(contact.form(&check), "name", "Marke<\"Kim\">");
        let form = with(form, "erinnerung", "marke@example.org");
        let checked = house.post(&check, &form).await.expect(StatusCode::OK);
        assert!(
            checked.text.contains("Marke&lt;&quot;Kim&quot;&gt;")
                && checked.text.contains("marke@example.org")
        );
        for page in [&contact, &checked] {
            assert!(page.text.contains("Lindenweg 3") && page.text.contains("9:00"), "day, time and place");
        }
        let receipt = house.post(&book, &checked.form(&book)).await.expect(StatusCode::OK);
        let ((code, pin), link) = (receipt.codes(), receipt.link());
        assert_eq!(link.split_once('#').unwrap().0, format!("https://hilfe.example{prefix}/mein-termin"));
        assert!(receipt.text.contains("Ausweis") && receipt.text.contains("Straßenbahn 3"));
        assert!(receipt.text.contains("2026, 9:30"), "when it is deleted: {}", receipt.text);
        seen.extend([contact, checked, receipt]);

        seen.push(house.get(&format!("{prefix}/mein-termin")).await.expect(StatusCode::OK));
        let typed = fields(&[("code", &code.to_lowercase().replace('-', " ")), ("pin", &pin)]);
        let own = house.post(&format!("{prefix}/mein-termin"), &typed).await.expect(StatusCode::OK);
        let shift = format!("{prefix}/mein-termin/verschieben");
        let times = house.post(&shift, &own.form(&shift)).await.expect(StatusCode::OK);
        let chosen = with(times.form(&shift), "beginn", &times.slots()[8]);
        let kept = house.kept().await;
        let asked = house.post(&shift, &chosen).await.expect(StatusCode::OK);
        assert_eq!(house.kept().await, kept, "asking changes nothing");
        assert!(asked.text.contains("9:00") && asked.text.contains("10:30"), "{}", asked.text);
        let moved = house.post(&shift, &asked.form(&shift)).await.expect(StatusCode::OK);
        assert!(moved.text.contains("10:30") && moved.text.contains("notice--success"), "{}", moved.text);
        let again = house.post(&shift, &asked.form(&shift)).await.expect(StatusCode::OK);
        assert!(again.text.contains("10:30"), "sent twice");
        seen.extend([own, times, asked, moved]);

        let cancel = format!("{prefix}/mein-termin/absagen");
        let asked =
            house.post(&cancel, &fields(&[("code", &code), ("pin", &pin)])).await.expect(StatusCode::OK);
        assert_eq!(house.kept().await, (1, 6), "asking changes nothing");
        let cancelled = house.post(&cancel, &asked.form(&cancel)).await.expect(StatusCode::OK);
        assert_eq!(house.kept().await.1, 0, "its time is free");
        let twice = house.post(&cancel, &asked.form(&cancel)).await.expect(StatusCode::OK);
        assert_eq!(twice.text, cancelled.text);
        let own = house.post(&format!("{prefix}/mein-termin"), &typed).await.expect(StatusCode::OK);
        assert_eq!(own.text.split("<main").nth(1), cancelled.text.split("<main").nth(1), "a plain answer");
        seen.extend([asked, cancelled, own]);

        for page in seen {
            assert!(!page.headers.contains_key(header::LOCATION));
            // a length can be the PIN by chance
            let told = page.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH);
            for (_, value) in told {
                let value = value.to_str().unwrap();
                for typed in ["Marke", "marke", &code, &pin, link.split_once('#').unwrap().1] {
                    assert!(!value.contains(typed), "a header tells {typed}");
                }
            }
            let addresses = ["href=\"", "action=\"", "src=\"", "data-exit=\""];
            for address in addresses.iter().flat_map(|start| page.text.split(start).skip(1)) {
                let address = address.split('"').next().unwrap();
                let sent = address.split('#').next().unwrap();
                for typed in ["arke", code.as_str(), link.split_once('#').unwrap().1] {
                    assert!(!sent.contains(typed), "{sent} tells {typed}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_request_is_said_to_be_one_and_everything_the_centre_asks_is_kept_when_a_field_is_wrong() {
    let house = House::open().await;
    let first = house.get(&format!("/termin/{ASKING}")).await.expect(StatusCode::OK);
    assert!(!first.slots().is_empty(), "one way only: times at once");
    let contact = held(&house, "", ASKING, "phone", 3).await;
    let (check, book) = (format!("/termin/{ASKING}/pruefen"), format!("/termin/{ASKING}/buchen"));
    let mut form = contact.form(&check);
    for (name, value) in [
        ("name", "Kim"),
        ("mail", "kim"),
        ("auch", "ja"),
        ("telefon", "keins"),
        ("anliegen", "Zeile 1\nZeile <2>"),
    ] {
        form = with(form, name, value);
    }
    let wrong = house.post(&check, &form).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    for (name, value) in &form {
        assert!(
            wrong.form(&check).contains(&(name.clone(), value.clone())),
            "{name} is kept: {}",
            wrong.text
        );
    }
    for field in ["last-name", "mail", "phone"] {
        assert!(wrong.text.contains(&format!("href=\"#{field}\"")), "{field} in the summary");
        assert!(wrong.text.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(wrong.text.contains("<title>Fehler: "));

    let mut form = wrong.form(&check);
    for (name, value) in [("nachname", "Muster"), ("mail", "kim@example.org"), ("telefon", "0761 99999")] {
        form = with(form, name, value);
    }
    let checked = house.post(&check, &form).await.expect(StatusCode::OK);
    assert!(checked.text.contains("Kim Muster") && checked.text.contains("Zeile &lt;2&gt;"));
    assert!(checked.text.contains("Termin anfragen") && !checked.text.contains("Termin buchen"));
    let back =
        house.post(&format!("/termin/{ASKING}/halten"), &checked.form(&book)).await.expect(StatusCode::OK);
    assert!(back.form(&check).contains(&("telefon".into(), "0761 99999".into())), "details can be changed");
    let receipt = house.post(&book, &checked.form(&book)).await.expect(StatusCode::OK);
    assert!(receipt.text.contains("Das ist noch kein fester Termin"));
    assert!(receipt.text.contains("Eine Bestätigung kommt"), "mails go where she said");
    assert!(receipt.text.contains("13:00 Uhr"), "two hours after its end: {}", receipt.text);
    let (code, pin) = receipt.codes();
    let own = house.post("/mein-termin", &fields(&[("code", &code), ("pin", &pin)])).await;
    assert!(own.text.contains("noch nicht zugesagt"));
    assert!(
        !own.text.contains("99999") && !own.text.contains("Muster"),
        "what she said is for the counsellor"
    );
}

#[tokio::test]
async fn who_wants_another_time_keeps_what_she_typed_and_gives_the_first_back() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "phone", 0).await;
    let held_time = contact.form(&format!("/termin/{OFFER}/pruefen"));
    let form = with(held_time, "name", "Kim");
    let times = house.post(&format!("/termin/{OFFER}/zeiten"), &form).await.expect(StatusCode::OK);
    assert_eq!(house.kept().await, (0, 0), "given back");
    let hold = format!("/termin/{OFFER}/halten");
    let carried = times.form(&hold);
    assert!(
        carried.contains(&("name".into(), "Kim".into())) && carried.contains(&("art".into(), "phone".into()))
    );
    assert_eq!(times.slots()[0], at("2026-11-23T08:00:00Z").as_second().to_string(), "listed again");
    let more = with(times.form(&format!("/termin/{OFFER}/zeiten")), "ab", "2026-12-07");
    let later = house.post(&format!("/termin/{OFFER}/zeiten"), &more).await.expect(StatusCode::OK);
    assert!(later.form(&hold).contains(&("name".into(), "Kim".into())), "carried on");
    let again = house.post(&hold, &with(later.form(&hold), "beginn", &later.slots()[1])).await;
    let again = again.expect(StatusCode::OK);
    assert!(again.text.contains("value=\"Kim\""));
    let receipt = booked(&house, "", OFFER, &again, "Kim").await;
    assert!(receipt.text.contains("7. Dezember 2026") && receipt.text.contains("9:30 bis 10:00 Uhr"));
}

#[tokio::test]
async fn giving_up_frees_the_time() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "in_person", 0).await;
    assert_eq!(house.kept().await, (1, 6));
    let stop = format!("/termin/{OFFER}/abbrechen");
    let form = contact.form(&stop);
    assert_eq!(form.len(), 1, "nothing typed is sent");
    house.post(&stop, &form).await.expect(StatusCode::OK);
    assert_eq!(house.kept().await, (0, 0));
    house.post(&stop, &form).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn looking_changes_nothing() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "in_person", 0).await;
    booked(&house, "", OFFER, &contact, "Kim").await;
    let kept = house.kept().await;
    for lang in Lang::ALL {
        let prefix = lang.path_prefix();
        for path in [
            "",
            "/zeiten?art=phone",
            "/zeiten?art=phone&ab=2026-12-01",
            "/zeiten?art=phone&ab=morgen&x=1&x=2",
        ] {
            house.get(&format!("{prefix}/termin/{OFFER}{path}")).await.expect(StatusCode::OK);
        }
        for path in
            ["halten", "pruefen", "buchen", "abbrechen", "zeiten", "zeiten?art=video", "zeiten?art=a&art=b"]
        {
            let answer =
                house.get(&format!("{prefix}/termin/{OFFER}/{path}")).await.expect(StatusCode::SEE_OTHER);
            assert_eq!(answer.headers[header::LOCATION], format!("{prefix}/termin/{OFFER}"), "{path}");
        }
        house.get(&format!("{prefix}/mein-termin")).await.expect(StatusCode::OK);
        for path in ["verschieben", "absagen", "kalender"] {
            let answer =
                house.get(&format!("{prefix}/mein-termin/{path}")).await.expect(StatusCode::SEE_OTHER);
            assert_eq!(answer.headers[header::LOCATION], format!("{prefix}/mein-termin"), "{path}");
        }
    }
    assert_eq!(house.kept().await, kept);
}

#[tokio::test]
async fn what_cannot_be_booked_here_is_not_a_dead_end() {
    let house = House::open().await;
    for lang in Lang::ALL {
        let prefix = lang.path_prefix();
        let linked = house.get(&format!("{prefix}/termin/{LINKED}")).await.expect(StatusCode::OK);
        assert!(linked.text.contains("href=\"https://termine.example/rat\"") && linked.text.contains("tel:"));
        let called =
            house.get(&format!("{prefix}/termin/{CALLED}/zeiten?art=phone")).await.expect(StatusCode::OK);
        assert!(called.text.contains("tel:+4976112345"));
        assert!(called.text.contains(&format!("href=\"{prefix}/stelle/rat-und-tat\"")));
    }
    for unknown in ["gibt-es-nicht", "%00", "%FF", "..%2F"] {
        house.get(&format!("/termin/{unknown}")).await.expect(StatusCode::NOT_FOUND);
        house.get(&format!("/termin/{unknown}/zeiten")).await.expect(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_doubled_hour_is_labelled_and_each_of_both_can_be_booked() {
    let house = House::open().await;
    house.wait_until("2026-10-20T08:00:00Z").await;
    let times = house.get(&format!("/termin/{NIGHT}")).await.expect(StatusCode::OK);
    let starts = [
        "2026-10-24T23:30:00Z",
        "2026-10-25T00:00:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:00:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-25T02:00:00Z",
        "2026-10-25T02:30:00Z",
    ];
    assert_eq!(times.slots(), starts.map(|start| at(start).as_second().to_string()));
    for label in ["2:30 Uhr (Sommerzeit)", "2:30 Uhr (Winterzeit)"] {
        assert_eq!(times.text.matches(label).count(), 1, "{label}");
    }
    for (place, label) in [(2, "2:30 Uhr (Sommerzeit), 30 Minuten"), (3, "2:30 Uhr (Winterzeit), 30 Minuten")]
    {
        let contact = held(&house, "", NIGHT, "", place).await;
        assert!(contact.text.contains(label), "{}", contact.text);
        let receipt = booked(&house, "", NIGHT, &contact, "").await;
        assert!(receipt.text.contains(label), "{}", receipt.text);
    }
}

#[tokio::test]
async fn what_is_no_form_of_ours_is_refused_without_a_fault_of_ours() {
    let house = House::open().await;
    let key = "0123456789abcdefghijkl";
    let start = at("2026-11-23T08:00:00Z").as_second().to_string();
    for (form, status) in [
        (vec![], StatusCode::BAD_REQUEST),
        (vec![("formular", "1"), ("art", "phone"), ("beginn", &start)], StatusCode::BAD_REQUEST),
        (vec![("formular", key), ("art", "video"), ("beginn", &start)], StatusCode::SEE_OTHER),
        (vec![("formular", key), ("art", "phone"), ("beginn", "bald")], StatusCode::SEE_OTHER),
        (vec![("formular", key), ("art", "phone"), ("beginn", "1")], StatusCode::CONFLICT),
        (vec![("formular", key), ("art", "phone"), ("beginn", "253402207200")], StatusCode::CONFLICT),
        (vec![("formular", key), ("art", "phone"), ("beginn", "9223372036854775807")], StatusCode::SEE_OTHER),
        (vec![("formular", key), ("formular", key)], StatusCode::BAD_REQUEST),
    ] {
        for step in ["halten", "pruefen", "buchen"] {
            house.post(&format!("/termin/{OFFER}/{step}"), &fields(&form)).await.expect(status);
        }
    }
    let long = "x".repeat(70_000);
    let form = fields(&[("formular", key), ("anliegen", &long)]);
    house.post(&format!("/termin/{OFFER}/halten"), &form).await.expect(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(house.kept().await, (0, 0));
}
