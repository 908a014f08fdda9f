//! What the processes do that are killed.

use std::{env, path::PathBuf, time::Duration};

use booking::{
    BookingError,
    appointment::Appointment,
    contact::{Contact, Typed},
    sealing::FolderError,
    service::{By, NewBooking},
    setting::{Asks, NameAsked},
};
use contracts::directory::Mode;
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Personal, Secret};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::house::{House, TALK, at, sqlite_in, start};

pub(crate) const FOLDER: &str = "CHAOS_TEST_FOLDER";
pub(crate) const RUN: &str = "CHAOS_TEST_RUN";

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
            println!("\nin use");
            std::process::exit(0);
        }
        Err(problem) => panic!("{problem}"),
    };
    house.booking.forget_first(Duration::ZERO).await.unwrap();
    println!("\nready");
    let mut open: Vec<Appointment> = Vec::new();
    for number in 0.. {
        let start = some_time(&mut dice);
        let bookable = house.bookable(TALK).await;
        if number % 4 == 3 && !open.is_empty() {
            let mine = open.swap_remove(dice.random_range(0..open.len()));
            if dice.random_bool(0.5) {
                println!("cancelling {} 0", mine.id);
                match house.booking.cancel(&mine, By::Seeker, None).await {
                    Ok(_) => println!("cancelled {} 0", mine.id),
                    Err(error) => refused(&error),
                }
            } else {
                println!("moving {} {}", mine.id, start.as_second());
                match house.booking.move_to(&bookable, &mine, Mode::Phone, start, By::Seeker).await {
                    Ok(moved) => println!("moved {} {}", moved.id, start.as_second()),
                    Err(error) => refused(&error),
                }
            }
            continue;
        }
        let form = format!("form-{run}-{number}-{}", std::process::id());
        let typed = Typed { name: form.clone(), ..Typed::default() };
        let wish = NewBooking {
            form: Secret::new(form.clone()),
            mode: Mode::InPerson,
            start,
            lang: Lang::De,
            contact: Contact::check(&typed, Asks { name: NameAsked::Pseudonym, ..Asks::default() }).ok(),
            remind: Some(Personal::new(format!("{form}@example.org"))),
        };
        println!("booking {form} {}", start.as_second());
        match house.booking.book(&bookable, wish).await {
            Ok(reserved) => {
                println!("booked {} {} {form}", reserved.appointment.id, start.as_second());
                open.push(reserved.appointment);
            }
            Err(error) => refused(&error),
        }
        if number % 10 == 9 {
            match house.booking.forget_due(Duration::from_secs(number)).await {
                Ok(forgotten) => assert_eq!(forgotten.appointments, 0, "nothing is due"),
                Err(error) => refused(&error),
            }
        }
    }
}

fn refused(error: &BookingError) {
    match error {
        BookingError::Taken => println!("taken"),
        BookingError::Store(_) => println!("refused"),
        other => panic!("{other}"),
    }
}

/// One of the times of ten weeks, so that they are often taken.
fn some_time(dice: &mut StdRng) -> Timestamp {
    let (week, day) = (dice.random_range(0..10), dice.random_range(0..5));
    let quarter = dice.random_range(0..36);
    at("2027-01-04T07:00:00Z")
        + SignedDuration::from_hours(24 * (7 * week + day))
        + SignedDuration::from_mins(15 * quarter)
}
