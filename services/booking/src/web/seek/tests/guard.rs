//! Scripts that want all times, and people who are not to notice them.

use altcha::{Challenge, Payload, SolveChallengeOptions};
use axum::http::{StatusCode, header};
use data_encoding::BASE64;
use jiff::SignedDuration;
use kernel::Lang;
use webkit::networks::Per;

use super::{
    house::{Answer, House, OFFER, at, attribute, fields, with},
    way::{booked, held},
};
use crate::guard::{Busy, Effort, Limits};

const SHELTER: &str = "203.0.113.77";
const ELSEWHERE: &str = "2001:db8:77::1";
const DAY: &str = "2026-11-23T08:00:00Z";

/// The real limits with work that takes no time.
pub(crate) fn limits() -> Limits {
    let wait = SignedDuration::from_secs(30);
    Limits { effort: Effort { rounds: 1, tries: 1..3, wait }, ..Limits::default() }
}

/// The same, with work demanded of everybody.
pub(crate) fn demanding() -> Limits {
    let busy = Busy { holds_a_minute: 0, ..limits().busy };
    Limits { busy, ..limits() }
}

/// The solution of a challenge, as a browser sends it.
pub(crate) fn solved(challenge: Challenge) -> String {
    let solution = altcha::solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    BASE64.encode(&serde_json::to_vec(&Payload { challenge, solution }).unwrap())
}

/// What the script does with the page that asks for work.
fn worked(page: &Answer, action: &str) -> Vec<(String, String)> {
    let tag = page.text.split("data-island=\"proof\"").nth(1).unwrap().split('>').next().unwrap();
    let challenge = attribute(tag, "data-challenge").unwrap();
    with(page.form(action), "nachweis", &solved(serde_json::from_str(&challenge).unwrap()))
}

fn form(number: usize, place: i64) -> Vec<(String, String)> {
    let start = (at(DAY) + SignedDuration::from_mins(30 * place)).as_second().to_string();
    fields(&[("formular", &format!("form-of-a-script-{number:06}")), ("art", "phone"), ("beginn", &start)])
}

fn typed(number: usize, place: i64) -> Vec<(String, String)> {
    with(with(form(number, place), "name", "Kim"), "erinnerung", "kim@example.org")
}

fn carries(answer: &Answer, action: &str, sent: &[(String, String)]) {
    let carried = answer.form(action);
    for field in sent {
        assert!(carried.contains(field), "{} is kept: {carried:?}", field.0);
    }
}

