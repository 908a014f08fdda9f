//! Feeds: what a counsellor's own calendar reads of her appointments.
//!
//! A feed shows what is still to come of the person, at the centres she works at: whether she still does is asked at every
//! reading, because nobody signs in for it. Nothing a seeker said is ever opened here.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::{
    audit::AuditEntry,
    directory::{Address, Centre},
    staff::{Grant, SessionsUnavailable, StaffGrants},
};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use kernel::{Lang, Secret};

use super::Booking;
use crate::{
    BookingError,
    appointment::{Appointment, State},
    receipt::hash,
    store::{Feed, FeedKind},
};

/// Bytes of a feed's secret.
const SECRET: usize = 20;

/// How a calendar shows that it may read a feed.
pub enum FeedKey {
    /// The password, beside an address that everybody may know.
    Password(Secret<String>),
    /// The secret part of the address.
    Address(Secret<String>),
}

/// An appointment as a feed shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The appointment.
    pub appointment: Appointment,
    /// What it is about, if the directory still knows.
    pub offer: Option<String>,
    /// The name of the room.
    pub room: Option<String>,
    /// The name of the centre.
    pub centre: String,
    /// Where the centre is.
    pub address: Address,
}

impl Booking {
    /// Whom to ask what people may do while they are not signed in. Without an answer no feed opens and no calendar is read.
    pub fn ask_staff(&self, staff: Arc<dyn StaffGrants>) {
        // only the first call counts: there is one accounts service in a process
        let _ = self.0.staff.set(staff);
    }

    /// Makes a feed for a person; an earlier one of hers ends. `id` is a fresh one: the secret follows from it and the
    /// installation's key. It is told once and kept as a hash.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn make_feed(
        &self,
        (person_id, id): (&str, &str),
        kind: FeedKind,
        lang: Lang,
        audit: &AuditEntry,
    ) -> Result<Secret<String>, BookingError> {
        let mac = self.0.feeds.mac(id.as_bytes());
        let secret = Secret::new(BASE32_NOPAD.encode(&mac[..SECRET]).to_lowercase());
        let feed = Feed {
            person_id: person_id.to_owned(),
            token_hash: hash(&secret),
            kind,
            lang,
            created_at: self.now(),
        };
        self.store().save_feed(&feed, audit).await?;
        Ok(secret)
    }

    /// The feed that opens with this key. A password opens no address that is secret itself, and the other way round.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when it opens nothing, or nothing any more.
    pub async fn feed_with(&self, key: &FeedKey) -> Result<Feed, BookingError> {
        let (secret, by_address) = match key {
            FeedKey::Password(secret) => (secret, false),
            FeedKey::Address(secret) => (secret, true),
        };
        let feed = self.store().feed_by_token(hash(secret)).await?;
        let opens = |feed: &Feed| (feed.kind == FeedKind::AddressAlone) == by_address;
        feed.filter(opens).ok_or(BookingError::NotFound)
    }

    /// What a feed shows: the appointments of its person that are requested or agreed and not over, where she works.
    ///
    /// # Errors
    /// [`BookingError::Store`] also when nobody can say where she works.
    pub async fn feed_entries(&self, feed: &Feed) -> Result<Vec<FeedEntry>, BookingError> {
        let grants = self.grants_of(&feed.person_id).await?;
        let mut appointments = self.store().of_person(&feed.person_id, self.now()).await?;
        appointments.retain(|appointment| grants.iter().any(|grant| grant.works_at(&appointment.centre_id)));
        // the people of a group are one meeting; it is certain as soon as it is for one of them
        appointments.sort_by_cached_key(|one| (meeting(one), one.state != State::Confirmed, one.id.clone()));
        appointments.dedup_by_key(|one| meeting(one));
        let ids: BTreeSet<String> = appointments.iter().map(|one| one.centre_id.clone()).collect();
        let mut houses: BTreeMap<String, (Centre, BTreeMap<String, String>)> = BTreeMap::new();
        for id in ids {
            let Some(centre) = self.store().kept_centre(&id).await? else { continue };
            let resources = self.store().resources(&id).await?;
            let names = resources.into_iter().map(|one| (one.value.id, one.value.name)).collect();
            houses.insert(id, (centre, names));
        }
        let entry = |appointment: Appointment| {
            let (centre, names) = houses.get(&appointment.centre_id)?;
            let offer = centre.offers.iter().find(|offer| offer.id == appointment.offer_id);
            Some(FeedEntry {
                offer: offer.map(|offer| offer.name.clone()),
                room: appointment.room_id.as_ref().and_then(|room| names.get(room).cloned()),
                centre: centre.name.clone(),
                address: centre.address.clone(),
                appointment,
            })
        };
        Ok(appointments.into_iter().filter_map(entry).collect())
    }

    /// What a person may do now.
    pub(super) async fn grants_of(&self, person_id: &str) -> Result<Vec<Grant>, BookingError> {
        let staff = self.0.staff.get().ok_or_else(unavailable)?;
        staff.grants(person_id).await.map_err(|SessionsUnavailable| unavailable())
    }
}

/// What takes place once, however many people come.
fn meeting(appointment: &Appointment) -> (Timestamp, String, String) {
    (appointment.span.from, appointment.resource_id.clone(), appointment.offer_id.clone())
}

fn unavailable() -> BookingError {
    BookingError::unavailable("nobody says what staff may do")
}
