//! What can be booked, and when.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::{Centre, Mode, Offer};
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::Booking;
use crate::{
    BookingError, Span, Tick,
    appointment::Appointment,
    availability::{DayTime, Modes, Occurrence, berlin, local_date},
    setting::{CentreSetting, Hours, OfferSetting},
    slots::{self, Preview, Question, Resource, Room, Session, Slot, Taken, Uncovered, slots},
    store::{Claims, DayLimits, ResourceKind, offer_and_start},
};

/// An offer that can be booked, with everything that decides when.
pub struct Bookable {
    /// The centre.
    pub centre: Centre,
    /// The offer, as the directory tells it.
    pub offer: Offer,
    /// What the centre set for it.
    pub setting: OfferSetting,
    /// What the centre set for all its offers.
    pub centre_setting: CentreSetting,
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
    /// [`BookingError::NotFound`] when there is no such offer or it cannot be booked.
    pub async fn bookable(&self, offer_id: &str) -> Result<Bookable, BookingError> {
        self.assembled(offer_id, true).await
    }

    /// The offer with this id, also while nobody new can book it: for the appointments it has.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when there is no such offer or nothing was ever set for it.
    pub async fn offer_as_set(&self, offer_id: &str) -> Result<Bookable, BookingError> {
        self.assembled(offer_id, false).await
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
        let setting: OfferSetting = document("offer_setting", offer_id, &setting.value)?;
        let centre_setting = match store.centre_setting(&centre.id).await? {
            Some(setting) => document("centre_setting", &centre.id, &setting.value)?,
            None => CentreSetting::default(),
        };
        let (mut counsellors, mut rooms) = (Vec::new(), Vec::new());
        for resource in store.resources(&centre.id).await? {
            let resource = resource.value;
            let hours: Hours = document("resource", &resource.id, &resource.body)?;
            match resource.kind {
                _ if !resource.active => {}
                ResourceKind::Room => rooms.push(Room { id: resource.id, absences: hours.absences }),
                ResourceKind::Counsellor(_) => counsellors.push(Resource {
                    id: resource.id,
                    rules: hours.rules,
                    absences: hours.absences,
                    busy: Vec::new(),
                }),
            }
        }
        Ok(Bookable { centre, offer, setting, centre_setting, counsellors, rooms })
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
        let claims = self.claims_of(bookable, local_date(now), last).await?;
        let known = Known::of(bookable, &claims);
        let question = known.question(bookable, mode, now, from.unwrap_or_else(|| local_date(now)), last);
        let slots = slots(&question);
        let days = crate::slots::days_with_slots(&slots, from, count);
        Ok(Times {
            next: days.next,
            days: days
                .days
                .into_iter()
                .map(|day| FreeDay { date: day.date, times: day.slots.iter().map(FreeTime::of).collect() })
                .collect(),
        })
    }