#[tokio::test]
async fn a_network_that_holds_too_much_reads_how_long_to_wait_and_whom_to_call() {
    let few = Limits { open_holds: Per { near: 2, wide: 10 }, ..limits() };
    for lang in Lang::ALL {
        let house = House::open_with(few.clone()).await;
        let hold = format!("{}/termin/{OFFER}/halten", lang.path_prefix());
        for number in 0..2 {
            let form = form(number, i64::try_from(number).unwrap());
            house.post_from(SHELTER, &hold, &form).await.expect(StatusCode::OK);
        }
        for step in ["halten", "pruefen", "buchen"] {
            let path = format!("{}/termin/{OFFER}/{step}", lang.path_prefix());
            let form = typed(3, 3);
            let refused = house.post_from(SHELTER, &path, &form).await.expect(StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(refused.headers[header::RETRY_AFTER], "300");
            assert!(refused.text.contains("tel:+4976112345"), "{}", refused.text);
            let said = refused.text.contains("5 Minuten") || refused.text.contains("5 minutes");
            assert!(said || lang == Lang::PseudoRtl, "{}", refused.text);
            carries(&refused, &path, &form);
        }
        assert_eq!(house.kept().await, (2, 12));
        house.post_from(SHELTER, &hold, &form(1, 2)).await.expect(StatusCode::OK);
        house.post_from(ELSEWHERE, &hold, &form(4, 4)).await.expect(StatusCode::OK);
        house.post(&hold, &form(5, 5)).await.expect(StatusCode::OK);
        house.wait_until("2026-11-22T08:05:00Z").await;
        house.post_from(SHELTER, &hold, &typed(3, 3)).await.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_given_up_or_booked_is_no_open_hold() {
    let one = Limits { open_holds: Per { near: 1, wide: 1 }, ..limits() };
    let house = House::open_with(one).await;
    let path = |step: &str| format!("/termin/{OFFER}/{step}");
    house.post_from(SHELTER, &path("halten"), &form(1, 0)).await.expect(StatusCode::OK);
    house.post_from(SHELTER, &path("abbrechen"), &form(1, 0)).await.expect(StatusCode::OK);
    house.post_from(SHELTER, &path("halten"), &form(2, 0)).await.expect(StatusCode::OK);
    house.post_from(SHELTER, &path("zeiten"), &form(2, 0)).await.expect(StatusCode::OK);
    house.post_from(SHELTER, &path("halten"), &form(3, 0)).await.expect(StatusCode::OK);
    house.post_from(SHELTER, &path("buchen"), &form(3, 0)).await.expect(StatusCode::OK);
    // somebody was faster
    house.post_from(SHELTER, &path("halten"), &form(4, 0)).await.expect(StatusCode::CONFLICT);
    house.post_from(SHELTER, &path("halten"), &form(5, 1)).await.expect(StatusCode::OK);
    assert_eq!(house.kept().await, (2, 12));
}

#[tokio::test]
async fn a_form_that_is_sent_again_gets_its_receipt_whatever_the_limits_are() {
    let one = Per { near: 1, wide: 1 };
    let house = House::open_with(Limits { open_holds: one, bookings_an_hour: one, ..limits() }).await;
    let book = format!("/termin/{OFFER}/buchen");
    let first = house.post_from(SHELTER, &book, &form(1, 0)).await.expect(StatusCode::OK);
    let other = typed(2, 1);
    let refused = house.post_from(SHELTER, &book, &other).await.expect(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers[header::RETRY_AFTER], "3600");
    carries(&refused, &book, &other);
    let again = house.post_from(SHELTER, &book, &form(1, 0)).await.expect(StatusCode::OK);
    assert_eq!(again.codes(), first.codes());
    house.post_from(ELSEWHERE, &book, &form(3, 2)).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn while_much_is_going_on_a_form_works_before_it_gets_a_time() {
    for lang in Lang::ALL {
        let house = House::open_with(demanding()).await;
        let path = |step: &str| format!("{}/termin/{OFFER}/{step}", lang.path_prefix());
        house.get(&path("zeiten?art=phone")).await.expect(StatusCode::OK);
        let hold = path("halten");
        let form = typed(1, 0);
        let asked = house.post_from(SHELTER, &hold, &form).await.expect(StatusCode::OK);
        assert_eq!(house.kept().await, (0, 0), "nothing is held yet");
        assert!(asked.text.contains("role=\"status\"") && asked.text.contains("9:00"), "{}", asked.text);
        carries(&asked, &hold, &form);
        let proof = worked(&asked, &hold);
        for (what, wrong) in [
            ("another form", with(proof.clone(), "formular", "form-of-a-script-000002")),
            ("no solution", with(proof.clone(), "nachweis", "e30=")),
        ] {
            let refused = house.post_from(SHELTER, &hold, &wrong).await.expect(StatusCode::OK);
            assert!(refused.text.contains(" data-tried"), "{what}: {}", refused.text);
        }
        assert_eq!(house.kept().await, (0, 0));
        let contact = house.post_from(SHELTER, &hold, &proof).await.expect(StatusCode::OK);
        let check = path("pruefen");
        assert!(contact.form(&check).contains(&("name".into(), "Kim".into())));
        let checked = house.post_from(SHELTER, &check, &contact.form(&check)).await.expect(StatusCode::OK);
        let book = path("buchen");
        let receipt = house.post_from(SHELTER, &book, &checked.form(&book)).await.expect(StatusCode::OK);
        assert!(!receipt.codes().0.is_empty());
        // straight to the end without holding a time first is no way around it
        for (number, step) in [(3, "pruefen"), (4, "buchen")] {
            let form = typed(number, i64::try_from(number).unwrap());
            let asked = house.post_from(SHELTER, &path(step), &form).await.expect(StatusCode::OK);
            let answer = house.post_from(SHELTER, &path(step), &worked(&asked, &path(step))).await;
            answer.expect(StatusCode::OK);
        }
        assert_eq!(house.kept().await, (3, 18));
    }
}

#[tokio::test]
async fn without_script_one_waits_and_does_not_begin_again_when_one_is_early() {
    let house = House::open_with(demanding()).await;
    let hold = format!("/termin/{OFFER}/halten");
    let asked = house.post_from(SHELTER, &hold, &typed(1, 0)).await.expect(StatusCode::OK);
    assert!(asked.text.contains("Warten Sie 30 Sekunden"), "{}", asked.text);
    house.clock.set(at("2026-11-22T08:00:20Z"));
    let early = house.post_from(SHELTER, &hold, &asked.form(&hold)).await.expect(StatusCode::OK);
    assert!(early.text.contains("Warten Sie 10 Sekunden"), "{}", early.text);
    assert_eq!(early.form(&hold), asked.form(&hold));
    house.clock.set(at("2026-11-22T08:00:30Z"));
    let contact = house.post_from(SHELTER, &hold, &early.form(&hold)).await.expect(StatusCode::OK);
    assert!(contact.text.contains("value=\"Kim\"") && contact.text.contains("9:05"));
    let ticket = early.form(&hold).into_iter().find(|(name, _)| name == "wartemarke").unwrap().1;
    let stolen = with(typed(2, 1), "wartemarke", &ticket);
    let refused = house.post_from(SHELTER, &hold, &stolen).await.expect(StatusCode::OK);
    assert!(refused.text.contains("Warten Sie 30 Sekunden"), "a ticket is nobody else's");
}

#[tokio::test]
async fn while_a_script_takes_what_it_can_somebody_else_books() {
    let house = House::open_with(limits()).await;
    let hold = format!("/termin/{OFFER}/halten");
    for number in 0..300 {
        let address = format!("192.0.2.{}", number % 2);
        let week = SignedDuration::from_hours(24 * 7 * (number as i64 / 6 % 8));
        let start = at(DAY) + week + SignedDuration::from_mins(30 * (number as i64 % 6));
        let form = with(form(number, 0), "beginn", &start.as_second().to_string());
        let answer = house.post_from(&address, &hold, &form).await;
        if answer.text.contains("data-island=\"proof\"") {
            house.post_from(&address, &hold, &worked(&answer, &hold)).await;
        }
    }
    let (holds, _) = house.kept().await;
    assert!((20..=40).contains(&holds), "{holds} times are held by two networks");
    let times = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await.expect(StatusCode::OK);
    let wanted = with(times.form(&hold), "beginn", &times.slots()[0]);
    let mut contact = house.post_from(ELSEWHERE, &hold, &wanted).await.expect(StatusCode::OK);
    if contact.text.contains("data-island=\"proof\"") {
        contact = house.post_from(ELSEWHERE, &hold, &worked(&contact, &hold)).await.expect(StatusCode::OK);
    }
    booked(&house, "", OFFER, &contact, "Kim").await;
}

#[tokio::test]
async fn wrong_pins_from_one_network_are_slowed_whatever_the_code_is() {
    let house = House::open_with(limits()).await;
    let receipt = booked(&house, "", OFFER, &held(&house, "", OFFER, "phone", 0).await, "Kim").await;
    let (code, pin) = receipt.codes();
    let receipts = crate::receipt::Receipts::new(&kernel::ServerKey::new([9; 32]));
    for number in 0..20 {
        let form = kernel::Secret::new(format!("another form {number}"));
        let unknown =
            receipts.of_form(&form, jiff::civil::date(2026, 12, 1), 0).code.shown().expose().clone();
        let shown = fields(&[("code", &unknown), ("pin", "0000")]);
        house.post_from(SHELTER, "/mein-termin", &shown).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = kernel::Secret::new(String::from("one more"));
    let unknown = receipts.of_form(&form, jiff::civil::date(2026, 12, 1), 0).code.shown().expose().clone();
    for lang in Lang::ALL {
        let path = format!("{}/mein-termin", lang.path_prefix());
        let mine = fields(&[("code", &code), ("pin", &pin)]);
        let slow = house.post_from(SHELTER, &path, &mine).await.expect(StatusCode::TOO_MANY_REQUESTS);
        carries(&slow, &path, &mine);
        let other = fields(&[("code", &unknown), ("pin", &pin)]);
        let same = house.post_from(SHELTER, &path, &other).await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(same.headers, slow.headers);
        assert_eq!(same.text.replace(&unknown, &code), slow.text, "it says nothing about the code");
        let link = fields(&[("geheimnis", &receipt.link())]);
        house.post_from(SHELTER, &path, &link).await.expect(StatusCode::OK);
        house.post_from(ELSEWHERE, &path, &mine).await.expect(StatusCode::OK);
    }
    for step in ["verschieben", "absagen", "kalender"] {
        let mine = fields(&[("code", &code), ("pin", &pin), ("sicher", "ja")]);
        let slow = house.post_from(SHELTER, &format!("/mein-termin/{step}"), &mine).await;
        slow.expect(StatusCode::TOO_MANY_REQUESTS);
    }
    house.clock.set(at("2026-11-22T09:00:00Z"));
    let mine = fields(&[("code", &code), ("pin", &pin)]);
    house.post_from(SHELTER, "/mein-termin", &mine).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn an_appointment_is_moved_five_times_a_day_and_stays_then() {
    for lang in Lang::ALL {
        let house = House::open_with(limits()).await;
        let receipt = booked(&house, "", OFFER, &held(&house, "", OFFER, "phone", 0).await, "Kim").await;
        let (code, pin) = receipt.codes();
        let path = format!("{}/mein-termin/verschieben", lang.path_prefix());
        let to = |place: i64| {
            let start = (at(DAY) + SignedDuration::from_mins(30 * place)).as_second().to_string();
            fields(&[("code", &code), ("pin", &pin), ("beginn", &start), ("sicher", "ja")])
        };
        for place in [1, 2, 2, 3, 4, 5] {
            house.post_from(SHELTER, &path, &to(place)).await.expect(StatusCode::OK);
        }
        let refused = house.post_from(ELSEWHERE, &path, &to(0)).await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers[header::RETRY_AFTER], "86400");
        assert!(refused.text.contains("24") && refused.text.contains("tel:+4976112345"), "{}", refused.text);
        let own = format!("{}/mein-termin", lang.path_prefix());
        let stayed = house.post(&own, &refused.form(&own)).await.expect(StatusCode::OK);
        assert!(stayed.text.contains("11:30"), "{}", stayed.text);
        house.clock.set(at("2026-11-23T08:00:00Z"));
        house.post_from(SHELTER, &path, &to(2)).await.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_code_whose_day_is_over_gets_one_answer_whether_it_is_known_or_not() {
    let house = House::open().await;
    let (code, pin) =
        booked(&house, "", OFFER, &held(&house, "", OFFER, "phone", 0).await, "Kim").await.codes();
    let later = at("2026-11-27T08:00:00Z").as_second().to_string();
    let moved = fields(&[("code", &code), ("pin", &pin), ("beginn", &later), ("sicher", "ja")]);
    house.post("/mein-termin/verschieben", &moved).await.expect(StatusCode::OK);
    // the day that the code names is over, the appointment is still to come
    house.clock.set(at("2026-11-25T08:00:00Z"));
    let receipts = crate::receipt::Receipts::new(&kernel::ServerKey::new([9; 32]));
    let form = kernel::Secret::new(String::from("another form"));
    let unknown = receipts.of_form(&form, jiff::civil::date(2026, 11, 23), 0).code.shown().expose().clone();
    let other_pin = if pin == "0000" { "0001" } else { "0000" };
    for tries in 0..7 {
        let known = house.post("/mein-termin", &fields(&[("code", &code), ("pin", other_pin)])).await;
        let not = house.post("/mein-termin", &fields(&[("code", &unknown), ("pin", other_pin)])).await;
        let status = if tries < 5 { StatusCode::GONE } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!((known.status, &known.headers, &known.text), (status, &not.headers, &not.text));
        assert_eq!(not.status, status);
    }
    house.clock.set(at("2026-11-25T09:00:00Z"));
    let own = house.post("/mein-termin", &fields(&[("code", &code), ("pin", &pin)])).await;
    own.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_uid_of_a_calendar_entry_opens_nothing() {
    let house = House::open().await;
    let receipt = booked(&house, "", OFFER, &held(&house, "", OFFER, "phone", 0).await, "Kim").await;
    let file = house.post("/mein-termin/kalender", &receipt.form("/mein-termin/kalender")).await;
    let uid = file.text.split("UID:").nth(1).unwrap().split("\r\n").next().unwrap();
    let bare = uid.split('@').next().unwrap();
    let pin = receipt.codes().1;
    for name in ["code", "geheimnis"] {
        let refused = |text: String| {
            let (house, pin) = (&house, &pin);
            async move {
                let shown = fields(&[(name, &text), ("pin", pin)]);
                let answer = house.post("/mein-termin", &shown).await;
                let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
                (answer.headers.clone(), answer.text.replace(&text, ""))
            }
        };
        for (what, known) in [("UID", bare.to_owned()), ("id", house.only_id().await)] {
            let random = "0123456789abcdef".repeat(known.len() / 16);
            assert_eq!(refused(known).await, refused(random).await, "{name}: the {what}");
        }
    }
}

#[tokio::test]
async fn no_address_is_logged_or_answered() {
    let (log, _while_it_lives) = super::log::everything();
    let few = Per { near: 1, wide: 1 };
    let limits = Limits { open_holds: few, wrong_pins_an_hour: few, ..demanding() };
    let house = House::open_with(limits).await;
    let hold = format!("/termin/{OFFER}/halten");
    let mut answers = vec![house.post_from(SHELTER, &hold, &form(1, 0)).await];
    answers.push(house.post_from(SHELTER, &hold, &worked(&answers[0], &hold)).await);
    answers.push(house.post_from(SHELTER, &hold, &form(2, 1)).await.expect(StatusCode::TOO_MANY_REQUESTS));
    for _ in 0..2 {
        let shown = fields(&[("code", "ABC"), ("pin", "1234")]);
        answers.push(house.post_from(SHELTER, "/mein-termin", &shown).await);
    }
    tracing::info!("the log is listened to");
    let log = log.text();
    assert!(log.contains("listened to"));
    let answers = answers.iter().flat_map(|answer| [answer.text.clone(), format!("{:?}", answer.headers)]);
    for text in answers.chain([log]) {
        for told in ["203.0.113", "cb00714d", "203, 0, 113", "form-of-a-script"] {
            // a form is in its own page, and nowhere else
            let own = told.starts_with("form") && text.contains("name=\"formular\"");
            assert!(own || !text.contains(told), "{told} in {text}");
        }
    }
}
