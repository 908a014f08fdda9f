//! The waiting list: joining, confirming, leaving, and being told. The rules stand in [`crate::waiting`].

use std::time::Duration;

use jiff::{Timestamp, civil::Date};
use kernel::{Lang, Personal, Secret};
use mailkit::Intent;

use super::{
    Bookable, Booking, Forgotten, FreeTime,
    seal::{Said, texts},
};
use crate::{
    BookingError,
    appointment::SealedText,
    availability::local_date,
    contact::Notify,
    letter::WaitKind,
    receipt::{Hash, hash},
    sealing::Purpose,
    store::{Joined, NewEntry},
    waiting::{Entry, MOST_ENTRIES, MOST_NOTICES, Stage, confirm_until, first_useful},
};

/// How often the first free times are looked at when nothing calls.
const EVERY: Duration = Duration::from_secs(60);
/// After a call so long is waited: one change often comes with others.
const GATHER: Duration = Duration::from_secs(5);
/// Between two offers: seekers come first.
const BREATH: Duration = Duration::from_millis(5);
/// Rows that are removed at once.
const BATCH: u32 = 500;
/// Days with free times among which one begins late enough: today may have sooner ones only, and tonight, too.
const DAYS: usize = 3;

/// A form that asks for a place on a waiting list.
pub struct Wait {
    /// The form's own key: sending the form again is the same entry.
    pub form: Secret<String>,
    /// She wants a time that begins before this.
    pub before: Timestamp,
    /// Where she is written to.
    pub mail: Personal<String>,
    /// The language to write in.
    pub lang: Lang,
}

/// Why the link of an entry opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoEntry {
    /// The time she waited for has come.
    #[error("the wait is over")]
    Over,
    /// There is no such entry: never confirmed, left, or told for the last time.
    #[error("there is no such entry")]
    Unknown,
    /// The store does not answer.
    #[error(transparent)]
    Booking(#[from] BookingError),
}

/// What a notice tells, and to whom.
pub(crate) struct Notice {
    pub(crate) notify: Personal<Notify>,
    pub(crate) free: FreeTime,
    /// Notices that may come after this one.
    pub(crate) left: u8,
}

impl Booking {
    /// Puts somebody on the list of an offer, and asks her by mail whether it was her. Nothing tells from outside whether
    /// an address was written to: one that is typed again and again is left alone.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the offer keeps no list.
    pub async fn wait(&self, bookable: &Bookable, wait: Wait) -> Result<Joined, BookingError> {
        if !bookable.setting.waiting_list {
            return Err(BookingError::NotFound);
        }
        let now = self.now();
        if self.store().waiting_by_form(hash(&wait.form)).await?.is_some() {
            return Ok(Joined::Again);
        }
        let address = self.asked_as(wait.mail.expose());
        if !self.0.asked.try_once(address, now) {
            return Ok(Joined::Again);
        }
        let id = self.waiting_id_of(&wait.form);
        let link = self.0.receipts.waiting_link(&wait.form, local_date(wait.before));
        let link_hash = hash(&link);
        let forget_at = confirm_until(wait.before, now);
        let notify = Notify { mail: wait.mail.expose().clone(), link: link.expose().clone() };
        let said = Said { contact: None, notify: Some(Personal::new(notify)) };
        let sealed = self.seal(&id, &said, forget_at, forget_at).await;
        let sealed = sealed.inspect_err(|_| self.0.asked.take_back(&address))?;
        let notify = sealed.notify.clone().ok_or(BookingError::NotFound)?;
        let mail = Intent::now(format!("{id}/0"), WaitKind::Confirm.code(), &id, wait.lang, now);
        let entry = NewEntry {
            id: id.clone(),
            offer_id: bookable.offer.id.clone(),
            form_hash: hash(&wait.form),
            link_hash,
            before: wait.before,
            forget_at,
            lang: wait.lang,
            notify,
            mail: mail.until(forget_at),
        };
        let joined = retried!(self.store().join_waiting(&entry, MOST_ENTRIES).await);
        match joined {
            Ok(Joined::New) => self.wake_mailer(),
            Ok(Joined::Again | Joined::Full) => {
                self.0.asked.take_back(&address);
                self.destroy_left(&id, &sealed.texts()).await;
            }
            // it may have happened all the same; a key that no row names dies by itself
            Err(_) => {}
        }
        joined
    }

