//! Waiting for an earlier time, as the mails tell it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use booking::{
    appointment::Appointment,
    receipt::Receipts,
    service::{By, NoEntry, Wait},
    store::{Joined, Revised},
    waiting::{MOST_NOTICES, Stage},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, FixedClock, Lang, Personal, Secret};
use mailkit::{Mail, MessageId, Post as SendMail, Problem, SendError};
use proptest::{
    prelude::{ProptestConfig, Strategy, prop_oneof, proptest},
    strategy::Just,
};
use serde_json::json;

use crate::{
    house::{CENTRE, House, TALK, at, audit, send_all, start},
    letter::Letter,
    post,
};

const ANNA: &str = "anna@example.org";
const BERT: &str = "bert@example.org";

/// What nobody but she should learn from a mail to her.
const TELLING: [&str; 6] = ["sucht", "schuld", "beratung", "nordstadt", "hauptstr", "counsellor"];

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

/// One counsellor is there on these days only, for one appointment at nine; the others never.
async fn open_days(house: &House, days: &[&str]) {
    let rule = |day: &&str| {
        json!({
            "id": format!("rule-{day}"), "modes": ["in_person", "phone"],
            "pattern": { "once": { "date": day } }, "from": "09:00", "to": "09:30", "valid_from": "2026-01-05"
        })
    };
    let rules: Vec<_> = days.iter().map(rule).collect();
    for resource in house.booking.store().resources(CENTRE).await.unwrap() {
        let Revised { revision, mut value } = resource;
        let hers = if value.id == "counsellor-0" { json!({ "rules": rules }) } else { json!({}) };
        value.body = hers.to_string();
        let line = audit(&format!("{}-{revision}", value.id));
        house.booking.save_resource(Revised { revision, value }, None, &line).await.unwrap();
    }
}

async fn join(house: &House, form: &str, mail: &str, before: Timestamp) -> Joined {
    let wait = Wait {
        form: Secret::new(form.to_owned()),
        before,
        mail: Personal::new(mail.to_owned()),
        lang: Lang::De,
    };
    house.booking.wait(&house.bookable(TALK).await, wait).await.unwrap()
}

/// The secret in a letter, which stands on a line of its own.
fn secret(letter: &Letter) -> Secret<String> {
    let link = "https://hilfe.example/warteliste#";
    let line = letter.body.lines().find_map(|line| line.strip_prefix(link));
    Secret::new(line.unwrap_or_else(|| panic!("{}", letter.body)).to_owned())
}

