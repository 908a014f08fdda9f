//! Holding a time and booking it.

use contracts::{audit::AuditEntry, directory::Mode};
use jiff::Timestamp;
use kernel::{Lang, Personal, Secret};
use mailkit::Intent;

use super::{
    Bookable, Booking as Service, By, HOLD, Signature,
    bookable::Turn,
    by::{Deed, Where},
    doubt::Fate,
    seal::{Said, SealedSaid},
};
use crate::{
    BookingError,
    appointment::{Appointment, State},
    availability::{LONGEST_HORIZON, local_date},
    contact::{Contact, Notify},
    letter::{self, Kind, To},
    receipt::{Receipt, hash},
    setting::Agreement,
    store::{self, Booked, Hold, Place},
};

/// How often a code that somebody else has is replaced by another.
const CODES: u8 = 4;

/// A form that is sent off.
pub struct Booking {
    /// The form's own key: sending the form again is the same booking.
    pub form: Secret<String>,
    /// How.
    pub mode: Mode,
    /// When.
    pub start: Timestamp,
    /// The language to write in.
    pub lang: Lang,
    /// What she said of herself.
    pub contact: Option<Personal<Contact>>,
    /// Where mails go, if she wants any.
    pub remind: Option<Personal<String>>,
}

/// A booked appointment with its receipt.
pub struct Reserved {
    /// The appointment.
    pub appointment: Appointment,
    /// What she needs to see, move or cancel it.
    pub receipt: Receipt,
}

impl Service {
    /// Keeps a time free for a form. `earlier` is what it holds of the same offer, also too long by now: it does not stand in
    /// the way, and is given back if the new time is kept.
    ///
    /// # Errors
    /// [`BookingError::Taken`] when nobody is free then; what was held before is still held.
    pub async fn hold(
        &self,
        bookable: &Bookable,
        form: &Secret<String>,
        mode: Mode,
        start: Timestamp,
        lang: Lang,
        earlier: Option<&Appointment>,
    ) -> Result<Appointment, BookingError> {
        let now = self.now();
        for turn in self.turns(bookable, mode, start, earlier).await? {
            let hold = self.hold_of(bookable, form, mode, lang, &turn);
            match retried!(self.store().hold(&hold, now).await) {
                Err(BookingError::Taken) => {}
                other => {
                    match earlier {
                        Some(_) => self.free_times_moved(&bookable.offer.id),
                        None => self.free_times_taken(&bookable.offer.id),
                    }
                    return other;
                }
            }
        }
        Err(BookingError::Taken)
    }

