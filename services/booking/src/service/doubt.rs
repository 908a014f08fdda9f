//! What became of a change whose outcome the store could not tell: a connection can break after the commit as well as before.

use storekit::StoreError;

use super::Booking;
use crate::{BookingError, appointment::Appointment};

/// What became of it.
pub(super) enum Fate {
    /// It happened.
    Done(Box<Appointment>),
    /// It did not: what was made for it can go.
    Undone(BookingError),
    /// Nobody can tell now. Keys stay: if no row names them they die at the next start, at the latest when they are due.
    Unknown(BookingError),
}

impl Booking {
    /// Looks whether a change that ended in an error happened all the same.
    pub(super) async fn fate(
        &self,
        id: &str,
        error: BookingError,
        is_done: impl Fn(&Appointment) -> bool + Send,
    ) -> Fate {
        if !matches!(error, BookingError::Store(_)) {
            return Fate::Undone(error);
        }
        match self.store().appointment(id).await {
            Ok(Some(found)) if is_done(&found) => Fate::Done(Box::new(found)),
            // a server may still be committing what lost its connection
            Ok(_) if is_answered(&error) => Fate::Undone(error),
            Ok(_) | Err(_) => Fate::Unknown(error),
        }
    }
}

/// Whether the database itself refused, so that nothing was stored. What only the driver says may come after a commit.
fn is_answered(error: &BookingError) -> bool {
    match error {
        BookingError::Store(
            StoreError::Unavailable { reason: said } | StoreError::Unexpected { code: said },
        ) => is_refusal(said),
        _ => true,
    }
}

/// Whether a text of [`StoreError`] is a code with which an engine takes a transaction back. Class 08 tells of the
/// connection, and the low byte 10 of a disk that failed: then nobody knows what it holds.
fn is_refusal(said: &str) -> bool {
    let sqlite = said.strip_prefix("SQLite code ").and_then(|code| code.parse::<u32>().ok());
    let postgres = said.strip_prefix("SQLSTATE ");
    sqlite.is_some_and(|code| code & 0xff != 10) || postgres.is_some_and(|code| !code.starts_with("08"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        service::NewBooking,
        web::seek::tests::house::{House, OFFER},
    };
    use contracts::directory::Mode;
    use kernel::{Lang, Secret};

    #[test]
    fn a_refusal_is_one_on_both_engines_and_a_broken_connection_on_none() {
        let unavailable = |reason: &str| StoreError::Unavailable { reason: reason.to_owned() };
        let unexpected = |code: &str| StoreError::Unexpected { code: code.to_owned() };
        for error in [
            unavailable("SQLite code 5"),
            unavailable("SQLite code 6"),
            unavailable("SQLite code 13"),
            unavailable("SQLite code 517"),
            unavailable("SQLSTATE 40P01"),
            unavailable("SQLSTATE 53100"),
            unexpected("SQLSTATE 42703"),
            unexpected("SQLite code 1"),
            StoreError::Refused { constraint: "appointment_state".into() },
        ] {
            assert!(is_answered(&BookingError::Store(error.clone())), "{error}");
        }
        for error in [
            unavailable("SQLite code 10"),
            unavailable("SQLite code 1034"),
            unavailable("SQLSTATE 08006"),
            unavailable("connection reset"),
            unavailable("the connection's thread ended"),
            unexpected("the server does not speak the protocol"),
            unexpected("the driver refused the statement"),
        ] {
            assert!(!is_answered(&BookingError::Store(error.clone())), "{error}");
        }
    }

    #[tokio::test]
    async fn a_change_that_happened_is_told_from_one_that_did_not() {
        let house = House::open().await;
        let booking = house.booking();
        let bookable = booking.bookable(OFFER).await.unwrap();
        let times = booking.times(&bookable, None, None, 1).await.unwrap();
        let wish = NewBooking {
            form: Secret::new(String::from("0123456789abcdef0123456789")),
            mode: Mode::Phone,
            start: times.days[0].times[0].span.from,
            lang: Lang::De,
            contact: None,
            remind: None,
        };
        let booked = booking.book(&bookable, wish).await.unwrap().appointment;

        let broken =
            || BookingError::Store(StoreError::Unavailable { reason: String::from("connection lost") });
        let fate = booking.fate(&booked.id, broken(), |found| found.version == 0).await;
        assert!(matches!(fate, Fate::Done(found) if *found == booked));
        let fate = booking.fate(&booked.id, broken(), |found| found.version == 1).await;
        assert!(matches!(fate, Fate::Unknown(BookingError::Store(_))), "it may still come");
        let refused = BookingError::Store(StoreError::Unavailable { reason: String::from("SQLSTATE 40P01") });
        assert!(matches!(booking.fate(&booked.id, refused, |_| false).await, Fate::Undone(_)));
        let refused = booking.fate(&booked.id, BookingError::Taken, |_| true).await;
        assert!(matches!(refused, Fate::Undone(BookingError::Taken)), "a refusal is no doubt");
    }
}
