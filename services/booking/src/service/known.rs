//! What is claimed and booked, as the computation of free times wants it.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::Mode;
use jiff::{Timestamp, civil::Date};

use super::Bookable;
use crate::{
    Span, Tick,
    availability::local_date,
    slots::{Question, Session, Taken},
    store::{Claims, offer_and_start},
};

/// Claims in the form the question wants them.
pub(super) struct Known {
    taken: BTreeMap<String, Taken>,
    booked: BTreeMap<Date, u16>,
}

impl Known {
    pub(super) fn of(bookable: &Bookable, claims: &Claims) -> Self {
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
        for (resource, span) in &claims.busy {
            taken.entry(resource.clone()).or_default().busy.push(*span);
        }
        Self { taken, booked }
    }

    pub(super) fn question<'a>(
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
