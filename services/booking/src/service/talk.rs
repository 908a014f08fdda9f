//! Conversations: which room belongs to an appointment, who may enter it, and when.
//!
//! Nothing is stored. Room, seat and secret follow from the appointment and the installation's key; the right is signed when
//! somebody goes to the conversation, and chat asks nobody afterwards.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    directory::Mode,
    talk::{Entry, Invitation, RoomId, RoomNews, Rooms, Seat, TalkRole, signing_key},
};
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use kernel::{Secret, ServerKey};

use super::Booking;
use crate::{
    BookingError, Span,
    appointment::{Appointment, State},
    phone::dialled,
    store::ResourceKind,
};

/// How long before the appointment its room opens.
const BEFORE: SignedDuration = SignedDuration::from_mins(15);
/// How long after its end the room closes at the latest.
pub const AFTER: SignedDuration = SignedDuration::from_mins(30);

/// Whether and when there is a room for an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// It takes place elsewhere, or is not agreed.
    Elsewhere,
    /// Its room is not open yet.
    Later {
        /// When it opens.
        opens: Timestamp,
    },
    /// Its room is open.
    Open,
    /// Its room is closed for good.
    Over,
}

/// Who comes to a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comer<'a> {
    /// Whose appointment it is.
    Seeker,
    /// The counsellor, by the id of the person.
    Counsellor(&'a str),
}

/// The keys that rooms, secrets and rights follow from.
pub(super) struct TalkKeys {
    pub(super) rooms: ServerKey,
    pub(super) queues: ServerKey,
    secrets: ServerKey,
    pub(super) rights: ServerKey,
}

impl TalkKeys {
    pub(super) fn new(key: &ServerKey) -> Self {
        Self {
            rooms: key.derive("booking/talk-room"),
            queues: key.derive("booking/talk-queue"),
            secrets: key.derive("booking/talk-secret"),
            rights: signing_key(key),
        }
    }
}

/// Whether people meet in a room of ours. Who agreed on video finds her devices checked first, and may write all the same.
fn takes_place_here(mode: Mode) -> bool {
    matches!(mode, Mode::Chat | Mode::Video)
}

/// When the room of an appointment is open.
fn hours(span: Span) -> (Timestamp, Timestamp) {
    (span.from - BEFORE, span.to + AFTER)
}

impl Booking {
    /// Who keeps rooms in this process. Without anybody there are no conversations.
    pub fn talk_in(&self, rooms: Arc<dyn Rooms>) {
        // only the first call counts: there is one chat in a process
        let _ = self.0.rooms.set(rooms);
    }

    /// Whether and when there is a room for this appointment.
    pub fn talk(&self, appointment: &Appointment) -> Talk {
        let here = takes_place_here(appointment.mode) && self.0.rooms.get().is_some();
        if !here || appointment.state != State::Confirmed {
            return Talk::Elsewhere;
        }
        let (opens, closes) = hours(appointment.span);
        match self.now() {
            now if now < opens => Talk::Later { opens },
            now if now < closes => Talk::Open,
            _ => Talk::Over,
        }
    }

