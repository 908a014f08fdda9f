//! What can be booked, and when.

use contracts::directory::{Centre, Mode, Offer};
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{Booking, known::Known};
use crate::{
    BookingError, Span,
    appointment::Appointment,
    availability::{DayTime, LONGEST_HORIZON, Modes, Occurrence, berlin, local_date},
    setting::{Agreement, CentreSetting, Hours, OfferSetting},
    slots::{self, Resource, Room, Slot, Uncovered, slots},
    store::{Claims, DayLimits, ResourceKind, corrupt, session},
};

/// An offer that can be booked, with everything that decides when.
#[derive(Clone)]
pub struct Bookable {
    /// The centre.
    pub centre: Centre,
    /// The offer, as the directory tells it.
    pub offer: Offer,
    /// What the centre set for it.
    pub setting: OfferSetting,
    /// What the centre set for all its offers.
    pub centre_setting: CentreSetting,
    /// The notice its centre set, which staff need not keep: when a request should have been answered goes by it.
    pub(super) notice: SignedDuration,
    pub(super) counsellors: Vec<Resource>,
    pub(super) rooms: Vec<Room>,
}

/// A centre with what it set for all its offers, and whom it has.
#[derive(Clone)]
pub(super) struct Furnished {
    centre: Centre,
    setting: CentreSetting,
    counsellors: Vec<Resource>,
    rooms: Vec<Room>,
}

/// The free times of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// Days that have free times; never an empty one.
    pub days: Vec<FreeDay>,
    /// The next day after these that has free times.
    pub next: Option<Date>,
}

/// A day with its free times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDay {
    /// The day.
    pub date: Date,
    /// Its times, in order; at least one.
    pub times: Vec<FreeTime>,
}

/// A free time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeTime {
    /// When.
    pub span: Span,
    /// When by the local clock.
    pub time: DayTime,
    /// Which of two, on the night the clock is set back.
    pub ambiguous: Option<Occurrence>,
    /// How.
    pub modes: Modes,
    /// For how many more.
    pub seats_left: u16,
}

/// Who takes an appointment, and where.
pub(super) struct Turn {
    pub(super) span: Span,
    pub(super) resource_id: String,
    pub(super) room_id: Option<String>,
}

impl Booking {
    /// The offer with this id, if it can be booked.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when there is no such offer, it cannot be booked, or its centre takes no bookings now.
    pub async fn bookable(&self, offer_id: &str) -> Result<Bookable, BookingError> {
        let bookable = self.kept_open(offer_id).await?;
        if bookable.centre_setting.paused { Err(BookingError::NotFound) } else { Ok(bookable) }
    }

    /// The offer with this id, if it can be booked, also while its centre takes no new bookings online: what is booked can
    /// still be moved, and the centre itself still books.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when there is no such offer or it cannot be booked.
    pub async fn kept_open(&self, offer_id: &str) -> Result<Bookable, BookingError> {
        self.assembled(offer_id, true).await
    }

    /// The offer with this id, also while nobody new can book it: for the appointments it has.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when there is no such offer or nothing was ever set for it.
    pub async fn offer_as_set(&self, offer_id: &str) -> Result<Bookable, BookingError> {
        self.assembled(offer_id, false).await
    }

    /// The offer of an appointment as staff change it: also while nobody new can book it, and as free as the centre is.
    ///
    /// # Errors
    /// [`BookingError::Closed`] when the centre does not have it any more.
    pub async fn offer_at_the_desk(&self, appointment: &Appointment) -> Result<Bookable, BookingError> {
        match self.offer_as_set(&appointment.offer_id).await {
            Err(BookingError::NotFound) => Err(BookingError::Closed),
            other => other.map(Bookable::at_the_desk),
        }
    }

    async fn assembled(&self, offer_id: &str, only_bookable: bool) -> Result<Bookable, BookingError> {
        let store = self.store();
        let centre = if only_bookable {
            store.centre_of_offer(offer_id).await?
        } else {
            store.kept_centre_of_offer(offer_id).await?
        };
        let centre = centre.ok_or(BookingError::NotFound)?;
        let offer = centre.offers.iter().find(|offer| offer.id == offer_id).cloned();
        let setting =
            store.offer_setting(offer_id).await?.filter(|(_, bookable)| *bookable || !only_bookable);
        let (Some(offer), Some((setting, _))) = (offer, setting) else { return Err(BookingError::NotFound) };
        let setting = document("offer_setting", offer_id, &setting.value)?;
        Ok(self.furnished(centre).await?.with(offer, setting))
    }

    /// A centre with what it set and whom it has, for any of its offers.
    pub(super) async fn furnished(&self, centre: Centre) -> Result<Furnished, BookingError> {
        let setting = self.centre_setting(&centre.id).await?.value;
        let (mut counsellors, mut rooms) = (Vec::new(), Vec::new());
        for resource in self.store().resources(&centre.id).await? {
            let resource = resource.value;
            let hours: Hours = document("resource", &resource.id, &resource.body)?;
            match resource.kind {
                _ if !resource.active => {}
                ResourceKind::Room => rooms.push(Room { id: resource.id, absences: hours.absences }),
                ResourceKind::Counsellor(_) => counsellors.push(Resource {
                    id: resource.id,
                    rules: hours.rules,
                    absences: hours.absences,
                }),
            }
        }
        Ok(Furnished { centre, setting, counsellors, rooms })
    }

