//! The open consultation hour: people come without an appointment, wait in the queue of the centre, and a counsellor takes
//! them, one after the other.
//!
//! Nothing is stored. Who waits knows chat; who was taken a moment ago is remembered here, so that two counsellors who press
//! at once do not go to the same person.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use contracts::{
    booking::{OpenDoors, OpenDoorsUnavailable},
    directory::Centre,
    talk::{Entry, Invitation, QueueId, RoomId, Seat, TalkRole, Waiter},
};
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};

use super::{AFTER, Booking};
use crate::{
    BookingError,
    availability::{OpenNow, open_now},
    phone::dialled,
    setting::CentreSetting,
};

/// How long somebody who was taken belongs to the counsellor who took her, while that one is on her way into the room.
const ON_THE_WAY: SignedDuration = SignedDuration::from_secs(60);

/// Who was taken, by whom and when.
#[derive(Default)]
pub(super) struct Taken(Mutex<HashMap<RoomId, (String, Timestamp)>>);

impl Taken {
    /// The first of these whom nobody else is on the way to. Who presses twice gets the same person.
    fn take(&self, waiters: Vec<Waiter>, person: &str, now: Timestamp) -> Option<RoomId> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, (_, at)| now.duration_since(*at).abs() < ON_THE_WAY);
        let free = |waiter: &Waiter| taken.get(&waiter.room).is_none_or(|(by, _)| by == person);
        let room = waiters.into_iter().find(free)?.room;
        taken.insert(room.clone(), (person.to_owned(), now));
        Some(room)
    }

    /// Those of these whom nobody is on the way to.
    fn left(&self, mut waiters: Vec<Waiter>, now: Timestamp) -> Vec<Waiter> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiters.retain(|waiter| {
            let taken = taken.get(&waiter.room);
            taken.is_none_or(|(_, at)| now.duration_since(*at).abs() >= ON_THE_WAY)
        });
        waiters
    }
}

#[async_trait]
impl OpenDoors for Booking {
    async fn open(&self, centre_id: &str) -> Result<Option<Timestamp>, OpenDoorsUnavailable> {
        match self.open_hour(centre_id).await {
            Ok((_, OpenNow::Yes { until })) => Ok(Some(until)),
            Ok(_) | Err(BookingError::NotFound) => Ok(None),
            Err(_) => Err(OpenDoorsUnavailable),
        }
    }
}

impl Booking {
    /// A centre with open consultation hours, and whether one is on.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when there is no such centre, it has no open hours, or nobody keeps rooms here.
    pub async fn open_hour(&self, centre_id: &str) -> Result<(Centre, OpenNow), BookingError> {
        let centre = self.store().centre(centre_id).await?.ok_or(BookingError::NotFound)?;
        let setting = self.centre_setting(centre_id).await?.value;
        if setting.open_hours.is_empty() || self.0.rooms.get().is_none() {
            return Err(BookingError::NotFound);
        }
        let open = open_now(&setting.open_hours, &setting.closures, &setting.holidays, self.now());
        Ok((centre, open))
    }

    /// Whether somebody can come without an appointment now, after what a centre set.
    pub fn is_open_now(&self, setting: &CentreSetting) -> bool {
        let now = self.now();
        self.0.rooms.get().is_some()
            && matches!(
                open_now(&setting.open_hours, &setting.closures, &setting.holidays, now),
                OpenNow::Yes { .. }
            )
    }

    /// The way into a room of her own, for somebody who comes without an appointment; `None` while the hour is not open.
    ///
    /// # Errors
    /// Those of [`Booking::open_hour`].
    pub async fn walk_in(&self, centre_id: &str) -> Result<Option<Invitation>, BookingError> {
        let (centre, OpenNow::Yes { until }) = self.open_hour(centre_id).await? else { return Ok(None) };
        let phone = centre.contacts.phone.as_deref().and_then(dialled);
        let room = RoomId(BASE64URL_NOPAD.encode(&rand::random::<[u8; 16]>()));
        let seat = Seat(BASE64URL_NOPAD.encode(&rand::random::<[u8; 12]>()));
        Ok(Some(self.queued(centre_id, room, (seat, TalkRole::Seeker), until + AFTER, phone)))
    }

    /// Who waits in the queue of a centre and was not taken. A counsellor who asks looks at it, and those who wait are told
    /// so. Nobody while rooms cannot be asked: the page is complete without them.
    pub async fn walk_ins(&self, centre_id: &str) -> Vec<Waiter> {
        let Some(rooms) = self.0.rooms.get() else { return Vec::new() };
        let queue = self.queue_of(centre_id);
        let attended = rooms.attend(&queue).await;
        let waiters =
            if attended.is_ok() { rooms.queue(&queue).await.unwrap_or_default() } else { Vec::new() };
        self.0.taken.left(waiters, self.now())
    }

    /// The way to the one who waits longest, for a counsellor of the centre; `None` when nobody waits.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn take_next(&self, centre_id: &str, person: &str) -> Result<Option<Invitation>, BookingError> {
        let Some(rooms) = self.0.rooms.get() else { return Ok(None) };
        let waiters = rooms.queue(&self.queue_of(centre_id)).await.unwrap_or_default();
        let now = self.now();
        // who still waits when the hour is over is not sent away
        let until = match self.open_hour(centre_id).await {
            Ok((_, OpenNow::Yes { until })) => until,
            Ok((_, OpenNow::No { .. })) | Err(BookingError::NotFound) => now,
            Err(error) => return Err(error),
        };
        let Some(room) = self.0.taken.take(waiters, person, now) else { return Ok(None) };
        Ok(Some(self.take(centre_id, room, person, until + AFTER)))
    }

    /// The way into the room of somebody who waits.
    fn take(&self, centre_id: &str, room: RoomId, person: &str, closes: Timestamp) -> Invitation {
        let seat = self.counsellor_seat(&room, person);
        self.queued(centre_id, room, (seat, TalkRole::Host), closes, None)
    }

    fn queued(
        &self,
        centre_id: &str,
        room: RoomId,
        (seat, role): (Seat, TalkRole),
        closes: Timestamp,
        phone: Option<String>,
    ) -> Invitation {
        let now = self.now().as_second();
        let queue = Some(self.queue_of(centre_id));
        self.invitation(&Entry {
            room,
            seat,
            role,
            opens: now,
            closes: closes.as_second(),
            issued: now,
            queue,
            once: None,
            phone,
        })
    }

    /// The queue of a centre. It says nothing of which centre that is.
    fn queue_of(&self, centre_id: &str) -> QueueId {
        QueueId(BASE64URL_NOPAD.encode(&self.0.talk.queues.mac(centre_id.as_bytes())[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_taken_belongs_to_one_counsellor_until_that_one_does_not_come() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let waiters = || ["a", "b"].map(|room| Waiter { room: RoomId(room.into()), since: at(0) }).to_vec();
        let taken = Taken::default();
        let take = |person, second| taken.take(waiters(), person, at(second)).map(|room| room.0);
        assert_eq!(take("anna", 10).as_deref(), Some("a"));
        assert_eq!(take("anna", 11).as_deref(), Some("a"), "pressed twice");
        assert_eq!(taken.left(waiters(), at(12)).len(), 1);
        assert_eq!(take("berta", 12).as_deref(), Some("b"), "each gets another person");
        assert_eq!(take("carl", 13), None);
        assert!(taken.left(waiters(), at(13)).is_empty());
        assert_eq!(take("carl", 71).as_deref(), Some("a"), "she did not come");
    }
}