async fn confirm(house: &House, link: &Secret<String>) {
    let entry = house.booking.waiting_entry(link).await.unwrap();
    house.booking.confirm_waiting(&entry).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_asked_then_told_three_times_and_then_forgotten() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let letters = || post.sink.mails().iter().map(Letter::of).collect::<Vec<_>>();
    open_days(house, &["2026-12-17"]).await;
    assert_eq!(join(house, "form", ANNA, start() + hours(28 * 24)).await, Joined::New);
    assert_eq!(join(house, "form", ANNA, start() + hours(28 * 24)).await, Joined::Again);
    assert_eq!(send_all(&mailer).await.sent, 1);
    let asks = letters().remove(0);
    assert_eq!((asks.to.as_str(), asks.subject.as_str()), (ANNA, "Bitte bestätigen Sie Ihre Mail-Adresse"));
    let link = secret(&asks);

    // not confirmed: told nothing
    open_days(house, &["2026-12-16", "2026-12-17"]).await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0));
    confirm(house, &link).await;
    confirm(house, &link).await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0), "what is free already is no news");
    open_days(house, &["2026-12-17"]).await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0), "what goes is none either");

    for (number, day) in [(1, "2026-12-15"), (2, "2026-12-14"), (3, "2026-12-11")] {
        open_days(house, &[day, "2026-12-17"]).await;
        assert_eq!(house.booking.tell_waiting().await, Ok(1), "{day}");
        assert_eq!(house.booking.tell_waiting().await, Ok(0), "one is under way");
        assert_eq!(send_all(&mailer).await.sent, 1);
        assert_eq!(house.booking.tell_waiting().await, Ok(0), "not twice of the same");
        let tells = letters().pop().unwrap();
        assert_eq!((tells.to.as_str(), tells.subject.as_str()), (ANNA, "Ein früherer Termin ist frei"));
        assert!(
            tells.body.contains(&format!("{}. Dezember 2026, 09:00 bis 09:30 Uhr", &day[8..])),
            "{}",
            tells.body
        );
        assert!(tells.body.contains("Das ist keine Buchung.") && tells.file.is_none());
        assert_eq!(secret(&tells).expose(), link.expose());
        let entry = house.booking.waiting_entry(&link).await.unwrap();
        assert_eq!(entry.notices_left(), MOST_NOTICES - number);
        assert_eq!(house.forget().await.addresses, u64::from(number == MOST_NOTICES), "{number}");

        // the same day again: she is told tomorrow, if it is still free
        open_days(house, &["2026-12-04", "2026-12-17"]).await;
        house.pass(hours(23));
        assert_eq!(house.booking.tell_waiting().await, Ok(0), "one a day");
        open_days(house, &["2026-12-17"]).await;
        house.pass(hours(1));
        assert_eq!(house.booking.tell_waiting().await, Ok(0));
    }
    assert_eq!(house.booking.waiting_entry(&link).await, Err(NoEntry::Unknown), "a day after the last one");
    assert_eq!(house.forget().await.waiting, 1);
    for letter in letters() {
        let everything = letter.everything().to_lowercase();
        assert!(TELLING.iter().all(|word| !everything.contains(word)), "{everything}");
    }
    assert_eq!(letters().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_appointment_is_told_to_everybody_and_a_hold_that_ends_to_nobody() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    open_days(house, &["2026-12-03", "2026-12-17"]).await;
    let booked = house.book(TALK, "mine", "2026-12-03T08:00:00Z", None).await.appointment;
    for (form, mail) in [("a", ANNA), ("b", BERT)] {
        join(house, form, mail, start() + hours(28 * 24)).await;
    }
    send_all(&mailer).await;
    for letter in post.sink.mails().iter().map(Letter::of).filter(|letter| !letter.to.contains("haus")) {
        confirm(house, &secret(&letter)).await;
    }
    let bookable = house.bookable(TALK).await;
    let later = Secret::new(String::from("hold"));
    let mode = contracts::directory::Mode::InPerson;
    house.booking.hold(&bookable, &later, mode, at("2026-12-17T08:00:00Z"), Lang::De, None).await.unwrap();
    assert_eq!(house.booking.tell_waiting().await, Ok(0));
    house.booking.release(&later).await.unwrap();
    assert_eq!(house.booking.tell_waiting().await, Ok(0), "it was only held");

    house.booking.cancel(&booked, By::Seeker, None).await.unwrap();
    assert_eq!(house.booking.tell_waiting().await, Ok(2));
    let before = post.sink.mails().len();
    send_all(&mailer).await;
    let mut told: Vec<_> = post.sink.mails()[before..].iter().map(Letter::of).collect();
    told.retain(|letter| letter.subject == "Ein früherer Termin ist frei");
    let mut told: Vec<_> = told.into_iter().map(|letter| letter.to).collect();
    told.sort();
    assert_eq!(told, [ANNA, BERT]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_comes_too_late_is_not_sent_and_does_not_count() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    open_days(house, &["2026-12-17"]).await;
    join(house, "form", ANNA, start() + hours(28 * 24)).await;
    send_all(&mailer).await;
    let link = secret(&Letter::of(&post.sink.mails()[0]));
    confirm(house, &link).await;
    let not_wanted = mailkit::Round { not_wanted: 1, ..Default::default() };
    let untold = async || {
        let entry = house.booking.waiting_entry(&link).await.unwrap();
        assert_eq!(entry.stage, Stage::Waiting { notices: 0, told_at: None });
    };

    open_days(house, &["2026-12-03", "2026-12-17"]).await;
    assert_eq!(house.booking.tell_waiting().await, Ok(1));
    let quick = house.book(TALK, "quick", "2026-12-03T08:00:00Z", None).await.appointment;
    assert_eq!(send_all(&mailer).await, mailkit::Round { sent: 1, ..not_wanted }, "the centre's own mail");
    untold().await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0));
    house.booking.cancel(&quick, By::Seeker, None).await.unwrap();
    assert_eq!(house.booking.tell_waiting().await, Ok(1), "free once more");

    // the list is switched off while the mail waits
    let offer = house.bookable(TALK).await.offer;
    let (Revised { revision, value: setting }, _) = house.booking.offer_setting(&offer).await.unwrap();
    let save = async |revision, waiting_list| {
        let mut value = setting.clone();
        value.waiting_list = waiting_list;
        let setting = Revised { revision, value };
        let line = audit(&format!("list-{revision}"));
        house.booking.save_offer_setting(CENTRE, TALK, true, &setting, &line).await.unwrap();
    };
    save(revision, false).await;
    assert_eq!(send_all(&mailer).await, mailkit::Round { sent: 1, ..not_wanted });
    untold().await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0));
    save(revision + 1, true).await;

    // it begins too soon by now, and the next one is no news
    assert_eq!(house.booking.tell_waiting().await, Ok(1));
    house.clock.set(at("2026-12-03T06:30:00Z"));
    assert_eq!(send_all(&mailer).await, not_wanted);
    untold().await;
    assert_eq!(house.booking.tell_waiting().await, Ok(0));

    // she leaves while the mail waits
    open_days(house, &["2026-12-04", "2026-12-17"]).await;
    assert_eq!(house.booking.tell_waiting().await, Ok(1));
    let entry = house.booking.waiting_entry(&link).await.unwrap();
    house.booking.leave_waiting(&entry).await.unwrap();
    assert_eq!(send_all(&mailer).await.tried(), 0);
    assert_eq!(house.booking.waiting_entry(&link).await, Err(NoEntry::Unknown));
    assert!(house.forget().await.keys.destroyed == 0, "her key is gone already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_may_have_arrived_is_counted_and_is_the_same_when_it_is_sent_again() {
    let post = post().await;
    let house = &post.house;
    open_days(house, &["2026-12-17"]).await;
    join(house, "form", ANNA, start() + hours(28 * 24)).await;
    send_all(&house.mailer_to(&post.sink)).await;
    let link = secret(&Letter::of(&post.sink.mails()[0]));
    confirm(house, &link).await;
    open_days(house, &["2026-12-03", "2026-12-17"]).await;
    house.booking.tell_waiting().await.unwrap();
    let mailbox = Arc::new(Mailbox::new(house.clock.clone()));
    mailbox.fail(true);
    let mailer = house.mailer(mailbox.clone());
    assert_eq!(send_all(&mailer).await.postponed, 1);
    let entry = house.booking.waiting_entry(&link).await.unwrap();
    assert_eq!(entry.stage, Stage::Waiting { notices: 1, told_at: Some(start()) });
    assert_eq!(house.booking.tell_waiting().await, Ok(0));
    mailbox.fail(false);
    house.pass(hours(30));
    assert_eq!(house.booking.tell_waiting().await, Ok(0), "the first one is still under way");
    assert_eq!(send_all(&mailer).await.sent, 1);
    assert_eq!(mailbox.told(), [(ANNA.to_owned(), start() + hours(30))]);
    assert_eq!(house.booking.waiting_entry(&link).await.unwrap().stage, entry.stage, "counted once");
}

