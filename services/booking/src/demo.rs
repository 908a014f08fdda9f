//! Appointments to look at: some of the invented centres can be booked, with invented counsellors.

use std::collections::BTreeSet;

use contracts::directory::{Centre, Mode, Weekday};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{
    BookingError,
    availability::{DayTime, DayTimeProblem, Minutes, MinutesProblem, Modes, OfferTimes, Pattern, Rule},
    setting::{Agreement, Asked, Asks, Hours, NameAsked, OfferSetting},
    store::{Furniture, Resource, ResourceKind, Store},
};

/// One invented centre of this many can be booked.
const ONE_OF: u8 = 4;

/// Two people, so that it shows that somebody is chosen.
const COUNSELLORS: [(&str, Weekday, Weekday); 2] = [
    ("Frau Beispiel", Weekday::Monday, Weekday::Thursday),
    ("Herr Muster", Weekday::Tuesday, Weekday::Wednesday),
];

/// Makes some of these centres bookable; those that somebody has set already stay as they are. Answers how many offers
/// these are.
///
/// # Errors
/// [`BookingError::Store`].
pub async fn furnish(store: &dyn Store, centres: &[Centre], from: Date) -> Result<usize, BookingError> {
    let chosen = centres.iter().filter(|centre| is_chosen(&centre.id));
    let furniture: Vec<Furniture> =
        chosen.filter_map(|centre| furniture(centre, from).ok().flatten()).collect();
    store.furnish(&furniture).await?;
    Ok(furniture.len())
}

fn is_chosen(centre_id: &str) -> bool {
    Sha256::digest(centre_id.as_bytes())[0] % ONE_OF == 0
}

/// What stands in a centre whose first offer can be booked.
fn furniture(centre: &Centre, from: Date) -> Result<Option<Furniture>, Problem> {
    let Some(offer) = centre.offers.first() else { return Ok(None) };
    let able = [Mode::InPerson, Mode::Phone].into_iter().filter(|mode| offer.modes.contains(mode));
    let modes: Modes = able.collect();
    if modes.is_empty() {
        return Ok(None);
    }
    let requested = Sha256::digest(offer.id.as_bytes())[1] % 3 == 0;
    let setting = OfferSetting {
        times: OfferTimes {
            length: Minutes::new(45)?,
            buffer_before: Minutes::NONE,
            buffer_after: Minutes::new(15)?,
            step: Minutes::new(60)?,
            notice_minutes: 180,
            horizon_days: 60,
            modes,
            capacity: 1,
            limit_per_counsellor: Some(5),
            limit_per_day: None,
            rooms: BTreeSet::new(),
        },
        agreement: if requested { Agreement::Centre } else { Agreement::Instant },
        asks: Asks { name: NameAsked::Pseudonym, phone: Asked::IfWanted, ..Asks::default() },
        reminders: vec![24],
        grace_hours: 0,
        release_minutes: 0,
        waiting_list: true,
        bring: String::new(),
        arrival: String::new(),
        data: String::new(),
    };
    let resources = (1..).zip(COUNSELLORS).map(|(number, (name, first, second))| {
        let id = format!("{}-{number}", centre.id);
        let rule = |part: usize, weekday, from_time: &str, to_time: &str| {
            Ok::<_, Problem>(Rule {
                id: format!("{id}-{part}"),
                offers: BTreeSet::new(),
                modes,
                pattern: Pattern::Weekly { every: 1, weekday },
                from: from_time.parse::<DayTime>()?,
                to: to_time.parse::<DayTime>()?,
                valid_from: from,
                valid_until: None,
                except: BTreeSet::new(),
            })
        };
        let rules = vec![
            rule(1, first, "09:00", "12:00")?,
            rule(2, first, "14:00", "17:00")?,
            rule(3, second, "10:00", "13:00")?,
        ];
        Ok::<_, Problem>(Resource {
            kind: ResourceKind::Counsellor(format!("demo-{number}-{}", centre.id)),
            centre_id: centre.id.clone(),
            name: name.to_owned(),
            active: true,
            body: serde_json::to_string(&Hours { rules, absences: Vec::new() })?,
            id,
        })
    });
    Ok(Some(Furniture {
        centre_id: centre.id.clone(),
        offer_id: offer.id.clone(),
        setting: serde_json::to_string(&setting)?,
        resources: resources.collect::<Result<_, _>>()?,
    }))
}

/// What is written here is wrong, which a test keeps from happening.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Minutes(#[from] MinutesProblem),
    #[error(transparent)]
    Time(#[from] DayTimeProblem),
    #[error(transparent)]
    Document(#[from] serde_json::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_furnished_is_right() {
        let centre: Centre = serde_json::from_value(serde_json::json!({
            "id": "c", "source": "demo", "external_id": "1", "slug": "c", "name": "Beispielstelle",
            "address": { "postcode": "79100", "city": "Freiburg" },
            "offers": [{ "id": "o", "name": "Beratung", "modes": ["in_person", "chat"] }]
        }))
        .unwrap();
        let made = furniture(&centre, jiff::civil::date(2026, 11, 23)).unwrap().unwrap();
        let setting: OfferSetting = serde_json::from_str(&made.setting).unwrap();
        assert_eq!(setting.check(), Ok(()));
        assert_eq!(setting.times.modes, Modes::only(Mode::InPerson));
        assert_eq!(made.resources.len(), 2);
        for resource in &made.resources {
            let hours: Hours = serde_json::from_str(&resource.body).unwrap();
            assert_eq!(hours.check(), Ok(()));
        }
    }
}