    /// Up to `count` days with free times from `from` on, in one mode or in any.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn times(
        &self,
        bookable: &Bookable,
        mode: Option<Mode>,
        from: Option<Date>,
        count: usize,
    ) -> Result<Times, BookingError> {
        let last = bookable.last_day(self.now());
        self.times_until(bookable, mode, from, count, last).await
    }

    /// Days with times to move an appointment to: its own time counts as free, except as it is.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn times_to_move(
        &self,
        bookable: &Bookable,
        own: &Appointment,
        mode: Mode,
        from: Option<Date>,
        count: usize,
    ) -> Result<Times, BookingError> {
        let (now, last) = (self.now(), bookable.last_day(self.now()));
        let mut claims = self.claims_of(&bookable.centre.id, local_date(now), last).await?;
        give_back(&mut claims, bookable, own);
        let known = Known::of(bookable, &claims);
        let question =
            known.question(bookable, Some(mode), now, from.unwrap_or_else(|| local_date(now)), last);
        let mut slots = slots(&question);
        slots.retain(|slot| slot.span.from != own.span.from || mode != own.mode);
        Ok(Times::of(&slots, from, count))
    }

    /// The same up to a day.
    pub(super) async fn times_until(
        &self,
        bookable: &Bookable,
        mode: Option<Mode>,
        from: Option<Date>,
        count: usize,
        last: Date,
    ) -> Result<Times, BookingError> {
        let now = self.now();
        let claims = self.claims_of(&bookable.centre.id, local_date(now), last).await?;
        let known = Known::of(bookable, &claims);
        let question = known.question(bookable, mode, now, from.unwrap_or_else(|| local_date(now)), last);
        Ok(Times::of(&slots(&question), from, count))
    }

    /// Whose turn it is to take an appointment at `start`; `but` is as good as free: an appointment that is to be moved. Who
    /// has it keeps it if she can, and it stays in its room.
    ///
    /// # Errors
    /// [`BookingError::Taken`] when nobody is free then.
    pub(super) async fn turns(
        &self,
        bookable: &Bookable,
        mode: Mode,
        start: Timestamp,
        but: Option<&Appointment>,
    ) -> Result<Vec<Turn>, BookingError> {
        let day = local_date(start);
        let mut claims = self.claims_of(&bookable.centre.id, day, day).await?;
        if let Some(own) = but {
            give_back(&mut claims, bookable, own);
        }
        let known = Known::of(bookable, &claims);
        let slots = slots(&known.question(bookable, Some(mode), self.now(), day, day));
        let slot = slots.iter().find(|slot| slot.span.from == start).ok_or(BookingError::Taken)?;
        let needs_room = mode == Mode::InPerson && !bookable.setting.times.rooms.is_empty();
        let mut rooms: Vec<Option<&str>> = match (needs_room, slot.rooms.is_empty()) {
            (true, false) => slot.rooms.iter().map(|room| Some(*room)).collect(),
            // a group that has begun has its room
            _ => vec![None],
        };
        let mut able: Vec<_> =
            slot.candidates.iter().filter(|candidate| candidate.modes.contains(mode)).collect();
        if let Some(own) = but {
            // stable: a group is joined before another is begun, and among the others turns stay as they are
            able.sort_by_key(|candidate| (!candidate.joins, candidate.resource != own.resource_id));
            rooms.sort_by_key(|room| *room != own.room_id.as_deref());
        }
        Ok(able
            .into_iter()
            .flat_map(|candidate| rooms.iter().map(move |room| (candidate.resource, *room)))
            .map(|(resource, room)| Turn {
                span: slot.span,
                resource_id: resource.to_owned(),
                room_id: room.map(str::to_owned),
            })
            .collect())
    }

    /// What is claimed at a centre from a day to a day, with the whole weeks around them.
    pub(super) async fn claims_of(
        &self,
        centre_id: &str,
        first: Date,
        last: Date,
    ) -> Result<Claims, BookingError> {
        let span = Span {
            from: midnight(first.saturating_sub(jiff::Span::new().days(7))),
            to: midnight(last.saturating_add(jiff::Span::new().days(8))),
        };
        self.store().claims(centre_id, span).await
    }
}

impl Furnished {
    /// An offer of it that is set like this.
    pub(super) fn with(self, offer: Offer, setting: OfferSetting) -> Bookable {
        let Self { centre, setting: centre_setting, counsellors, rooms } = self;
        let notice = setting.times.notice();
        Bookable { centre, offer, setting, centre_setting, notice, counsellors, rooms }
    }
}

