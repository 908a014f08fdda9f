//! The waiting list: joining, confirming and leaving, without script.

use axum::http::{StatusCode, header};
use contracts::directory::Mode;
use kernel::{Lang, Personal, Secret, ServerKey};

use super::{
    house::{Answer, BASE, House, LINKED, OFFER, at, fields, with},
    way::{booked, held},
};
use crate::{
    appointment::SealedText,
    availability::local_date,
    receipt::{Receipts, hash},
    service::{By, NewBooking, NoEntry, Wait},
    store::{Joined, NewEntry},
    waiting::{Entry, MOST_ENTRIES, Stage},
};

/// The link that the mail of a form holds.
fn link_of(form: &[(String, String)], before: &str) -> String {
    let key = &form.iter().find(|(name, _)| name == "formular").unwrap().1;
    let receipts = Receipts::new(&ServerKey::new([7; 32]));
    receipts.waiting_link(&Secret::new(key.clone()), local_date(at(before))).expose().clone()
}

fn linked(link: &str) -> Vec<(String, String)> {
    fields(&[("geheimnis", link)])
}

async fn entry(house: &House, link: &str) -> Result<Entry, NoEntry> {
    house.booking.waiting_entry(&Secret::new(link.to_owned())).await
}

/// The form as the page offers it, filled in for a wait of two weeks.
async fn form(house: &House, prefix: &str) -> Vec<(String, String)> {
    let path = format!("{prefix}/termin/{OFFER}/warteliste");
    let page = house.get(&path).await.expect(StatusCode::OK);
    with(with(page.form(&path), "wochen", "2"), "mail", "kim@example.org")
}

