//! Between what seekers say and what is stored.

use jiff::Timestamp;
use kernel::Personal;
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroize;

use super::Booking;
use crate::{
    BookingError,
    appointment::{Appointment, SealedText},
    contact::{Contact, Note, Notify},
    sealing::{KeyPlace, OpenError, Plain, Purpose, SealError, Sealed},
    waiting::Entry,
};

/// What is to be sealed for an appointment.
#[derive(Default)]
pub(super) struct Said {
    pub(super) contact: Option<Personal<Contact>>,
    pub(super) notify: Option<Personal<Notify>>,
}

/// The same, sealed.
#[derive(Default)]
pub(super) struct SealedSaid {
    pub(super) contact: Option<SealedText>,
    pub(super) notify: Option<SealedText>,
}

impl Booking {
    /// Seals under new keys, which are synced when this returns.
    pub(super) async fn seal(
        &self,
        id: &str,
        said: &Said,
        contact_due: Timestamp,
        notify_due: Timestamp,
    ) -> Result<SealedSaid, BookingError> {
        let mut plains = Vec::new();
        if let Some(contact) = said.contact.as_ref().filter(|contact| !contact.expose().is_empty()) {
            plains.push((Purpose::Contact, contact_due, bytes(contact.expose())?));
        }
        if let Some(notify) = &said.notify {
            plains.push((Purpose::Notify, notify_due, bytes(notify.expose())?));
        }
        let mut texts = SealedSaid::default();
        for (purpose, text) in self.seal_all(id, plains).await? {
            match purpose {
                Purpose::Contact => texts.contact = Some(text),
                Purpose::Notify => texts.notify = Some(text),
                Purpose::Note => {}
            }
        }
        Ok(texts)
    }

    /// Seals what the centre tells her with a cancellation.
    pub(super) async fn seal_note(
        &self,
        id: &str,
        note: &Personal<Note>,
        due: Timestamp,
    ) -> Result<SealedText, BookingError> {
        let plains = vec![(Purpose::Note, due, bytes(note.expose())?)];
        let sealed = self.seal_all(id, plains).await?.pop();
        sealed.map(|(_, text)| text).ok_or_else(unavailable)
    }

    async fn seal_all(
        &self,
        id: &str,
        plains: Vec<(Purpose, Timestamp, Personal<Vec<u8>>)>,
    ) -> Result<Vec<(Purpose, SealedText)>, BookingError> {
        if plains.is_empty() {
            return Ok(Vec::new());
        }
        let (keys, record) = (self.0.keys.clone(), id.to_owned());
        let sealed = tokio::task::spawn_blocking(move || {
            let plains: Vec<_> = plains
                .iter()
                .map(|(purpose, due, value)| (*purpose, Plain { purpose: *purpose, due: *due, value }))
                .collect();
            let values: Vec<_> = plains.iter().map(|(_, plain)| *plain).collect();
            let sealed = keys.seal(&record, &values)?;
            Ok::<_, SealError>(plains.iter().map(|(purpose, _)| *purpose).zip(sealed).collect::<Vec<_>>())
        });
        let sealed = sealed.await.map_err(|_| unavailable())?.map_err(|_| unavailable())?;
        Ok(sealed.into_iter().map(|(purpose, sealed)| (purpose, stored(sealed))).collect())
    }

    /// What a seeker said, for the counsellor; `None` when she said nothing or it is forgotten.
    ///
    /// # Errors
    /// [`BookingError::Store`] when the keys cannot be read.
    pub async fn contact_of(
        &self,
        appointment: &Appointment,
    ) -> Result<Option<Personal<Contact>>, BookingError> {
        self.opened(&appointment.id, Purpose::Contact, appointment.contact.as_ref()).await
    }

    /// Where her mails go.
    pub(crate) async fn notify_of(
        &self,
        appointment: &Appointment,
    ) -> Result<Option<Personal<Notify>>, BookingError> {
        self.opened(&appointment.id, Purpose::Notify, appointment.notify.as_ref()).await
    }

