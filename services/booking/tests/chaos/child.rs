//! What the processes do that are killed: book, hold, give up, move, hand over, cancel, one after the other, at random.

use std::{env, fmt, path::PathBuf, time::Duration};

use booking::{
    BookingError,
    appointment::Appointment,
    contact::{Contact, Note, Typed},
    sealing::FolderError,
    service::{By, NewBooking},
    setting::{Asks, NameAsked},
};
use contracts::directory::Mode;
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Personal, Secret};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{
    house::{GROUP, House, TALK, at, berta, sqlite_in, start},
    proof::COUNSELLORS,
};

pub(crate) const FOLDER: &str = "CHAOS_TEST_FOLDER";
pub(crate) const RUN: &str = "CHAOS_TEST_RUN";
/// `early`: it says that a time is booked, and books it then.
pub(crate) const FAULT: &str = "CHAOS_TEST_FAULT";

/// So long the fault gives to be killed between what it says and what it does.
const EARLY: Duration = Duration::from_millis(300);

/// Not a test of its own. Says what it is about to do and what is done, line by line.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Ok(data) = env::var(FOLDER) else { return };
    let data = PathBuf::from(data);
    let run: u64 = env::var(RUN).unwrap().parse().unwrap();
    let mut dice = StdRng::seed_from_u64(run);
    // every process finds the clock somewhere else, before and after where it was
    let now = start() + SignedDuration::from_mins(dice.random_range(-90..90));
    let house = match House::try_open(&data, &sqlite_in(&data), now).await {
        Ok(house) => house,
        Err(FolderError::InUse) => {
            println!();
            say(format_args!("in use"));
            std::process::exit(0);
        }
        Err(problem) => panic!("{problem}"),
    };
    house.booking.forget_first(Duration::ZERO).await.unwrap();
    println!();
    say(format_args!("ready"));
    let mut person = Person { house: &house, dice, run, forms: 0, open: Vec::new() };
    for number in 0.. {
        match person.dice.random_range(0..10) {
            0..2 if !person.open.is_empty() => person.change().await,
            2..4 => person.book(GROUP).await,
            4..6 => person.hold().await,
            _ => person.book(TALK).await,
        }
        if number % 10 == 9 {
            // it goes by the latest time any process believed, and frees what was held until then
            say(format_args!("forgetting"));
            match house.booking.forget_due(Duration::from_secs(number)).await {
                Ok(forgotten) => assert_eq!(forgotten.appointments, 0, "nothing is due"),
                Err(error) => refused("-", &error),
            }
        }
    }
}

/// Whoever sits in front of it.
struct Person<'a> {
    house: &'a House,
    dice: StdRng,
    run: u64,
    forms: u64,
    /// What she was told she has.
    open: Vec<Appointment>,
}