/// Where mails arrive, and when.
struct Mailbox {
    clock: Arc<FixedClock>,
    told: Mutex<Vec<(String, Timestamp)>>,
    fails: Mutex<bool>,
}

impl Mailbox {
    fn new(clock: Arc<FixedClock>) -> Self {
        Self { clock, told: Mutex::default(), fails: Mutex::default() }
    }

    fn fail(&self, fails: bool) {
        *self.fails.lock().unwrap() = fails;
    }

    /// Who got a notice, and when.
    fn told(&self) -> Vec<(String, Timestamp)> {
        self.told.lock().unwrap().clone()
    }
}

#[async_trait]
impl SendMail for Mailbox {
    async fn send(&self, mail: &Mail, _id: &MessageId) -> Result<(), SendError> {
        if *self.fails.lock().unwrap() {
            return Err(SendError::Retry(Problem::TimedOut));
        }
        if mail.subject() == "Ein früherer Termin ist frei" {
            self.told.lock().unwrap().push((mail.to().as_str().to_owned(), self.clock.now()));
        }
        Ok(())
    }
}

/// What may happen at a centre that people wait for.
#[derive(Debug, Clone)]
enum Event {
    /// Somebody joins, and confirms it at once or not.
    Join(bool),
    Confirm(usize),
    Leave(usize),
    /// These days of December are open.
    Open(Vec<u8>),
    /// The first free time is booked.
    Book,
    /// The last booking is cancelled.
    Cancel,
    Look,
    Send,
    Forget,
    /// So many hours pass.
    Pass(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => proptest::bool::ANY.prop_map(Event::Join),
        1 => (0usize..9).prop_map(Event::Confirm),
        1 => (0usize..9).prop_map(Event::Leave),
        6 => proptest::collection::vec(1u8..21, 1..4).prop_map(Event::Open),
        2 => Just(Event::Book),
        2 => Just(Event::Cancel),
        9 => Just(Event::Look),
        9 => Just(Event::Send),
        2 => Just(Event::Forget),
        5 => (1i64..20).prop_map(Event::Pass),
    ]
}