    /// Gives back what a form holds.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn release(&self, form: &Secret<String>) -> Result<(), BookingError> {
        if let Some(offer) = retried!(self.store().release(hash(form)).await)? {
            self.free_times_moved(&offer);
        }
        Ok(())
    }

    /// Books a time. What she said is sealed first; its keys die at once if nothing comes of it.
    ///
    /// # Errors
    /// [`BookingError::Taken`] when the hold ran out and somebody else was faster.
    pub async fn book(&self, bookable: &Bookable, booking: Booking) -> Result<Reserved, BookingError> {
        self.book_by(bookable, booking, By::Seeker).await
    }

    /// Books a time for somebody who calls or stands at the desk.
    ///
    /// # Errors
    /// [`BookingError::Taken`].
    pub async fn book_for(
        &self,
        bookable: &Bookable,
        booking: Booking,
        by: &Signature,
    ) -> Result<Reserved, BookingError> {
        self.book_by(bookable, booking, By::Staff(by)).await
    }

    async fn book_by(
        &self,
        bookable: &Bookable,
        booking: Booking,
        by: By<'_>,
    ) -> Result<Reserved, BookingError> {
        let earlier = self.store().by_form(hash(&booking.form)).await?;
        let mut gives_back = false;
        let turns = match &earlier {
            Some(earlier) if !matches!(earlier.state, State::Held { .. }) => {
                let receipt = self.receipt_of(&booking.form, earlier).await?;
                return Ok(Reserved { receipt, appointment: earlier.clone() });
            }
            Some(held)
                if held.span.from == booking.start
                    && held.mode == booking.mode
                    && held.offer_id == bookable.offer.id =>
            {
                vec![Turn {
                    span: held.span,
                    resource_id: held.resource_id.clone(),
                    room_id: held.room_id.clone(),
                }]
            }
            held => {
                gives_back = held.is_some();
                let of_offer = held.as_ref().filter(|held| held.offer_id == bookable.offer.id);
                self.turns(bookable, booking.mode, booking.start, of_offer).await?
            }
        };
        let id = self.id_of(&booking.form);
        let said = Said {
            contact: booking.contact,
            notify: booking.remind.map(|mail| {
                let link = self.0.receipts.link(&booking.form).expose().clone();
                Personal::new(Notify { mail: mail.expose().clone(), link })
            }),
        };
        let span = turns.first().ok_or(BookingError::Taken)?.span;
        let place = Where {
            centre_id: &bookable.centre.id,
            offer_id: &bookable.offer.id,
            state: State::Confirmed,
            start: span.from,
        };
        let audit = self.line(by, Deed::Booked, place).await?;
        let sealed = self.seal(&id, &said, bookable.forget_at(span), span.from).await?;
        let form = (&booking.form, booking.mode, booking.lang);
        for turn in &turns {
            let booked = self.book_turn(bookable, form, turn, (&sealed, audit.as_ref())).await;
            match booked {
                Ok((Booked::New(appointment), receipt)) => {
                    if gives_back {
                        self.free_times_moved(&appointment.offer_id);
                    } else {
                        self.free_times_taken(&appointment.offer_id);
                    }
                    self.wake_mailer();
                    return Ok(Reserved { appointment, receipt });
                }
                Ok((Booked::Again(appointment), _)) => {
                    return self.reserved(&booking.form, appointment, &sealed).await;
                }
                Ok((Booked::CodeTaken, _)) | Err(BookingError::Taken) => {}
                Err(error) => match self.fate(&id, error, |_| true).await {
                    Fate::Done(appointment) => {
                        self.wake_mailer();
                        return self.reserved(&booking.form, *appointment, &sealed).await;
                    }
                    Fate::Undone(error) => {
                        self.destroy_left(&id, &sealed.texts()).await;
                        return Err(error);
                    }
                    Fate::Unknown(error) => return Err(error),
                },
            }
        }
        self.destroy_left(&id, &sealed.texts()).await;
        Err(BookingError::Taken)
    }

    /// What a form became, whichever of its sendings made it. What this one sealed goes if it was another.
    async fn reserved(
        &self,
        form: &Secret<String>,
        appointment: Appointment,
        sealed: &SealedSaid,
    ) -> Result<Reserved, BookingError> {
        if (&appointment.contact, &appointment.notify) != (&sealed.contact, &sealed.notify) {
            self.destroy_left(&appointment.id, &sealed.texts()).await;
        }
        let receipt = self.receipt_of(form, &appointment).await?;
        Ok(Reserved { appointment, receipt })
    }

    async fn book_turn(
        &self,
        bookable: &Bookable,
        (form, mode, lang): (&Secret<String>, Mode, Lang),
        turn: &Turn,
        (sealed, audit): (&SealedSaid, Option<&AuditEntry>),
    ) -> Result<(Booked, Receipt), BookingError> {
        let now = self.now();
        let to_be_confirmed = bookable.setting.agreement == Agreement::Centre;
        for attempt in 0..CODES {
            let receipt = self.0.receipts.of_form(form, local_date(turn.span.from), attempt);
            let hold = self.hold_of(bookable, form, mode, lang, turn);
            let kind = if to_be_confirmed { Kind::Requested } else { Kind::Confirmed };
            let mails =
                self.mails(bookable, (&hold.id, 0), kind, turn.span.from, lang, sealed.notify.is_some());
            let booking = store::NewBooking {
                to_be_confirmed,
                code_mac: self.0.receipts.code_mac(&receipt.code),
                pin_mac: self.0.receipts.pin_mac(&receipt.code, &receipt.pin),
                link_hash: hash(&receipt.link),
                contact: sealed.contact.clone(),
                notify: sealed.notify.clone(),
                mails,
                audit: audit.cloned(),
                hold,
            };
            match retried!(self.store().book(&booking, now).await)? {
                Booked::CodeTaken => {}
                booked => return Ok((booked, receipt)),
            }
        }
        Ok((Booked::CodeTaken, self.0.receipts.of_form(form, local_date(turn.span.from), 0)))
    }

    /// The receipt that was shown for an appointment: the one whose code is stored. Its code names the day it was booked
    /// for, which is another one after a move.
    async fn receipt_of(
        &self,
        form: &Secret<String>,
        appointment: &Appointment,
    ) -> Result<Receipt, BookingError> {
        let stored = self.store().code_of(&appointment.id).await?.ok_or(BookingError::NotFound)?;
        let day = local_date(appointment.span.from);
        let days = (0..i64::from(LONGEST_HORIZON)).flat_map(|away| [away, -away]);
        for day in days.map(|away| day.saturating_add(jiff::Span::new().days(away))) {
            for attempt in 0..CODES {
                let receipt = self.0.receipts.of_form(form, day, attempt);
                if self.0.receipts.code_mac(&receipt.code) == stored {
                    return Ok(receipt);
                }
            }
        }
        Err(BookingError::NotFound)
    }

    fn hold_of(
        &self,
        bookable: &Bookable,
        form: &Secret<String>,
        mode: Mode,
        lang: Lang,
        turn: &Turn,
    ) -> Hold {
        Hold {
            id: self.id_of(form),
            form_hash: hash(form),
            centre_id: bookable.centre.id.clone(),
            offer_id: bookable.offer.id.clone(),
            place: place(bookable, turn),
            mode,
            lang,
            until: self.now() + HOLD,
            forget_at: bookable.forget_at(turn.span),
        }
    }

    /// The mails of an appointment from here on: what happened, and reminders, to her if she wants them; and to the centre
    /// if it wants them. `version` is the one the appointment gets.
    pub(super) fn mails(
        &self,
        bookable: &Bookable,
        (id, version): (&str, u32),
        kind: Kind,
        start: Timestamp,
        lang: Lang,
        to_seeker: bool,
    ) -> Vec<Intent> {
        let to = To {
            seeker: to_seeker.then_some(bookable.setting.reminders.as_slice()),
            centre: bookable.centre_setting.mail.is_some(),
            to_answer: (matches!(kind, Kind::Requested | Kind::Moved)
                && bookable.setting.agreement == Agreement::Centre)
                .then_some(bookable.notice),
        };
        letter::intents((id, version), kind, lang, (self.now(), start), to)
    }
}

/// What an appointment claims.
pub(super) fn place(bookable: &Bookable, turn: &Turn) -> Place {
    Place {
        resource_id: turn.resource_id.clone(),
        room_id: turn.room_id.clone(),
        span: turn.span,
        claimed: bookable.claimed(turn.span),
        capacity: u32::from(bookable.setting.times.capacity),
        limits: bookable.day_limits(turn.span.from),
    }
}