    /// Where she is written to who waits for an earlier time.
    pub(super) async fn notify_of_waiting(
        &self,
        entry: &Entry,
    ) -> Result<Option<Personal<Notify>>, BookingError> {
        self.opened(&entry.id, Purpose::Notify, entry.notify.as_ref()).await
    }

    /// What the centre told her with the cancellation.
    ///
    /// # Errors
    /// [`BookingError::Store`] when the keys cannot be read.
    pub async fn note_of(&self, appointment: &Appointment) -> Result<Option<Personal<Note>>, BookingError> {
        self.opened(&appointment.id, Purpose::Note, appointment.note.as_ref()).await
    }

    async fn opened<T: DeserializeOwned + Zeroize>(
        &self,
        id: &str,
        purpose: Purpose,
        text: Option<&SealedText>,
    ) -> Result<Option<Personal<T>>, BookingError> {
        let Some((place, bytes)) = text.and_then(|text| Some((place(text)?, text.bytes.clone()))) else {
            return Ok(None);
        };
        let (keys, record) = (self.0.keys.clone(), id.to_owned());
        let opened = tokio::task::spawn_blocking(move || keys.open(&record, purpose, place, &bytes));
        match opened.await.map_err(|_| unavailable())? {
            Ok(plain) => Ok(serde_json::from_slice(plain.expose()).ok().map(Personal::new)),
            Err(OpenError::Gone) => Ok(None),
            Err(OpenError::Damaged | OpenError::Disk(_)) => Err(unavailable()),
        }
    }

    /// Destroys the keys of what was sealed: at once, and for every copy.
    pub(super) async fn destroy(
        &self,
        id: &str,
        texts: &[(Purpose, &SealedText)],
    ) -> Result<(), BookingError> {
        let places: Vec<_> =
            texts.iter().filter_map(|(purpose, text)| Some((*purpose, place(text)?))).collect();
        if places.is_empty() {
            return Ok(());
        }
        let (keys, record) = (self.0.keys.clone(), id.to_owned());
        let destroyed = tokio::task::spawn_blocking(move || keys.destroy(&record, &places));
        destroyed.await.map_err(|_| unavailable())?.map_err(|_| unavailable())
    }

    /// Destroys keys that something left behind which is decided: a disk that does not write now takes nothing of it back.
    /// They open nothing from here on, and the next round tries again.
    pub(super) async fn destroy_left(&self, id: &str, texts: &[(Purpose, &SealedText)]) {
        if let Err(error) = self.destroy(id, texts).await {
            tracing::error!(error.cause = %error, "keys could not be destroyed; trying again");
        }
    }
}

impl SealedSaid {
    /// What to destroy when the row that needs it was not written.
    pub(super) fn texts(&self) -> Vec<(Purpose, &SealedText)> {
        texts(self.contact.as_ref(), self.notify.as_ref())
    }
}

/// The sealed texts there are.
pub(super) fn texts<'a>(
    contact: Option<&'a SealedText>,
    notify: Option<&'a SealedText>,
) -> Vec<(Purpose, &'a SealedText)> {
    let contact = contact.map(|text| (Purpose::Contact, text));
    contact.into_iter().chain(notify.map(|text| (Purpose::Notify, text))).collect()
}

fn bytes<T: Serialize>(value: &T) -> Result<Personal<Vec<u8>>, BookingError> {
    serde_json::to_vec(value).map(Personal::new).map_err(|_| unavailable())
}

fn stored(sealed: Sealed) -> SealedText {
    SealedText { day: sealed.place.day.to_string(), slot: sealed.place.slot, bytes: sealed.bytes }
}

fn place(text: &SealedText) -> Option<KeyPlace> {
    Some(KeyPlace { day: text.day.parse().ok()?, slot: text.slot })
}

/// The keys cannot be written or read just now: a full disk, a folder that is gone.
pub(super) fn unavailable() -> BookingError {
    BookingError::unavailable("the keys cannot be written or read")
}