    /// Whose turn it is to take an appointment at `start`; `but` is as good as free: an appointment that is to be moved.
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
        let mut claims = self.claims_of(bookable, day, day).await?;
        if let Some(own) = but {
            give_back(&mut claims, bookable, own);
        }
        let known = Known::of(bookable, &claims);
        let slots = slots(&known.question(bookable, Some(mode), self.now(), day, day));
        let slot = slots.iter().find(|slot| slot.span.from == start).ok_or(BookingError::Taken)?;
        let needs_room = mode == Mode::InPerson && !bookable.setting.times.rooms.is_empty();
        let rooms: Vec<Option<&str>> = match (needs_room, slot.rooms.is_empty()) {
            (true, false) => slot.rooms.iter().map(|room| Some(*room)).collect(),
            // a group that has begun has its room
            _ => vec![None],
        };
        let able = slot.candidates.iter().filter(|candidate| candidate.modes.contains(mode));
        Ok(able
            .flat_map(|candidate| rooms.iter().map(move |room| (candidate.resource, *room)))
            .map(|(resource, room)| Turn {
                span: slot.span,
                resource_id: resource.to_owned(),
                room_id: room.map(str::to_owned),
            })
            .collect())
    }

    /// What it would do to an offer to have these counsellors instead of those.
    pub(super) async fn compare(
        &self,
        bookable: &Bookable,
        (old, new): (&[Resource], &[Resource]),
        appointments: &[slots::Appointment],
        (from, to): (Date, Date),
    ) -> Result<Preview, BookingError> {
        let claims = self.claims_of(bookable, from, to).await?;
        let known = Known::of(bookable, &claims);
        let question = known.question(bookable, None, self.now(), from, to);
        let (old, new) = (Question { resources: old, ..question }, Question { resources: new, ..question });
        Ok(slots::preview(&old, &new, appointments))
    }

    /// What is claimed from a day to a day, with the whole weeks around them.
    async fn claims_of(&self, bookable: &Bookable, first: Date, last: Date) -> Result<Claims, BookingError> {
        let span = Span {
            from: midnight(first.saturating_sub(jiff::Span::new().days(7))),
            to: midnight(last.saturating_add(jiff::Span::new().days(8))),
        };
        self.store().claims(&bookable.centre.id, span).await
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

    /// Whether a counsellor of this id takes part.
    pub fn has_counsellor(&self, id: &str) -> bool {
        self.counsellors.iter().any(|counsellor| counsellor.id == id)
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
    claims.ticks.retain(|claim| {
        let mine = claim.resource_id == own.resource_id || Some(&claim.resource_id) == own.room_id.as_ref();
        let then = claimed.from <= claim.tick.start() && claim.tick.start() < claimed.to;
        !(mine && then && claim.session.is_none())
    });
    let start = (own.resource_id.clone(), own.offer_id.clone(), own.span.from);
    if let Some(at) = claims.starts.iter().position(|found| *found == start) {
        claims.starts.remove(at);
    }
}

/// Claims in the form the question wants them.
struct Known {
    taken: BTreeMap<String, Taken>,
    booked: BTreeMap<Date, u16>,
}

impl Known {
    fn of(bookable: &Bookable, claims: &Claims) -> Self {
        let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
        let mut seats: BTreeMap<(&str, Tick), u16> = BTreeMap::new();
        let mut sessions: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
        for claim in &claims.ticks {
            let seat = seats.entry((&claim.resource_id, claim.tick)).or_default();
            // a group as a whole counts by its people
            if claim.seat > 0 || claim.session.is_none() {
                *seat += 1;
            }
            if let Some(session) = &claim.session {
                let most = sessions.entry(session).or_default().entry(&claim.resource_id).or_default();
                *most += u32::from(claim.seat > 0);
            }
        }
        for ((resource, tick), seats) in seats {
            taken.entry(resource.to_owned()).or_default().ticks.push((tick, seats.max(1)));
        }
        let length = bookable.setting.times.length.duration();
        let width = bookable.claimed(Span::lasting(Timestamp::UNIX_EPOCH, length)).ticks().count().max(1);
        for (session, resources) in sessions {
            let Some((offer, start)) = offer_and_start(session) else { continue };
            if offer != bookable.offer.id {
                continue;
            }
            // rooms have the group's own claim only
            let room = resources.iter().find(|(_, ticks)| **ticks == 0).map(|(id, _)| (*id).to_owned());
            for (resource, ticks) in resources.iter().filter(|(_, ticks)| **ticks > 0) {
                let seats = u16::try_from(*ticks as usize / width).unwrap_or(u16::MAX);
                let session = Session { span: Span::lasting(start, length), seats, room: room.clone() };
                taken.entry((*resource).to_owned()).or_default().sessions.push(session);
            }
        }
        let mut booked: BTreeMap<Date, u16> = BTreeMap::new();
        let mut meetings: BTreeSet<(&str, &str, Timestamp)> = BTreeSet::new();
        for (resource, offer, start) in &claims.starts {
            if *offer == bookable.offer.id {
                *booked.entry(local_date(*start)).or_default() += 1;
            }
            // the people of a group are one meeting
            if meetings.insert((resource, offer, *start)) {
                let taken = taken.entry(resource.clone()).or_default();
                *taken.meetings.entry(local_date(*start)).or_default() += 1;
            }
        }
        Self { taken, booked }
    }

    fn question<'a>(
        &'a self,
        bookable: &'a Bookable,
        mode: Option<Mode>,
        now: Timestamp,
        from: Date,
        to: Date,
    ) -> Question<'a> {
        Question {
            offer: &bookable.offer.id,
            times: &bookable.setting.times,
            resources: &bookable.counsellors,
            rooms: &bookable.rooms,
            closures: &bookable.centre_setting.closures,
            holidays: &bookable.centre_setting.holidays,
            taken: &self.taken,
            booked: &self.booked,
            now,
            mode,
            from,
            to,
        }
    }
}

/// A stored document.
pub(super) fn document<T: serde::de::DeserializeOwned>(
    table: &'static str,
    row: &str,
    text: &str,
) -> Result<T, BookingError> {
    serde_json::from_str(text).map_err(|problem| {
        BookingError::Store(storekit::StoreError::Corrupt {
            table,
            column: "body",
            row: row.to_owned(),
            problem: problem.to_string(),
        })
    })
}