impl Bookable {
    /// The last local day that can be booked.
    pub fn last_day(&self, now: Timestamp) -> Date {
        local_date(now).saturating_add(jiff::Span::new().days(i64::from(self.setting.times.horizon_days)))
    }

    /// What an appointment claims: itself and its buffers.
    pub(super) fn claimed(&self, span: Span) -> Span {
        let times = &self.setting.times;
        let earlier = |at: Timestamp, by: SignedDuration| at.saturating_sub(by).unwrap_or(at);
        Span {
            from: earlier(span.from, times.buffer_before.duration()),
            to: Span::lasting(span.to, times.buffer_after.duration()).to,
        }
    }

    /// How many appointments the day of this start may have.
    pub(super) fn day_limits(&self, start: Timestamp) -> Option<DayLimits> {
        let times = &self.setting.times;
        let (of_offer, of_counsellor) = (times.limit_per_day, times.limit_per_counsellor);
        (of_offer.is_some() || of_counsellor.is_some()).then(|| {
            let day = local_date(start);
            let day =
                Span { from: midnight(day), to: midnight(day.saturating_add(jiff::Span::new().days(1))) };
            DayLimits { day, of_offer, of_counsellor }
        })
    }

    /// When an appointment is forgotten.
    pub(super) fn forget_at(&self, span: Span) -> Timestamp {
        Span::lasting(span.to, SignedDuration::from_hours(i64::from(self.setting.grace_hours))).to
    }

    /// Why an appointment lies outside of the times of this offer; `None` if it lies inside.
    pub(super) fn gap(&self, appointment: &slots::Appointment, now: Timestamp) -> Option<Uncovered> {
        let claims = Claims::default();
        let known = Known::of(self, &claims);
        let day = local_date(appointment.span.from);
        slots::uncovered(&known.question(self, None, now, day, day), appointment)
    }

    /// The same as the centre itself may book it: also at short notice, and as far ahead as anything can be booked.
    #[must_use]
    pub fn at_the_desk(mut self) -> Self {
        self.setting.times.notice_minutes = 0;
        self.setting.times.horizon_days = LONGEST_HORIZON;
        self
    }

    /// The same as if nobody had to agree any more: who books it for somebody agrees by doing so.
    #[must_use]
    pub fn agreed(mut self) -> Self {
        self.setting.agreement = Agreement::Instant;
        self
    }

    /// The same with one counsellor only; with nobody, if she takes no part.
    #[must_use]
    pub fn only_with(mut self, counsellor: &str) -> Self {
        self.counsellors.retain(|one| one.id == counsellor);
        self
    }

    /// Whether a counsellor of this id takes part.
    pub fn has_counsellor(&self, id: &str) -> bool {
        self.counsellors.iter().any(|counsellor| counsellor.id == id)
    }
}

impl Times {
    fn of(slots: &[Slot<'_>], from: Option<Date>, count: usize) -> Self {
        let days = crate::slots::days_with_slots(slots, from, count);
        Self {
            next: days.next,
            days: days
                .days
                .into_iter()
                .map(|day| FreeDay { date: day.date, times: day.slots.iter().map(FreeTime::of).collect() })
                .collect(),
        }
    }
}

impl FreeTime {
    fn of(slot: &Slot<'_>) -> Self {
        Self {
            span: slot.span,
            time: slot.time,
            ambiguous: slot.ambiguous,
            modes: slot.modes,
            seats_left: slot.seats_left,
        }
    }
}

/// When a local day begins.
fn midnight(day: Date) -> Timestamp {
    day.to_zoned(berlin().clone()).map_or(Timestamp::MAX, |at| at.timestamp())
}

/// What is claimed, without an appointment that is to be moved.
fn give_back(claims: &mut Claims, bookable: &Bookable, own: &Appointment) {
    let claimed = bookable.claimed(own.span);
    // one of a group leaves her seat; the last one ends the group
    let group = (own.seat > 0).then(|| session(&own.offer_id, &own.resource_id, own.span.from));
    claims.ticks.retain(|claim| {
        let mine = claim.resource_id == own.resource_id || Some(&claim.resource_id) == own.room_id.as_ref();
        let then = claimed.from <= claim.tick.start() && claim.tick.start() < claimed.to;
        !(mine && then && claim.session == group && claim.seat == own.seat)
    });
    if group.is_some() && !claims.ticks.iter().any(|claim| claim.session == group && claim.seat > 0) {
        claims.ticks.retain(|claim| claim.session != group);
    }
    let start = (own.resource_id.clone(), own.offer_id.clone(), own.span.from);
    if let Some(at) = claims.starts.iter().position(|found| *found == start) {
        claims.starts.remove(at);
    }
}

/// A stored document.
pub(super) fn document<T: serde::de::DeserializeOwned>(
    table: &'static str,
    row: &str,
    text: &str,
) -> Result<T, BookingError> {
    serde_json::from_str(text).map_err(|problem| corrupt(table, "body", row, &problem).into())
}