/// Somebody who asked for a place on the list.
struct Person {
    mail: String,
    link: Secret<String>,
    end: Timestamp,
    may_be_told: bool,
}

impl Person {
    fn new(house: &House, number: usize) -> Self {
        let (mail, end) = (format!("person{number}@example.org"), house.booking.now() + hours(24 * 28));
        let day = booking::availability::local_date(end);
        let link = Receipts::new(&house.key).waiting_link(&Secret::new(mail.clone()), day);
        Self { mail, link, end, may_be_told: false }
    }
}

async fn book_first(house: &House, number: usize) -> Option<Appointment> {
    let bookable = house.bookable(TALK).await;
    let free = house.booking.first_free(&bookable, bookable.last_day(house.booking.now())).await.unwrap()?;
    let start = free.span.from.to_string();
    Some(house.book(TALK, &format!("booking-{number}"), &start, None).await.appointment)
}

async fn live(events: Vec<Event>) {
    let data = tempfile::tempdir().unwrap();
    let house = House::in_folder(data.path(), start()).await;
    house.furnish(1).await;
    open_days(&house, &[]).await;
    let mailbox = Arc::new(Mailbox::new(house.clock.clone()));
    let mailer = house.mailer(mailbox.clone());
    let (mut people, mut bookings): (Vec<Person>, Vec<_>) = (Vec::new(), Vec::new());
    let mut booked = 0;
    for event in events {
        let now = house.booking.now();
        match event {
            Event::Join(confirms) => {
                let mut person = Person::new(&house, people.len());
                assert_eq!(join(&house, &person.mail, &person.mail, person.end).await, Joined::New);
                if confirms {
                    confirm(&house, &person.link).await;
                    person.may_be_told = true;
                }
                people.push(person);
            }
            Event::Confirm(_) | Event::Leave(_) if people.is_empty() => {}
            Event::Confirm(number) => {
                let count = people.len();
                let person = &mut people[number % count];
                if let Ok(entry) = house.booking.waiting_entry(&person.link).await {
                    house.booking.confirm_waiting(&entry).await.unwrap();
                    person.may_be_told = true;
                }
            }
            Event::Leave(number) => {
                let count = people.len();
                let person = &mut people[number % count];
                if let Ok(entry) = house.booking.waiting_entry(&person.link).await {
                    house.booking.leave_waiting(&entry).await.unwrap();
                }
                person.may_be_told = false;
            }
            Event::Open(days) => {
                let days: Vec<_> = days.iter().map(|day| format!("2026-12-{day:02}")).collect();
                open_days(&house, &days.iter().map(String::as_str).collect::<Vec<_>>()).await;
            }
            Event::Book => {
                booked += 1;
                bookings.extend(book_first(&house, booked).await);
            }
            Event::Cancel => {
                if let Some(last) = bookings.pop().filter(|last| last.is_open(now)) {
                    house.booking.cancel(&last, By::Seeker, None).await.unwrap();
                }
            }
            Event::Look => drop(house.booking.tell_waiting().await.unwrap()),
            Event::Send => {
                let before = mailbox.told().len();
                send_all(&mailer).await;
                for (to, at) in &mailbox.told()[before..] {
                    let person = people.iter().find(|person| person.mail == *to).unwrap();
                    assert!(person.may_be_told && person.end > *at, "{to} is not waiting");
                }
            }
            Event::Forget => {
                house.forget().await;
            }
            Event::Pass(count) => house.pass(hours(count)),
        }
    }
    let mut notices: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
    for (to, at) in mailbox.told() {
        notices.entry(to).or_default().push(at);
    }
    for (to, told) in notices {
        assert!(told.len() <= usize::from(MOST_NOTICES), "{to}: {told:?}");
        assert!(told.windows(2).all(|pair| pair[1].duration_since(pair[0]) >= hours(24)), "{to}: {told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_only_who_waits_is_told_once_a_day_and_three_times_in_all(
        events in proptest::collection::vec(event(), 30..150),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(live(events));
    }
}