    /// The number of a centre as the network wants it, for a seeker who would rather phone.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn phone_of(&self, centre_id: &str) -> Result<Option<String>, BookingError> {
        let centre = self.store().kept_centre(centre_id).await?;
        Ok(centre.and_then(|centre| dialled(centre.contacts.phone.as_deref()?)))
    }

    /// The way into the room of an appointment; `None` while it is not open. It takes the centre's number along, for the seeker.
    pub fn invite(
        &self,
        appointment: &Appointment,
        comer: Comer<'_>,
        phone: Option<String>,
    ) -> Option<Invitation> {
        if self.talk(appointment) != Talk::Open {
            return None;
        }
        let (opens, closes) = hours(appointment.span);
        let room = self.room_of(appointment);
        let entry = Entry {
            seat: self.seat(&room, appointment, comer),
            role: match comer {
                Comer::Seeker => TalkRole::Seeker,
                Comer::Counsellor(_) => TalkRole::Host,
            },
            opens: opens.as_second(),
            closes: closes.as_second(),
            issued: self.now().as_second(),
            queue: None,
            once: None,
            phone,
            room,
        };
        Some(Invitation { video: appointment.mode == Mode::Video, ..self.invitation(&entry) })
    }

    /// A right with the secret of its room beside it.
    pub(super) fn invitation(&self, entry: &Entry) -> Invitation {
        let secret = Secret::new(self.0.talk.secrets.mac(entry.room.0.as_bytes()));
        Invitation { entry: entry.sign(&self.0.talk.rights), secret, video: false }
    }

    /// What goes on in the rooms of these appointments, by the appointment's id. Nothing where nobody is, and nothing at all
    /// while rooms cannot be asked: the page shows the appointments without it.
    pub async fn talks(&self, appointments: &[&Appointment]) -> HashMap<String, RoomNews> {
        let open = appointments.iter().filter(|one| self.talk(one) == Talk::Open);
        let rooms: Vec<_> = open.map(|one| (one.id.clone(), self.room_of(one))).collect();
        let Some(known) = self.0.rooms.get() else { return HashMap::new() };
        let ids: Vec<_> = rooms.iter().map(|(_, room)| room.clone()).collect();
        let Ok(news) = known.news(&ids).await else { return HashMap::new() };
        rooms.into_iter().filter_map(|(id, room)| Some((id, *news.get(&room)?))).collect()
    }

    /// At another time, or in another way, there is another room. With a colleague it is the same one, without who had it.
    pub(super) async fn leave_moved(&self, earlier: &Appointment, moved: &Appointment) {
        if (earlier.span, earlier.mode) != (moved.span, moved.mode) {
            return self.leave_room(earlier, None).await;
        }
        let resources = self.store().resources(&earlier.centre_id).await.unwrap_or_default();
        let had = resources.into_iter().map(|one| one.value).find(|one| one.id == earlier.resource_id);
        if let Some(ResourceKind::Counsellor(person)) = had.map(|one| one.kind) {
            self.leave_room(earlier, Some(Comer::Counsellor(&person))).await;
        }
    }

    /// The appointment is no longer what it was: who is in its room, or may enter it, leaves. Of a group only her seat.
    pub(crate) async fn leave_room(&self, earlier: &Appointment, only: Option<Comer<'_>>) {
        let Some(rooms) = self.0.rooms.get() else { return };
        if !takes_place_here(earlier.mode) {
            return;
        }
        let room = self.room_of(earlier);
        let only = only.or((earlier.seat > 0).then_some(Comer::Seeker));
        let seat = only.map(|comer| self.seat(&room, earlier, comer));
        if rooms.revoke(&room, seat.as_ref()).await.is_err() {
            tracing::warn!("a room could not be closed; it closes by itself");
        }
    }

    /// The room of an appointment: another one at another time. Who is in one group is in one room.
    fn room_of(&self, appointment: &Appointment) -> RoomId {
        let whose = if appointment.seat == 0 { &appointment.id } else { &appointment.resource_id };
        let said = format!("{whose}\n{}\n{}", appointment.offer_id, appointment.span.from.as_microsecond());
        RoomId(BASE64URL_NOPAD.encode(&self.0.talk.rooms.mac(said.as_bytes())[..16]))
    }

    fn seat(&self, room: &RoomId, appointment: &Appointment, comer: Comer<'_>) -> Seat {
        match comer {
            Comer::Seeker => self.seat_of(room, &format!("seeker\n{}", appointment.id)),
            Comer::Counsellor(person) => self.counsellor_seat(room, person),
        }
    }

    /// The seat of a counsellor, in whichever room she comes to.
    pub(super) fn counsellor_seat(&self, room: &RoomId, person: &str) -> Seat {
        self.seat_of(room, &format!("counsellor\n{person}"))
    }

    fn seat_of(&self, room: &RoomId, who: &str) -> Seat {
        let mac = self.0.talk.rooms.mac(format!("{}\n{who}", room.0).as_bytes());
        Seat(BASE64URL_NOPAD.encode(&mac[..12]))
    }
}
