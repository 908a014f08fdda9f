//! What the program does, in a process of its own that ends as if it were killed: everything it leaves lies on the disk.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use booking::{
    contact::{Contact, Field, Note},
    service::{By, Knock, NewBooking, Wait},
    setting::{Asked, Asks, NameAsked},
    store::Joined,
    waiting::MOST_ENTRIES,
};
use contracts::directory::Mode;
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use jiff::SignedDuration;
use kernel::{Lang, Personal, Secret};
use mailkit::{
    Intent,
    testing::{Fault, Security, Setup, SmtpSink, Step},
};
use sha2::{Digest, Sha256};
use storekit::Database;

use crate::{
    house::{House, TALK, at, berta, send_all, start},
    people::{Person, waits_until},
};

const ASKS: Asks = Asks { name: NameAsked::Full, mail: Asked::Needed, phone: Asked::Needed, note: true };

/// What a child process is told.
pub(crate) const ROOT: &str = "FORGET_TEST_ROOT";
pub(crate) const STAGE: &str = "FORGET_TEST_STAGE";
pub(crate) const STORE: &str = "FORGET_TEST_STORE";
pub(crate) const COUNT: &str = "FORGET_TEST_COUNT";
pub(crate) const FAULT: &str = "FORGET_TEST_FAULT";
pub(crate) const CONTROL: &str = "FORGET_TEST_CONTROL";

/// Not a test of its own.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Ok(root) = env::var(ROOT) else { return };
    let root = PathBuf::from(root);
    let data = root.join("data");
    let log = File::options().append(true).create(true).open(root.join("log")).unwrap();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(Mutex::new(log))
        .init();
    let people: Vec<_> = (0..env::var(COUNT).unwrap().parse().unwrap()).map(Person::new).collect();
    let fault = env::var(FAULT).unwrap_or_default();
    let (stage, store) = (env::var(STAGE).unwrap(), env::var(STORE).unwrap());
    let now = match stage.as_str() {
        "book" => start(),
        "change" => start() + SignedDuration::from_hours(1),
        "day" => at("2026-12-01T20:00:00Z"),
        _ => at("2027-12-24T20:00:00Z"),
    };
    if stage == "end" && fault == "unlink" {
        for entry in fs::read_dir(data.join("keys/booking")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
    let house = House::open(&data, &store, now).await;
    match stage.as_str() {
        "book" => {
            house.furnish(2).await;
            book(&house, &people).await;
            wait(&house, &people).await;
            make_a_mistake(&house, &data, &people, &fault).await;
        }
        "change" => change(&house, &people).await,
        "end" if fault == "never" => {}
        "end" if fault == "reader" => {
            let Database::Sqlite(file) = &house.database else { panic!("there is no reader") };
            let mut reader = file.readers().begin().await.unwrap();
            let _: i64 =
                sqlx::query_scalar("SELECT count(*) FROM appointment").fetch_one(&mut *reader).await.unwrap();
            let forgotten = house.booking.forget_due(Duration::ZERO).await.unwrap();
            assert!(!forgotten.log_emptied && forgotten.appointments > 0);
            leave();
        }
        _ => {
            let keys = if fault == "kept" { keys(&data) } else { Vec::new() };
            house.booking.forget_first(Duration::ZERO).await.unwrap();
            if stage == "end" {
                house.booking.clear_remains(None).await.unwrap();
            }
            // what overwriting and unlinking leave on a disk that writes elsewhere
            keys.into_iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
        }
    }
    leave();
}

/// The files of keys with what they hold.
fn keys(data: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(data.join("keys/booking")).unwrap().flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "keys"));
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// No destructor, no farewell to the database.
fn leave() -> ! {
    std::process::exit(0);
}

fn wish(person: &Person) -> NewBooking {
    NewBooking {
        form: Secret::new(person.form.clone()),
        mode: Mode::InPerson,
        start: person.start(),
        lang: if person.number.is_multiple_of(2) { Lang::De } else { Lang::En },
        contact: Contact::check(&person.typed(), ASKS).ok(),
        remind: Some(Personal::new(person.remind.clone())),
    }
}

async fn book(house: &House, people: &[Person]) {
    let booking = &house.booking;
    for person in people {
        let bookable = house.bookable(person.offer()).await;
        let form = Secret::new(person.form.clone());
        assert!(wish(person).contact.is_some(), "what she says is accepted");
        booking.hold(&bookable, &form, Mode::InPerson, person.start(), Lang::De, None).await.unwrap();
        let reserved = booking.book(&bookable, wish(person)).await.unwrap();
        let again = booking.book(&bookable, wish(person)).await.unwrap();
        assert_eq!(reserved.appointment.id, again.appointment.id);

        // a form that is refused, a time that is taken, a code that is wrong
        let mut wrong = person.typed();
        wrong.mail = format!("{}@@", person.mail);
        let problems = Contact::check(&wrong, ASKS).err().unwrap();
        assert_eq!(problems.first().unwrap().0, Field::Mail);
        let late = NewBooking {
            form: Secret::new(format!("{}-late", person.form)),
            start: at("2026-11-22T07:00:00Z"),
            ..wish(person)
        };
        assert!(booking.book(&bookable, late).await.is_err());
        let code = Knock::Typed(Secret::new(person.note.clone()), Secret::new(person.phone.clone()));
        assert!(booking.knock(&code).await.is_err());
    }
}

