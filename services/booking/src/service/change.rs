//! Moving, cancelling, agreeing, declining, handing over.

use contracts::directory::Mode;
use jiff::{SignedDuration, Timestamp};

use super::{
    Bookable, Booking,
    bookable::Turn,
    reserve::place,
    seal::{Said, texts},
};
use crate::{
    BookingError,
    appointment::{Appointment, Attendance},
    letter::Kind,
    store::Move,
};

/// Who wants a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The person whose appointment it is.
    Seeker,
    /// The centre.
    Centre,
}

impl Booking {
    /// Moves an appointment to another time, with whoever is free then.
    ///
    /// # Errors
    /// [`BookingError::Taken`], [`BookingError::Closed`] or [`BookingError::Changed`]; then it stays where it was.
    pub async fn move_to(
        &self,
        bookable: &Bookable,
        appointment: &Appointment,
        mode: Mode,
        start: Timestamp,
    ) -> Result<Appointment, BookingError> {
        if start == appointment.span.from && mode == appointment.mode {
            return Ok(appointment.clone());
        }
        let turns = self.turns(bookable, mode, start, Some(appointment)).await?;
        self.moved(bookable, appointment, mode, &turns).await
    }

    /// Hands an appointment to a colleague at the same time.
    ///
    /// # Errors
    /// [`BookingError::Taken`] when she has something else then, [`BookingError::Closed`], [`BookingError::Changed`].
    pub async fn hand_over(
        &self,
        bookable: &Bookable,
        appointment: &Appointment,
        colleague: &str,
    ) -> Result<Appointment, BookingError> {
        if !bookable.has_counsellor(colleague) {
            return Err(BookingError::NotFound);
        }
        let turn = Turn {
            span: appointment.span,
            resource_id: colleague.to_owned(),
            room_id: appointment.room_id.clone(),
        };
        self.moved(bookable, appointment, appointment.mode, &[turn]).await
    }

    async fn moved(
        &self,
        bookable: &Bookable,
        appointment: &Appointment,
        mode: Mode,
        turns: &[Turn],
    ) -> Result<Appointment, BookingError> {
        let now = self.now();
        if !appointment.is_open(now) {
            return Err(BookingError::Closed);
        }
        let span = turns.first().ok_or(BookingError::Taken)?.span;
        let said =
            Said { contact: self.contact_of(appointment).await?, notify: self.notify_of(appointment).await? };
        let sealed = self.seal(&appointment.id, &said, bookable.forget_at(span), span.from).await?;
        for turn in turns {
            let to_seeker = sealed.notify.is_some();
            let mails =
                self.mails(bookable, next(appointment), Kind::Moved, span.from, appointment.lang, to_seeker);
            let change = Move {
                id: appointment.id.clone(),
                version: appointment.version,
                place: place(bookable, turn),
                mode,
                forget_at: bookable.forget_at(span),
                contact: sealed.contact.clone(),
                notify: sealed.notify.clone(),
                mails,
            };
            match retried!(self.store().move_to(&change, now).await) {
                Ok(moved) => {
                    let earlier = texts(appointment.contact.as_ref(), appointment.notify.as_ref());
                    self.destroy(&appointment.id, &earlier).await?;
                    self.free_times_moved(&moved.offer_id);
                    self.wake_mailer();
                    return Ok(moved);
                }
                Err(BookingError::Taken) => {}
                Err(error) => {
                    self.destroy(&appointment.id, &sealed.texts()).await?;
                    return Err(error);
                }
            }
        }
        self.destroy(&appointment.id, &sealed.texts()).await?;
        Err(BookingError::Taken)
    }

    /// Cancels an appointment. What she said of herself is destroyed at once; her address after the mail that tells her.
    ///
    /// # Errors
    /// [`BookingError::Closed`], [`BookingError::Changed`].
    pub async fn cancel(&self, appointment: &Appointment, wish: Wish) -> Result<Appointment, BookingError> {
        let now = self.now();
        let bookable = match self.offer_as_set(&appointment.offer_id).await {
            Err(BookingError::NotFound) => None,
            other => Some(other?),
        };
        let bookable = bookable.as_ref();
        let release = bookable.map_or(0, |bookable| bookable.setting.release_minutes);
        let release_at = (release > 0).then(|| now + SignedDuration::from_mins(i64::from(release)));
        let release_at = release_at.filter(|at| *at < appointment.span.to);
        let mails = bookable.map_or_else(Vec::new, |bookable| {
            let kind = match wish {
                Wish::Seeker => Kind::Cancelled,
                Wish::Centre => Kind::CancelledByCentre,
            };
            let to_seeker = appointment.notify.is_some();
            self.mails(bookable, next(appointment), kind, appointment.span.from, appointment.lang, to_seeker)
        });
        let by_centre = wish == Wish::Centre;
        let (id, version) = (appointment.id.as_str(), appointment.version);
        let cancelled = retried!(self.store().cancel(id, version, by_centre, release_at, &mails, now).await)?;
        self.destroy(id, &texts(appointment.contact.as_ref(), None)).await?;
        self.free_times_moved(&cancelled.offer_id);
        self.wake_mailer();
        Ok(cancelled)
    }

    /// The centre agrees to a request.
    ///
    /// # Errors
    /// [`BookingError::Closed`], [`BookingError::Changed`].
    pub async fn confirm(
        &self,
        bookable: &Bookable,
        appointment: &Appointment,
    ) -> Result<Appointment, BookingError> {
        let to_seeker = appointment.notify.is_some();
        let start = appointment.span.from;
        let mails =
            self.mails(bookable, next(appointment), Kind::Confirmed, start, appointment.lang, to_seeker);
        let confirmed =
            self.store().confirm(&appointment.id, appointment.version, &mails, self.now()).await?;
        self.wake_mailer();
        Ok(confirmed)
    }

    /// Notes whether the person came; forgotten with the appointment.
    ///
    /// # Errors
    /// [`BookingError::Closed`] before it has begun, [`BookingError::Changed`].
    pub async fn attend(
        &self,
        appointment: &Appointment,
        attendance: Attendance,
    ) -> Result<(), BookingError> {
        if appointment.span.from > self.now() {
            return Err(BookingError::Closed);
        }
        self.store().attend(&appointment.id, attendance).await
    }
}

/// The appointment and the version that a change gives it.
fn next(appointment: &Appointment) -> (&str, u32) {
    (&appointment.id, appointment.version + 1)
}