    /// The entry behind a link.
    ///
    /// # Errors
    /// [`NoEntry`].
    pub async fn waiting_entry(&self, link: &Secret<String>) -> Result<Entry, NoEntry> {
        let now = self.now();
        match self.store().waiting_by_link(hash(link)).await? {
            Some(entry) if !entry.is_over(now) => Ok(entry),
            _ if self.0.receipts.waits_until(link).is_some_and(|day| day < local_date(now)) => {
                Err(NoEntry::Over)
            }
            Some(entry) if entry.before <= now => Err(NoEntry::Over),
            _ => Err(NoEntry::Unknown),
        }
    }

    /// She says that it was her. What is free by now is no news to her.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the offer keeps no list any more, [`BookingError::Closed`] when it is too late.
    pub async fn confirm_waiting(&self, entry: &Entry) -> Result<(), BookingError> {
        let now = self.now();
        if matches!(entry.stage, Stage::Waiting { .. }) {
            return Ok(());
        }
        if entry.is_over(now) {
            return Err(BookingError::Closed);
        }
        let bookable = self.bookable(&entry.offer_id).await?;
        if !bookable.setting.waiting_list {
            return Err(BookingError::NotFound);
        }
        let notify = self.notify_of_waiting(entry).await?.ok_or(BookingError::Closed)?;
        let address = self.asked_as(&notify.expose().mail);
        let first = self.first_free(&bookable, local_date(entry.before)).await?;
        let earliest = first.map_or(entry.before, |first| first.span.from.min(entry.before));
        // under a key that lives as long as she waits
        let said = Said { contact: None, notify: Some(notify) };
        let sealed = self.seal(&entry.id, &said, entry.before, entry.before).await?;
        let renewed = sealed.notify.as_ref().ok_or(BookingError::Closed)?;
        match self.store().confirm_waiting(&entry.id, earliest, entry.before, renewed).await? {
            true => {
                // what was typed is hers, and counts no more as typed by anybody
                self.0.asked.take_back(&address);
                self.destroy_left(&entry.id, &address_of(entry)).await;
            }
            false => self.destroy_left(&entry.id, &sealed.texts()).await,
        }
        Ok(())
    }

