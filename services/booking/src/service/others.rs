//! Others who come into a conversation that is going on: a guest by a link that is good for one browser, and a colleague to
//! whom it is handed over. Whoever asks for it shows her own right to the room.
//!
//! Nothing is stored. The link is its right; who was named for a conversation is remembered here, as long as its room lasts.
//! That the seekers agreed is asked inside, where this cannot read; so it is the counsellor's page that keeps to it.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contracts::{
    staff::Actor,
    talk::{Entry, Invitation, RoomId, Seat, TalkRole},
};
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};

use super::Booking;

/// How long the link waits for the first browser that comes with it.
const TO_OPEN: SignedDuration = SignedDuration::from_mins(30);
/// Conversations that are being handed over at most: a large house has some at the same time.
const MOST: usize = 10_000;

/// A way into a room for somebody who was invited into it.
#[derive(Debug, Clone)]
pub struct GuestLink {
    /// Right and secret.
    pub invitation: Invitation,
    /// Until when the first browser may come with it.
    pub until: Timestamp,
    /// When the room closes.
    pub closes: Timestamp,
}

/// A conversation that waits for the colleague it is handed over to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// What names it in an address. It opens nothing.
    pub id: String,
    /// Who hands it over.
    pub from: String,
    /// Since when.
    pub since: Timestamp,
    /// When the room closes.
    pub closes: Timestamp,
    centre_id: String,
    to: String,
    /// The right of the one who hands it over: what ends it ends the other's.
    entry: Entry,
}

/// By the room: each is handed over to one colleague at a time.
#[derive(Default)]
pub(super) struct Handovers(Mutex<HashMap<RoomId, Handover>>);

impl Handovers {
    fn lock(&self) -> MutexGuard<'_, HashMap<RoomId, Handover>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Booking {
    /// A link into the room of this counsellor's right; `None` when it is not hers, or does not hold.
    pub fn guest_link(&self, right: &str, person: &str) -> Option<GuestLink> {
        let host = self.own_right(right, person)?;
        let closes = Timestamp::from_second(host.closes).ok()?;
        let until = (self.now() + TO_OPEN).min(closes);
        let entry = Entry {
            seat: Seat(BASE64URL_NOPAD.encode(&rand::random::<[u8; 12]>())),
            role: TalkRole::Guest,
            once: Some(until.as_second()),
            phone: None,
            // what ends the counsellor's right ends this one: it is as old as hers
            ..host
        };
        Some(GuestLink { invitation: self.invitation(&entry), until, closes })
    }

    /// Ends a link into the room of this counsellor's right; whether it was one.
    pub async fn withdraw_guest(&self, right: &str, guest: &str, person: &str) -> bool {
        let (Some(host), Some(guest)) = (self.own_right(right, person), self.right(guest)) else {
            return false;
        };
        if guest.room != host.room || guest.role != TalkRole::Guest {
            return false;
        }
        let Some(rooms) = self.0.rooms.get() else { return false };
        rooms.revoke(&guest.room, Some(&guest.seat)).await.is_ok()
    }

    /// Lets a colleague of a centre find the conversation of this counsellor's right; whether it is hers.
    pub fn pass_on(&self, right: &str, from: &Actor, centre_id: &str, to: &str) -> bool {
        let Some(entry) = self.own_right(right, &from.person_id) else { return false };
        let Ok(closes) = Timestamp::from_second(entry.closes) else { return false };
        let now = self.now();
        let mut handovers = self.0.handovers.lock();
        handovers.retain(|_, one| now < one.closes);
        if handovers.len() >= MOST {
            return false;
        }
        let handover = Handover {
            id: BASE64URL_NOPAD.encode(&rand::random::<[u8; 12]>()),
            from: from.name.clone(),
            since: now,
            closes,
            centre_id: centre_id.to_owned(),
            to: to.to_owned(),
            entry,
        };
        handovers.insert(handover.entry.room.clone(), handover);
        true
    }

    /// The conversation of this counsellor's right is not handed over after all; whether it is hers.
    pub fn keep_talk(&self, right: &str, person: &str) -> bool {
        let own = self.own_right(right, person);
        own.is_some_and(|entry| {
            self.0.handovers.lock().remove(&entry.room);
            true
        })
    }

    /// What is handed over to a counsellor of a centre, longest first.
    pub fn handovers(&self, centre_id: &str, person: &str) -> Vec<Handover> {
        let now = self.now();
        let handovers = self.0.handovers.lock();
        let hers = handovers.values().filter(|one| one.centre_id == centre_id && one.to == person);
        let mut hers: Vec<_> = hers.filter(|one| now < one.closes).cloned().collect();
        hers.sort_by(|one, other| (one.since, &one.id).cmp(&(other.since, &other.id)));
        hers
    }

    /// The way into a conversation that was handed over to her.
    pub fn take_over(&self, centre_id: &str, person: &str, id: &str) -> Option<Invitation> {
        let handover = self.handovers(centre_id, person).into_iter().find(|one| one.id == id)?;
        let seat = self.counsellor_seat(&handover.entry.room, person);
        Some(self.invitation(&Entry { seat, ..handover.entry }))
    }

    /// The right of a counsellor to be host of a room, if it is one, holds, and is hers.
    fn own_right(&self, right: &str, person: &str) -> Option<Entry> {
        let entry = self.right(right)?;
        let is_hers = entry.role == TalkRole::Host && entry.seat == self.counsellor_seat(&entry.room, person);
        is_hers.then_some(entry)
    }

    fn right(&self, right: &str) -> Option<Entry> {
        Entry::read(right, &self.0.talk.rights, self.now()).ok()
    }
}