impl Person<'_> {
    fn form(&mut self) -> String {
        self.forms += 1;
        format!("form-{}-{}-{}", self.run, self.forms, std::process::id())
    }

    async fn book(&mut self, offer: &str) {
        let (form, start) = (self.form(), self.some_time(offer));
        self.book_form(offer, form, start).await;
    }

    async fn book_form(&mut self, offer: &str, form: String, start: Timestamp) {
        let bookable = self.house.bookable(offer).await;
        say(format_args!("booking {form}"));
        if env::var(FAULT).is_ok_and(|fault| fault == "early") {
            let secret = Secret::new(form.clone());
            let held = self
                .house
                .booking
                .hold(&bookable, &secret, Mode::InPerson, start, Lang::De, None)
                .await
                .unwrap();
            say(format_args!("booked {} {form}", fact(&held)));
            tokio::time::sleep(EARLY).await;
        }
        match self.house.booking.book(&bookable, wish(&form, start)).await {
            Ok(reserved) => {
                say(format_args!("booked {} {form}", fact(&reserved.appointment)));
                self.open.push(reserved.appointment);
            }
            Err(error) => refused(&form, &error),
        }
    }

    /// Keeps a time free, and then books it, gives it back, or goes away.
    async fn hold(&mut self) {
        let (form, start) = (self.form(), self.some_time(TALK));
        let bookable = self.house.bookable(TALK).await;
        let secret = Secret::new(form.clone());
        say(format_args!("holding {form}"));
        match self.house.booking.hold(&bookable, &secret, Mode::InPerson, start, Lang::De, None).await {
            Ok(held) => say(format_args!("held {} {} {form}", held.id, held.span.from.as_second())),
            Err(error) => return refused(&form, &error),
        }
        match self.dice.random_range(0..3) {
            0 => self.book_form(TALK, form, start).await,
            1 => {
                say(format_args!("releasing {form}"));
                match self.house.booking.release(&secret).await {
                    Ok(()) => say(format_args!("released {form}")),
                    Err(error) => refused(&form, &error),
                }
            }
            _ => {}
        }
    }

    /// Takes back, moves or hands over one of hers.
    async fn change(&mut self) {
        let mine = self.open.swap_remove(self.dice.random_range(0..self.open.len()));
        let (booking, id) = (&self.house.booking, mine.id.as_str());
        let bookable = self.house.bookable(&mine.offer_id).await;
        let changed = match self.dice.random_range(0..3) {
            0 => {
                say(format_args!("cancelling {id}"));
                let note = Note::check("Leider krank").unwrap().filter(|_| self.dice.random_bool(0.5));
                let signature = berta();
                let by = if note.is_some() { By::Staff(&signature) } else { By::Seeker };
                match booking.cancel(&mine, by, note.as_ref()).await {
                    Ok(cancelled) => say(format_args!("cancelled {}", fact(&cancelled))),
                    Err(error) => refused(id, &error),
                }
                return;
            }
            1 if mine.offer_id == TALK => {
                let colleague = format!("counsellor-{}", self.dice.random_range(0..COUNSELLORS));
                say(format_args!("handing {id} {colleague}"));
                booking.hand_over(&bookable, &mine, &colleague, &berta()).await
            }
            _ => {
                let start = self.some_time(&mine.offer_id);
                say(format_args!("moving {id} {}", start.as_second()));
                booking.move_to(&bookable, &mine, Mode::InPerson, start, By::Seeker).await
            }
        };
        match changed {
            Ok(changed) => {
                say(format_args!("changed {}", fact(&changed)));
                self.open.push(changed);
            }
            Err(error) => {
                refused(id, &error);
                self.open.push(mine);
            }
        }
    }

    /// One of the times of ten weeks, so that they are often taken; a group meets on Wednesdays.
    fn some_time(&mut self, offer: &str) -> Timestamp {
        let group = offer == GROUP;
        let (week, day) = (self.dice.random_range(0..10), self.dice.random_range(0..5));
        let quarter = self.dice.random_range(0..36);
        let (day, quarter) = if group { (2, quarter % 4 * 9) } else { (day, quarter) };
        at("2027-01-04T07:00:00Z")
            + SignedDuration::from_hours(24 * (7 * week + day))
            + SignedDuration::from_mins(15 * quarter)
    }
}

/// What is sent off: she is called like her form.
pub(crate) fn wish(form: &str, start: Timestamp) -> NewBooking {
    let typed = Typed { name: form.to_owned(), ..Typed::default() };
    NewBooking {
        form: Secret::new(form.to_owned()),
        mode: Mode::InPerson,
        start,
        lang: Lang::De,
        contact: Contact::check(&typed, Asks { name: NameAsked::Pseudonym, ..Asks::default() }).ok(),
        remind: Some(Personal::new(format!("{form}@example.org"))),
    }
}

/// A line; what does not end in its full stop was cut off.
fn say(line: fmt::Arguments<'_>) {
    println!("{line} .");
}

fn fact(appointment: &Appointment) -> String {
    let Appointment { id, span, resource_id, version, .. } = appointment;
    format!("{id} {} {resource_id} {version}", span.from.as_second())
}

fn refused(what: &str, error: &BookingError) {
    match error {
        BookingError::Taken => say(format_args!("taken {what}")),
        BookingError::Store(_) => say(format_args!("refused {what}")),
        other => panic!("{other}"),
    }
}
