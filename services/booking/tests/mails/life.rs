//! The life of an appointment as its mails tell it.

use booking::{contact::Note, service::By};
use contracts::directory::Mode;
use jiff::SignedDuration;
use serde_json::json;

use crate::{
    house::{ASK, OF_CENTRE, TALK, at, berta, centre, send_all},
    letter::Letter,
    post,
};

const ANNA: &str = "anna@example.org";

/// What nobody but she and the centre should learn from a mail to her.
const TELLING: [&str; 6] = ["sucht", "schuld", "beratung", "nordstadt", "stock", "counsellor"];

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_told_moved_and_cancelled_to_both_sides() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let letters = |from: usize| -> (Letter, Letter) {
        let mails = post.sink.mails();
        assert_eq!(mails.len(), from + 2);
        let mut letters: Vec<_> = mails[from..].iter().map(Letter::of).collect();
        letters.sort_by_key(|letter| letter.to == OF_CENTRE);
        let to_centre = letters.pop().unwrap();
        (letters.pop().unwrap(), to_centre)
    };

    let reserved = house.book(TALK, "form", "2026-12-03T09:00:00Z", Some(ANNA)).await;
    assert_eq!(send_all(&mailer).await.sent, 2);
    let (hers, theirs) = letters(0);
    assert_eq!((hers.to.as_str(), hers.subject.as_str()), (ANNA, "Ihr Termin am 3. Dezember"));
    for line in [
        "Wann: Donnerstag, 3. Dezember 2026, 10:00 bis 10:30 Uhr",
        "Wo: Hauptstraße 12, 79098 Freiburg",
        &format!("https://hilfe.example/mein-termin#{}", reserved.receipt.link.expose()),
    ] {
        assert!(hers.body.lines().any(|found| found == line), "{line}\n{}", hers.body);
    }
    let uid = hers.property("UID").unwrap();
    assert_eq!(uid.len(), 48);
    assert!(!uid.contains(&reserved.appointment.id) && !hers.everything().contains(&reserved.appointment.id));
    assert_eq!(hers.file.as_ref().unwrap().0, "PUBLISH");
    assert_eq!(hers.property("METHOD").as_deref(), Some("PUBLISH"));
    assert_eq!(hers.property("SEQUENCE").as_deref(), Some("0"));
    assert_eq!(hers.property("DTSTART").as_deref(), Some("20261203T090000Z"));
    assert_eq!(hers.property("SUMMARY").as_deref(), Some("Termin"));
    let everything = hers.everything().to_lowercase();
    assert!(TELLING.iter().all(|word| !everything.contains(word)), "{everything}");

    assert_eq!(theirs.subject, "Termin am 3. Dezember, 10:00 Uhr");
    assert!(theirs.body.contains("Angebot: Schuldnerberatung") && theirs.body.contains("Wer: counsellor-"));
    assert!(theirs.body.contains("https://hilfe.example/arbeitsplatz"));
    assert!(
        !theirs.everything().contains(reserved.receipt.link.expose()) && !theirs.everything().contains(ANNA)
    );
    assert_eq!(theirs.file.as_ref().unwrap().0, "REQUEST");
    assert_eq!(theirs.property("UID"), Some(uid.clone()));
    assert!(theirs.file.as_ref().unwrap().1.replace("\r\n ", "").contains(&format!("mailto:{OF_CENTRE}")));

    let bookable = house.bookable(TALK).await;
    let later = at("2026-12-04T13:15:00Z");
    let moved = house
        .booking
        .move_to(&bookable, &reserved.appointment, Mode::Phone, later, By::Seeker)
        .await
        .unwrap();
    assert_eq!(send_all(&mailer).await.sent, 2);
    let (hers, theirs) = letters(2);
    assert_eq!(hers.subject, "Neue Zeit: Ihr Termin am 4. Dezember");
    assert!(hers.body.contains("14:15 bis 14:45 Uhr\r\nWie: am Telefon\r\n\r\n"), "{}", hers.body);
    for letter in [&hers, &theirs] {
        assert_eq!(letter.property("UID"), Some(uid.clone()));
        assert_eq!(letter.property("SEQUENCE").as_deref(), Some("1"));
        assert_eq!(letter.property("LOCATION"), None);
    }

    house.booking.cancel(&moved, By::Seeker, None).await.unwrap();
    assert_eq!(send_all(&mailer).await.sent, 2);
    let (hers, theirs) = letters(4);
    assert_eq!(hers.subject, "Abgesagt: Ihr Termin am 4. Dezember");
    assert!(!hers.body.contains('#'));
    assert_eq!(
        (hers.property("STATUS").as_deref(), hers.property("SEQUENCE").as_deref()),
        (Some("CANCELLED"), Some("2"))
    );
    assert_eq!((theirs.file.as_ref().unwrap().0.as_str(), theirs.property("UID")), ("CANCEL", Some(uid)));

    // told everything: her address goes with the next round
    assert_eq!(house.forget().await.addresses, 1);
    let left = house.booking.store().appointment(&reserved.appointment.id).await.unwrap().unwrap();
    assert!(left.notify.is_none() && left.contact.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_comes_at_its_time_and_once() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    // queued with the request and again with the agreement: only the second tells the truth
    let asked = house.book(ASK, "form", "2026-12-03T09:00:00Z", Some(ANNA)).await;
    let bookable = house.bookable(ASK).await;
    house.booking.confirm(&bookable, &asked.appointment, &berta()).await.unwrap();
    assert_eq!(send_all(&mailer).await, mailkit::Round { sent: 2, not_wanted: 2, ..Default::default() });
    let told = |from: usize| -> Vec<_> {
        let mails = post.sink.mails();
        mails[from..].iter().map(|mail| Letter::of(mail).subject).collect::<Vec<_>>()
    };
    assert_eq!(send_all(&mailer).await.tried(), 0);
    house.clock.set(at("2026-12-02T09:00:00Z"));
    assert_eq!(send_all(&mailer).await, mailkit::Round { sent: 1, not_wanted: 1, ..Default::default() });
    // with it goes the mail that would have told the centre of an unanswered request
    house.clock.set(at("2026-12-03T07:00:00Z"));
    assert_eq!(send_all(&mailer).await, mailkit::Round { sent: 1, not_wanted: 2, ..Default::default() });
    assert_eq!(told(2), ["Erinnerung: Ihr Termin am 3. Dezember"; 2]);
    assert!(Letter::of(&post.sink.mails()[3]).file.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_as_one_and_declined_kindly() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let asked = house.book(ASK, "form", "2026-12-03T09:00:00Z", Some(ANNA)).await;
    send_all(&mailer).await;
    let bookable = house.bookable(ASK).await;
    let later = at("2026-12-03T10:00:00Z");
    let moved = house
        .booking
        .move_to(&bookable, &asked.appointment, Mode::InPerson, later, By::Seeker)
        .await
        .unwrap();
    send_all(&mailer).await;
    let note = Note::check("Wir sind krank.\nBitte rufen Sie an.").ok().flatten();
    house.booking.cancel(&moved, By::Staff(&berta()), note.as_ref()).await.unwrap();
    send_all(&mailer).await;
    let hers: Vec<_> = post.sink.mails().iter().map(Letter::of).filter(|letter| letter.to == ANNA).collect();
    let subjects: Vec<_> = hers.iter().map(|letter| letter.subject.as_str()).collect();
    let asked = "Anfrage: Ihr Termin am 3. Dezember";
    assert_eq!(subjects, [asked, asked, "Abgesagt: Ihr Termin am 3. Dezember"]);
    assert!(hers[0].file.is_none() && hers[1].file.is_none());
    assert!(hers[1].body.contains("Der Termin gilt noch nicht."));
    assert!(hers[2].body.contains("kann leider nicht stattfinden"));
    let mut lines = hers[2].body.lines();
    assert!(lines.any(|line| line == "Wir sind krank.") && lines.next() == Some("Bitte rufen Sie an."));
    let told: Vec<_> = post.sink.mails().iter().map(Letter::of).collect();
    let mut to_centre = told.iter().filter(|letter| letter.to != ANNA);
    assert!(to_centre.all(|letter| !letter.everything().contains("krank")), "it is hers alone");
    for letter in &hers {
        let everything = letter.everything().to_lowercase();
        assert!(TELLING.iter().all(|word| !everything.contains(word)), "{everything}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_leads_to_no_place_that_keeps_its_street_secret() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    house.book(TALK, "known", "2026-12-03T09:00:00Z", Some(ANNA)).await;
    assert_eq!(send_all(&mailer).await.sent, 2);
    house.list(centre(&json!({ "address": { "postcode": "79098", "city": "Freiburg" } }))).await;
    house.book(TALK, "secret", "2026-12-03T11:00:00Z", Some(ANNA)).await;
    assert_eq!(send_all(&mailer).await.sent, 2);
    let places =
        post.sink.mails().iter().map(|mail| Letter::of(mail).property("LOCATION")).collect::<Vec<_>>();
    let street = Some(String::from("Hauptstraße 12\\, 79098 Freiburg"));
    assert_eq!(places, [street.clone(), street, None, None], "a town alone is no place to go to");
    let hers = post.sink.mails().iter().skip(2).map(Letter::of).find(|letter| letter.to == ANNA).unwrap();
    assert!(hers.body.contains("79098 Freiburg"), "{}", hers.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_adds_a_header_or_a_line() {
    let post = post().await;
    let house = &post.house;
    let evil = "X\r\nBcc: eve@example.org\r\n\r\nEND:VCALENDAR\u{202e}";
    house
        .list(centre(&json!({
            "address": { "street": evil, "postcode": "79098", "city": evil },
            "offers": [{ "id": TALK, "name": evil }]
        })))
        .await;
    let mailer = house.mailer_to(&post.sink);
    house.book(TALK, "form", "2026-12-03T09:00:00Z", Some(ANNA)).await;
    assert_eq!(send_all(&mailer).await.sent, 2);
    for mail in post.sink.mails() {
        let letter = Letter::of(&mail);
        assert!([ANNA, OF_CENTRE].contains(&letter.to.as_str()));
        assert!(!letter.headers.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{:?}", letter.headers);
        for line in letter.everything().lines() {
            assert!(!line.starts_with("Bcc"), "{line}");
        }
        let file = &letter.file.as_ref().unwrap().1;
        assert_eq!(file.lines().filter(|line| line.starts_with("END:VCALENDAR")).count(), 1, "{file}");
    }
    // an address that is none is never written to
    house.book(TALK, "other", "2026-12-03T11:00:00Z", Some("a@example.org\r\nBcc: eve@example.org")).await;
    let round = send_all(&mailer).await;
    assert_eq!((round.sent, round.given_up), (1, 1));
    assert_eq!(post.sink.mails().len(), 3);
    house.pass(SignedDuration::from_hours(1));
    assert_eq!(send_all(&mailer).await.tried(), 0);
}
