//! Moving, cancelling, agreeing, declining, handing over. What the centre does stands in the trail afterwards.

use contracts::{audit::AuditEntry, directory::Mode};
use jiff::{SignedDuration, Timestamp};
use kernel::Personal;

use super::{
    Bookable, Booking, By, Signature,
    bookable::Turn,
    by::Deed,
    doubt::Fate,
    reserve::place,
    seal::{Said, texts},
};
use crate::{
    BookingError,
    appointment::{Appointment, Attendance, State},
    contact::{Contact, Note},
    letter::{self, Kind, To},
    sealing::Purpose,
    store::{Cancellation, Move},
};

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
        by: By<'_>,
    ) -> Result<Appointment, BookingError> {
        if start == appointment.span.from && mode == appointment.mode {
            return Ok(appointment.clone());
        }
        let turns = self.turns(bookable, mode, start, Some(appointment)).await?;
        let audit = self.line(by, Deed::Moved, appointment).await?;
        self.moved(bookable, appointment, (mode, &turns), audit).await
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
        by: &Signature,
    ) -> Result<Appointment, BookingError> {
        if !bookable.has_counsellor(colleague) {
            return Err(BookingError::NotFound);
        }
        let turn = Turn {
            span: appointment.span,
            resource_id: colleague.to_owned(),
            room_id: appointment.room_id.clone(),
        };
        let audit = self.line_of(by, Deed::HandedOver, appointment).await?;
        self.moved(bookable, appointment, (appointment.mode, &[turn]), Some(audit)).await
    }

    async fn moved(
        &self,
        bookable: &Bookable,
        appointment: &Appointment,
        (mode, turns): (Mode, &[Turn]),
        audit: Option<AuditEntry>,
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
                audit: audit.clone(),
            };
            let mut outcome = retried!(self.store().move_to(&change, now).await);
            if let Err(error) = outcome {
                let is_done = |found: &Appointment| {
                    found.version == appointment.version + 1
                        && (&found.contact, &found.notify) == (&sealed.contact, &sealed.notify)
                };
                outcome = match self.fate(&appointment.id, error, is_done).await {
                    Fate::Done(moved) => Ok(*moved),
                    Fate::Undone(error) => Err(error),
                    Fate::Unknown(error) => return Err(error),
                };
            }
            match outcome {
                Ok(moved) => {
                    let earlier = texts(appointment.contact.as_ref(), appointment.notify.as_ref());
                    self.destroy_left(&appointment.id, &earlier).await;
                    self.leave_moved(appointment, &moved).await;
                    self.free_times_moved(&moved.offer_id);
                    self.wake_mailer();
                    return Ok(moved);
                }
                Err(BookingError::Taken) => {}
                Err(error) => {
                    self.destroy_left(&appointment.id, &sealed.texts()).await;
                    return Err(error);
                }
            }
        }
        self.destroy_left(&appointment.id, &sealed.texts()).await;
        Err(BookingError::Taken)
    }

    /// Cancels an appointment. What she said of herself is destroyed at once; her address after the mail that tells her.
    /// What the centre wants to tell her goes with that mail, if she gets one, and can be read with her code until the
    /// appointment would have been over.
    ///
    /// # Errors
    /// [`BookingError::Closed`], [`BookingError::Changed`].
    pub async fn cancel(
        &self,
        appointment: &Appointment,
        by: By<'_>,
        note: Option<&Personal<Note>>,
    ) -> Result<Appointment, BookingError> {
        let now = self.now();
        let bookable = match self.offer_as_set(&appointment.offer_id).await {
            Err(BookingError::NotFound) => None,
            other => Some(other?),
        };
        let bookable = bookable.as_ref();
        let release = bookable.map_or(0, |bookable| bookable.setting.release_minutes);
        let release_at = (release > 0).then(|| now + SignedDuration::from_mins(i64::from(release)));
        let release_at = release_at.filter(|at| *at < appointment.span.to);
        let kind = match by {
            By::Seeker => Kind::Cancelled,
            By::Staff(_) => Kind::CancelledByCentre,
        };
        // also when the centre does not have the offer any more
        let to = To {
            seeker: appointment.notify.is_some().then_some([].as_slice()),
            centre: self.centre_setting(&appointment.centre_id).await?.value.mail.is_some(),
            to_answer: None,
        };
        let mails =
            letter::intents(next(appointment), kind, appointment.lang, (now, appointment.span.from), to);
        let audit = self.line(by, Deed::Cancelled, appointment).await?;
        let note = match note {
            Some(note) => Some(self.seal_note(&appointment.id, note, appointment.forget_at).await?),
            None => None,
        };
        let (id, version) = (appointment.id.clone(), appointment.version);
        let change = Cancellation { id, version, release_at, note, mails, audit };
        let cancelled = match retried!(self.store().cancel(&change, now).await) {
            Ok(cancelled) => cancelled,
            Err(error) => {
                let is_done = |found: &Appointment| {
                    matches!(found.state, State::Cancelled { .. }) && found.note == change.note
                };
                match self.fate(&change.id, error, is_done).await {
                    Fate::Done(cancelled) => *cancelled,
                    Fate::Unknown(error) => return Err(error),
                    Fate::Undone(error) => {
                        let note = change.note.as_ref().map(|note| (Purpose::Note, note));
                        self.destroy_left(&change.id, note.as_slice()).await;
                        return Err(error);
                    }
                }
            }
        };
        self.destroy_left(&change.id, &texts(appointment.contact.as_ref(), None)).await;
        self.leave_room(appointment, None).await;
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
        by: &Signature,
    ) -> Result<Appointment, BookingError> {
        let to_seeker = appointment.notify.is_some();
        let start = appointment.span.from;
        let mails =
            self.mails(bookable, next(appointment), Kind::Confirmed, start, appointment.lang, to_seeker);
        let audit = self.line_of(by, Deed::Confirmed, appointment).await?;
        let (id, version) = (&appointment.id, appointment.version);
        let confirmed = self.store().confirm(id, version, &mails, &audit, self.now()).await?;
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
        by: &Signature,
    ) -> Result<(), BookingError> {
        if appointment.span.from > self.now() {
            return Err(BookingError::Closed);
        }
        let audit = self.line_of(by, Deed::AttendanceNoted, appointment).await?;
        self.store().attend(&appointment.id, attendance, &audit).await
    }

    /// Opens what a seeker said of herself, for somebody of the centre. That it was opened is written down before.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn read_contact(
        &self,
        appointment: &Appointment,
        by: &Signature,
    ) -> Result<Option<Personal<Contact>>, BookingError> {
        let audit = self.line_of(by, Deed::ContactRead, appointment).await?;
        self.store().note(&audit).await?;
        self.contact_of(appointment).await
    }
}

/// The appointment and the version that a change gives it.
fn next(appointment: &Appointment) -> (&str, u32) {
    (&appointment.id, appointment.version + 1)
}