/// Everybody wants to hear of an earlier time, as far as the list is long enough.
async fn wait(house: &House, people: &[Person]) {
    let bookable = house.bookable(TALK).await;
    for person in people.iter().take(MOST_ENTRIES as usize) {
        for joined in [Joined::New, Joined::Again] {
            let wait = Wait {
                form: person.waiting_form(),
                before: waits_until(),
                mail: Personal::new(person.wait.clone()),
                lang: Lang::De,
            };
            assert_eq!(house.booking.wait(&bookable, wait).await, Ok(joined));
        }
    }
}

/// One in four does not answer, one leaves, two stay.
async fn answer(house: &House, people: &[Person]) {
    for person in people.iter().take(MOST_ENTRIES as usize) {
        let entry = house.booking.waiting_entry(&person.waiting_link(&house.key)).await.unwrap();
        match person.number % 4 {
            0 => {}
            1 => house.booking.leave_waiting(&entry).await.unwrap(),
            _ => house.booking.confirm_waiting(&entry).await.unwrap(),
        }
    }
    house.booking.tell_waiting().await.unwrap();
}

/// What a program that keeps too much would do.
async fn make_a_mistake(house: &House, data: &Path, people: &[Person], fault: &str) {
    let Some(person) = people.first() else { return };
    let Database::Sqlite(file) = &house.database else { return };
    match fault {
        "log" => tracing::info!(mail = person.mail, "booked"),
        "packed" => {
            let mut file =
                GzEncoder::new(File::create(data.join("log.1.gz")).unwrap(), Compression::default());
            file.write_all(format!("{} booked", person.mail).as_bytes()).unwrap();
            file.finish().unwrap();
        }
        "column" | "hash" => {
            let value = if fault == "column" {
                person.phone.clone()
            } else {
                HEXLOWER.encode(&Sha256::digest(person.mail.as_bytes()))
            };
            let mut transaction = file.begin().await.unwrap();
            let update = sqlx::query("UPDATE audit SET detail = $1").bind(value);
            update.execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
        }
        "outbox" => {
            let mut transaction = file.begin().await.unwrap();
            let intent = Intent::now("a", "a", "a", Lang::De, start()).with_detail(person.note.clone());
            mailkit::enqueue_sqlite(&mut transaction, &intent).await.unwrap();
            transaction.commit().await.unwrap();
        }
        _ => {}
    }
}

async fn change(house: &House, people: &[Person]) {
    let booking = &house.booking;
    // one server says "later", one says "never"
    let refused = people.first().map(|person| person.remind.clone()).unwrap_or_default();
    let later = people.get(7).map(|person| person.remind.clone()).unwrap_or_default();
    let faults = move |step, rest: &str| match step {
        Step::Recipient if rest == refused => Fault::Reply(550),
        Step::Recipient if rest == later => Fault::Reply(451),
        _ => Fault::None,
    };
    let sink = SmtpSink::start(Setup::new(Security::None).with_faults(faults)).await;
    let mailer = house.mailer_to(&sink);
    assert!(send_all(&mailer).await.sent > 0);
    for person in people {
        let bookable = house.bookable(person.offer()).await;
        let link = booking::receipt::Receipts::new(&house.key).link(&Secret::new(person.form.clone()));
        let mine = booking.knock(&Knock::Link(link)).await.unwrap();
        let contact = booking.contact_of(&mine).await.unwrap().unwrap();
        assert_eq!(contact.expose().mail, person.mail);
        match person.number % 8 {
            1 => {
                let later = mine.span.from + SignedDuration::from_hours(26 * 7 * 24);
                booking.move_to(&bookable, &mine, Mode::Video, later, By::Seeker).await.map(drop).unwrap();
            }
            2 => booking.cancel(&mine, By::Seeker, None).await.map(drop).unwrap(),
            3 | 5 => {
                let note = Note::check(&person.told).unwrap();
                let cancelled = booking.cancel(&mine, By::Staff(&berta()), note.as_ref()).await.unwrap();
                let note = booking.note_of(&cancelled).await.unwrap().unwrap();
                assert_eq!(note.expose().text(), person.told);
            }
            4 => booking.confirm(&bookable, &mine, &berta()).await.map(drop).unwrap(),
            6 => {
                let other = ["counsellor-0", "counsellor-1"].into_iter().find(|id| *id != mine.resource_id);
                booking.hand_over(&bookable, &mine, other.unwrap(), &berta()).await.map(drop).unwrap();
            }
            _ => {}
        }
    }
    answer(house, people).await;
    send_all(&mailer).await;
    booking.forget_due(Duration::from_secs(3600)).await.unwrap();
    assert!(house.bookable(TALK).await.has_counsellor("counsellor-0"));
    if let Ok(control) = env::var(CONTROL) {
        let mails: String = sink.mails().into_iter().map(|mail| mail.text).collect();
        fs::write(control, mails).unwrap();
    }
}