    /// Takes somebody off the list; her address is destroyed at once.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn leave_waiting(&self, entry: &Entry) -> Result<(), BookingError> {
        self.destroy_address(entry).await?;
        self.store().forget_waiting(std::slice::from_ref(&entry.id)).await?;
        Ok(())
    }

    /// Looks at the first free time of every offer that somebody waits for, and calls a mail for everybody to whom it is
    /// news. Answers how many.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn tell_waiting(&self) -> Result<usize, BookingError> {
        let mut called = 0;
        for offer in self.store().awaited_offers(self.now()).await? {
            match self.look_for(&offer).await {
                Ok(count) => called += count,
                // one centre's fault must not silence the others
                Err(error) => {
                    tracing::warn!(offer.id = offer, error.cause = %error, "people who wait could not be told");
                }
            }
            tokio::time::sleep(BREATH).await;
        }
        if called > 0 {
            self.wake_mailer();
        }
        Ok(called)
    }

    async fn look_for(&self, offer: &str) -> Result<usize, BookingError> {
        let now = self.now();
        let bookable = match self.bookable(offer).await {
            Ok(bookable) if bookable.setting.waiting_list => bookable,
            Ok(_) | Err(BookingError::NotFound) => return Ok(0),
            Err(error) => return Err(error),
        };
        let entries = self.store().waiting_for(offer, now).await?;
        let Some(last) = entries.iter().map(|entry| entry.before).max() else { return Ok(0) };
        let first = self.first_free(&bookable, local_date(last)).await?.map(|first| first.span.from);
        let mut called = 0;
        for entry in &entries {
            let Some((free, number)) = first.and_then(|free| Some((free, entry.notice_of(free, now)?)))
            else {
                continue;
            };
            let id = format!("{}/{number}", entry.id);
            let mail = Intent::now(id, WaitKind::Earlier.code(), &entry.id, entry.lang, now).until(free);
            called += usize::from(self.store().call_waiting(&mail).await?);
        }
        self.store().look_at_waiting(offer, &bookable.centre.id, first, now).await?;
        Ok(called)
    }

    /// What the notice with this number tells at this moment, counted from now on; `None` when it has nothing to tell any
    /// more. Then it never was one, and another may take its number.
    pub(crate) async fn notice(&self, id: &str, number: u8) -> Result<Option<Notice>, BookingError> {
        let now = self.now();
        let Some(entry) = self.store().waiting(id).await? else { return Ok(None) };
        let bookable = match self.bookable(&entry.offer_id).await {
            Ok(bookable) if bookable.setting.waiting_list => bookable,
            Ok(_) | Err(BookingError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some(free) = self.first_free(&bookable, local_date(entry.before)).await? else { return Ok(None) };
        let Some(notify) = self.notify_of_waiting(&entry).await? else { return Ok(None) };
        let of = free.span.from;
        // tried before, and it may have arrived: the same one once more
        if entry.was_told(number, of, now) {
            if of < entry.earliest {
                self.store().tell_waiting_earlier(id, number, of).await?;
            }
        } else {
            if entry.notice_of(of, now) != Some(number) {
                return Ok(None);
            }
            let forget_at = entry.forget_after(number, now);
            if !self.store().tell_waiting(id, number, of, forget_at, now).await? {
                return Ok(None);
            }
        }
        Ok(Some(Notice { left: MOST_NOTICES.saturating_sub(number), notify, free }))
    }

    /// Where somebody is asked whether it was her; `None` once she answered.
    pub(crate) async fn asked_to_confirm(&self, id: &str) -> Result<Option<Personal<Notify>>, BookingError> {
        match self.store().waiting(id).await? {
            Some(entry) if entry.stage == Stage::Asked && !entry.is_over(self.now()) => {
                self.notify_of_waiting(&entry).await
            }
            _ => Ok(None),
        }
    }

    /// The first time of an offer up to a day that somebody can be told of.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn first_free(
        &self,
        bookable: &Bookable,
        until: Date,
    ) -> Result<Option<FreeTime>, BookingError> {
        let now = self.now();
        let last = until.min(bookable.last_day(now));
        let times = self.times_until(bookable, None, None, DAYS, last).await?;
        let useful = first_useful(now);
        Ok(times.days.into_iter().flat_map(|day| day.times).find(|free| free.span.from >= useful))
    }

    /// Tells people as long as the process runs: once a minute, and soon after times became free.
    pub async fn watch_waiting(&self) {
        loop {
            if tokio::time::timeout(EVERY, self.0.freed.notified()).await.is_ok() {
                tokio::time::sleep(GATHER).await;
            }
            if let Err(error) = self.tell_waiting().await {
                tracing::warn!(error.cause = %error, "people who wait could not be told; trying again");
            }
        }
    }

    /// Removes entries that have ended, and addresses after the last notice. Those whose key cannot be destroyed stay.
    pub(super) async fn forget_waiting(
        &self,
        now: Timestamp,
        forgotten: &mut Forgotten,
    ) -> Result<(), BookingError> {
        self.0.asked.forget(now);
        let mut outcome = Ok(());
        loop {
            let mut ids = Vec::new();
            for entry in self.store().ended_waiting(now, BATCH).await? {
                match self.destroy_address(&entry).await {
                    Ok(()) => ids.push(entry.id),
                    Err(error) => outcome = outcome.and(Err(error)),
                }
            }
            if ids.is_empty() {
                break;
            }
            forgotten.waiting += self.store().forget_waiting(&ids).await?;
        }
        for entry in self.store().told_waiting(BATCH).await? {
            match self.forget_told(&entry).await {
                Ok(()) => forgotten.addresses += 1,
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        outcome
    }

    async fn forget_told(&self, entry: &Entry) -> Result<(), BookingError> {
        self.destroy_address(entry).await?;
        self.store().forget_waiting_address(&entry.id).await
    }

    async fn destroy_address(&self, entry: &Entry) -> Result<(), BookingError> {
        self.destroy(&entry.id, &address_of(entry)).await
    }

    /// What an address is counted as.
    fn asked_as(&self, mail: &str) -> Hash {
        self.0.asked_key.mac(mail.to_lowercase().as_bytes())
    }

    /// The id of the entry that a form becomes: the same however often it is sent, and no appointment's.
    fn waiting_id_of(&self, form: &Secret<String>) -> String {
        let mac = self.0.ids.derive("waiting").mac(&hash(form));
        data_encoding::HEXLOWER.encode(&mac[..16])
    }
}

fn address_of(entry: &Entry) -> Vec<(Purpose, &SealedText)> {
    texts(None, entry.notify.as_ref())
}