#[tokio::test]
async fn ask_confirm_see_leave() {
    for lang in Lang::ALL {
        let house = House::open().await;
        let prefix = lang.path_prefix();
        let path = format!("{prefix}/termin/{OFFER}/warteliste");
        let times = house.get(&format!("{prefix}/termin/{OFFER}/zeiten?art=phone")).await;
        assert!(times.text.contains(&format!("href=\"{path}\"")));
        let form = form(&house, prefix).await;
        let sent = house.post(&path, &form).await.expect(StatusCode::OK);
        let again = house.post(&path, &form).await.expect(StatusCode::OK);
        assert_eq!(sent.text, again.text, "a double click changes nothing");
        assert!(!sent.text.contains("kim@example.org"));

        let link = link_of(&form, "2026-12-06T08:00:00Z");
        let whole = format!("{BASE}{prefix}/warteliste#{link}");
        let list = format!("{prefix}/warteliste");
        house.get(&list).await.expect(StatusCode::OK);
        let asks = house.post(&list, &linked(&whole)).await.expect(StatusCode::OK);
        assert!(asks.text.contains("2026, 9:00"), "before when: {}", asks.text);
        assert_eq!(entry(&house, &link).await.unwrap().stage, Stage::Asked, "looking changes nothing");
        let confirm = format!("{prefix}/warteliste/bestaetigen");
        for _ in 0..2 {
            let confirmed = house.post(&confirm, &asks.form(&confirm)).await.expect(StatusCode::OK);
            assert!(confirmed.text.contains("notice--success"));
            assert!(!confirmed.text.contains(&format!("action=\"{confirm}\"")));
        }
        let waiting = entry(&house, &link).await.unwrap();
        assert_eq!(waiting.stage, Stage::Waiting { notices: 0, told_at: None });
        assert_eq!(waiting.before, at("2026-12-06T08:00:00Z"));
        assert_eq!(waiting.forget_at, waiting.before);
        assert_eq!(waiting.earliest, at("2026-11-23T08:00:00Z"), "what is free already is no news");

        let seen = house.post(&list, &linked(&link)).await.expect(StatusCode::OK);
        assert!(seen.text.contains(&format!("href=\"{prefix}/termin/{OFFER}\"")));
        let leave = format!("{prefix}/warteliste/austragen");
        house.post(&leave, &seen.form(&leave)).await.expect(StatusCode::OK);
        assert_eq!(entry(&house, &link).await, Err(NoEntry::Unknown));
        for step in [&list, &confirm, &leave] {
            let unknown = house.post(step, &linked(&link)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(unknown.text.contains("id=\"link-error\"") && !unknown.text.contains(&link));
        }
        // the form once more, from a page that was kept open: a new entry, asked anew
        house.post(&path, &form).await.expect(StatusCode::OK);
        assert_eq!(entry(&house, &link).await.unwrap().stage, Stage::Asked);
    }
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept() {
    let house = House::open().await;
    for lang in Lang::ALL {
        let prefix = lang.path_prefix();
        let path = format!("{prefix}/termin/{OFFER}/warteliste");
        let good = form(&house, prefix).await;
        let soon = at("2026-11-22T09:30:00Z").as_second().to_string();
        for (name, value, field) in [
            ("mail", "", "mail"),
            ("mail", "kim@@example", "mail"),
            ("wochen", "3", "weeks"),
            ("wochen", "", "weeks"),
            ("vor", soon.as_str(), "before"),
            ("vor", "9999999999", "before"),
            ("vor", "0", "before"),
            ("vor", "bald", "weeks"),
        ] {
            let refused = house.post(&path, &with(good.clone(), name, value)).await;
            let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text.contains(&format!("href=\"#{field}\"")), "{name}={value}");
            for id in [field.to_owned(), format!("{field}-error")] {
                assert!(refused.text.contains(&format!("id=\"{id}\"")), "{name}={value}: {id}");
            }
            let kept = refused.form(&path);
            assert!(kept.iter().any(|(known, kept)| known == "formular" && good.contains(&(known.clone(), kept.clone()))));
        }
        let strange = house.post(&path, &with(good.clone(), "formular", "kurz")).await;
        assert_eq!(strange.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(house.booking.store().ended_waiting(at("2030-01-01T00:00:00Z"), 9).await.unwrap(), []);
}

#[tokio::test]
async fn who_does_not_confirm_within_a_day_and_who_waited_to_the_end_read_so() {
    let house = House::open().await;
    let path = format!("/termin/{OFFER}/warteliste");
    let (one, two) = (form(&house, "").await, form(&house, "").await);
    let links = [&one, &two].map(|form| link_of(form, "2026-12-06T08:00:00Z"));
    for form in [&one, &two] {
        house.post(&path, form).await.expect(StatusCode::OK);
    }
    house.post("/warteliste/bestaetigen", &linked(&links[1])).await.expect(StatusCode::OK);
    house.clock.set(at("2026-11-23T08:00:00Z"));
    for _ in 0..2 {
        house.post("/warteliste", &linked(&links[0])).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        house.post("/warteliste", &linked(&links[1])).await.expect(StatusCode::OK);
        house.booking.forget_due(std::time::Duration::from_secs(86_400)).await.unwrap();
    }
    house.clock.set(at("2026-12-06T08:00:00Z"));
    let over = house.post("/warteliste", &linked(&links[1])).await.expect(StatusCode::GONE);
    assert!(over.text.contains("Diese Wartezeit ist vorbei"));
    let days = std::time::Duration::from_secs(14 * 86_400);
    assert_eq!(house.booking.forget_due(days).await.unwrap().waiting, 1);
    house.clock.set(at("2026-12-07T08:00:00Z"));
    for link in &links {
        for step in ["", "/bestaetigen", "/austragen"] {
            house.post(&format!("/warteliste{step}"), &linked(link)).await.expect(StatusCode::GONE);
        }
    }
    house.post("/warteliste", &linked("unbekannt")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    for step in ["bestaetigen", "austragen"] {
        let step = house.get(&format!("/en/warteliste/{step}")).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(step.headers[header::LOCATION], "/en/warteliste", "an address alone changes nothing");
    }
}

#[tokio::test]
async fn an_appointment_is_what_she_wants_to_be_earlier_than() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "phone", 8).await;
    let (code, pin) = booked(&house, "", OFFER, &contact, "Kim").await.codes();
    let shown = fields(&[("code", &code), ("pin", &pin)]);
    for lang in Lang::ALL {
        let prefix = lang.path_prefix();
        let own = house.post(&format!("{prefix}/mein-termin"), &shown).await.expect(StatusCode::OK);
        let step = format!("{prefix}/mein-termin/warteliste");
        let page = house.post(&step, &own.form(&step)).await.expect(StatusCode::OK);
        assert!(page.text.contains("10:00") && !page.text.contains(&code) && !page.text.contains("wochen"));
        let path = format!("{prefix}/termin/{OFFER}/warteliste");
        let form = with(page.form(&path), "mail", "kim@example.org");
        house.post(&path, &form).await.expect(StatusCode::OK);
        let entry = entry(&house, &link_of(&form, "2026-11-24T09:00:00Z")).await.unwrap();
        assert_eq!(entry.before, at("2026-11-24T09:00:00Z"));
    }
    house.clock.set(at("2026-11-24T07:00:00Z"));
    let own = house.post("/mein-termin", &shown).await.expect(StatusCode::OK);
    assert!(!own.text.contains("/mein-termin/warteliste"), "nothing earlier can be reached in time");
    house.post("/mein-termin/warteliste", &shown).await.expect(StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_centre_that_keeps_no_list_offers_none() {
    let house = House::open().await;
    let path = format!("/termin/{OFFER}/warteliste");
    let form = form(&house, "").await;
    house.post(&path, &form).await.expect(StatusCode::OK);
    house.set(OFFER, "waiting_list", false).await;
    let ways = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await.expect(StatusCode::OK);
    assert!(!ways.text.contains("warteliste"));
    let answer = house.get(&path).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], format!("/termin/{OFFER}"));
    let answer = house.post(&path, &form).await.expect(StatusCode::CONFLICT);
    assert!(answer.text.contains("Wir haben Ihre Adresse nicht gespeichert"), "{}", answer.text);
    let link = link_of(&form, "2026-12-06T08:00:00Z");
    for lang in Lang::ALL {
        let confirm = format!("{}/warteliste/bestaetigen", lang.path_prefix());
        let none = house.post(&confirm, &linked(&link)).await.expect(StatusCode::CONFLICT);
        assert!(none.text.contains("notice--warning"));
        let list = format!("{}/warteliste", lang.path_prefix());
        let seen = house.post(&list, &linked(&link)).await.expect(StatusCode::OK);
        for page in [none, seen] {
            assert!(
                !page.text.contains(&format!("action=\"{confirm}\"")),
                "a button that cannot work: {}",
                page.text
            );
            assert!(page.text.contains("/warteliste/austragen\""));
        }
    }
    assert_eq!(entry(&house, &link).await.unwrap().stage, Stage::Asked);
    house.get(&format!("/termin/{LINKED}/warteliste")).await.expect(StatusCode::OK);
    house.get("/termin/unbekannt/warteliste").await.expect(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_full_list_says_so_and_keeps_nothing() {
    let house = House::open().await;
    for number in 0..MOST_ENTRIES {
        let (id, now) = (format!("entry-{number}"), at("2026-11-22T08:00:00Z"));
        let key = hash(&Secret::new(id.clone()));
        let mail = mailkit::Intent::now(format!("{id}/0"), "waiting-confirm", &id, Lang::De, now);
        let new = NewEntry {
            form_hash: key,
            link_hash: key,
            offer_id: OFFER.into(),
            before: at("2026-12-06T08:00:00Z"),
            forget_at: at("2026-11-23T08:00:00Z"),
            lang: Lang::De,
            notify: SealedText { day: "2026-11-23".into(), slot: number, bytes: vec![7; 256] },
            mail,
            id,
        };
        assert_eq!(house.booking.store().join_waiting(&new, MOST_ENTRIES).await, Ok(Joined::New));
    }
    for lang in Lang::ALL {
        let form = form(&house, lang.path_prefix()).await;
        let path = format!("{}/termin/{OFFER}/warteliste", lang.path_prefix());
        let full: Answer = house.post(&path, &form).await.expect(StatusCode::CONFLICT);
        assert!(full.text.contains(&format!("href=\"{}/termin/{OFFER}\"", lang.path_prefix())));
        let link = link_of(&form, "2026-12-06T08:00:00Z");
        assert_eq!(entry(&house, &link).await, Err(NoEntry::Unknown));
    }
}

#[tokio::test]
async fn who_gets_no_place_on_a_list_has_used_none_up() {
    let one = webkit::networks::Per { near: 1, wide: 1 };
    let limits = crate::guard::Limits { joins_an_hour: one, ..crate::guard::Limits::default() };
    let house = House::open_with(limits).await;
    let path = format!("/termin/{OFFER}/warteliste");
    let (first, second) = (form(&house, "").await, form(&house, "").await);
    let join = async |form: &[(String, String)]| house.post_from("203.0.113.77", &path, form).await;
    house.set(OFFER, "waiting_list", false).await;
    for _ in 0..3 {
        join(&first).await.expect(StatusCode::CONFLICT);
    }
    house.set(OFFER, "waiting_list", true).await;
    for _ in 0..3 {
        join(&first).await.expect(StatusCode::OK);
    }
    join(&second).await.expect(StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_address_that_is_typed_again_and_again_is_left_alone() {
    let house = House::open().await;
    let path = format!("/termin/{OFFER}/warteliste");
    let mut answers = std::collections::BTreeSet::new();
    let mut entries = 0;
    for number in 0..8 {
        let mail = if number % 2 == 0 { "kim@example.org" } else { "KIM@example.org" };
        let form = with(form(&house, "").await, "mail", mail);
        answers.insert(house.post(&path, &form).await.expect(StatusCode::OK).text);
        entries += usize::from(entry(&house, &link_of(&form, "2026-12-06T08:00:00Z")).await.is_ok());
    }
    assert_eq!((entries, answers.len()), (5, 1), "and nobody can tell");
}

#[tokio::test]
async fn an_address_that_was_confirmed_is_not_counted_as_typed_by_anybody() {
    let house = House::open().await;
    let bookable = house.booking.bookable(OFFER).await.unwrap();
    let join = async |number: u8| {
        let form = Secret::new(format!("form-{number}"));
        let mail = Personal::new(String::from("Kim@example.org"));
        let wait = Wait { form: form.clone(), before: at("2026-12-06T08:00:00Z"), mail, lang: Lang::De };
        let joined = house.booking.wait(&bookable, wait).await.unwrap();
        (joined, house.booking.store().waiting_by_form(hash(&form)).await.unwrap())
    };
    for number in 0..9 {
        let (joined, entry) = join(number).await;
        assert_eq!(joined, Joined::New, "{number}");
        house.booking.confirm_waiting(&entry.unwrap()).await.unwrap();
    }
    for number in 9..14 {
        assert_eq!(join(number).await.0, Joined::New, "{number}");
    }
    assert_eq!(join(14).await, (Joined::Again, None), "nobody confirmed those");
}

#[tokio::test]
async fn a_notice_that_is_sent_again_with_an_earlier_time_is_remembered_with_it() {
    let house = House::open().await;
    let booking = &house.booking;
    let bookable = booking.bookable(OFFER).await.unwrap();
    let (nine, half_past, ten) =
        (at("2026-11-23T08:00:00Z"), at("2026-11-23T08:30:00Z"), at("2026-11-23T09:00:00Z"));
    let mut booked = Vec::new();
    for start in [nine, half_past] {
        let form = Secret::new(start.to_string());
        let (mode, lang) = (Mode::Phone, Lang::De);
        let wish = NewBooking { form, mode, start, lang, contact: None, remind: None };
        booked.push(booking.book(&bookable, wish).await.unwrap().appointment);
    }
    let form = Secret::new(String::from("form"));
    let mail = Personal::new(String::from("kim@example.org"));
    let wait = Wait { form: form.clone(), before: at("2026-12-06T08:00:00Z"), mail, lang: Lang::De };
    booking.wait(&bookable, wait).await.unwrap();
    let entry = async || booking.store().waiting_by_form(hash(&form)).await.unwrap().unwrap();
    booking.confirm_waiting(&entry().await).await.unwrap();
    assert_eq!(entry().await.earliest, ten);

    let id = entry().await.id;
    let told = async || booking.notice(&id, 1).await.unwrap().map(|notice| notice.free.span.from);
    booking.cancel(&booked[1], By::Seeker, None).await.unwrap();
    assert_eq!(told().await, Some(half_past));
    booking.cancel(&booked[0], By::Seeker, None).await.unwrap();
    assert_eq!(told().await, Some(nine), "the mail did not leave, and is written anew");
    assert_eq!(entry().await.earliest, nine, "so that nine is no news tomorrow");
    assert_eq!(told().await, Some(nine));
}
