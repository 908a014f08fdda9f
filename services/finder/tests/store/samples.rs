//! Records to store. Whatever can be filled in is, so that a lost field is seen.

use std::sync::Arc;

use contracts::{
    directory::{
        Access, Address, Area, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer, OpeningException,
        OpeningHours, OpeningSpan, PostcodeRange, Weekday, Wheelchair,
    },
    staff::Actor,
};
use finder::store::{ImportChange, ImportCounts, ImportRun, Store, open};
use jiff::{Timestamp, civil};
use storekit::testing::Scratch;

pub(crate) const SOURCE: &str = "verband";

pub(crate) async fn store(scratch: &Scratch) -> Arc<dyn Store> {
    open(scratch.address()).await.unwrap()
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(1_795_000_000_123_456 + seconds * 1_000_000).unwrap()
}

/// A centre of [`SOURCE`] with every field filled.
pub(crate) fn centre(number: u32) -> Centre {
    Centre {
        id: format!("centre-{number:06}"),
        source: SOURCE.to_owned(),
        external_id: format!("A/{number}"),
        slug: format!("beratung-{number}"),
        name: format!("Beratungsstelle Nr. {number} »Brücke« – \"O'Neill\"; DROP TABLE centre"),
        carrier: Some(String::from("Musterträger e. V.")),
        association: Some(String::from("Musterverband")),
        description: Some(String::from("Zeile eins\nZeile zwei\t\u{1F54A} \\ مرحبا \u{0}")),
        address: Address {
            street: Some(String::from("Straße 1")),
            extra: Some(String::from("Hinterhaus")),
            postcode: "01067".parse().unwrap(),
            city: String::from("Dresden"),
        },
        coordinates: Some(Coordinates { lat: 51.0593746, lon: 13.7212901, basis: LocationBasis::Postcode }),
        contacts: Contacts {
            phone: Some(String::from("030 23125 000")),
            fax: Some(String::from("030 23125 001")),
            email: Some(String::from("stelle@example.org")),
            website: Some(String::from("https://example.org/")),
        },
        opening: OpeningHours {
            weekly: vec![OpeningSpan {
                weekday: Weekday::Monday,
                opens: civil::time(9, 0, 0, 0),
                closes: civil::time(12, 30, 0, 0),
                note: Some(String::from("offene Sprechstunde")),
            }],
            exceptions: vec![OpeningException {
                from: civil::date(2026, 12, 24),
                to: civil::date(2026, 12, 31),
                open: vec![(civil::time(10, 0, 0, 0), civil::time(11, 0, 0, 0))],
                note: Some(String::from("Ferien")),
            }],
            note: Some(String::from("nach Vereinbarung")),
        },
        access: Access {
            wheelchair: Some(Wheelchair::Partial),
            facts: vec![String::from("Aufzug")],
            directions: Some(String::from("Linie 3")),
        },
        languages: vec![String::from("de"), String::from("tr")],
        confirmed_on: Some(civil::date(2026, 11, 1)),
        offers: vec![Offer {
            id: format!("offer-{number}"),
            name: String::from("Schuldnerberatung"),
            description: Some(String::from("Hilfe bei Schulden")),
            topics: vec![String::from("debt")],
            leika: Some(String::from("99000000000000")),
            target_groups: vec![String::from("Angehörige")],
            keywords: vec![String::from("Pfändung")],
            languages: vec![String::from("ar")],
            modes: vec![Mode::InPerson, Mode::Video],
            areas: vec![
                Area::Postcodes(PostcodeRange::between("01067".parse().unwrap(), "01099".parse().unwrap())),
                Area::Municipality("14612000".parse().unwrap()),
                Area::District("14612".parse().unwrap()),
                Area::Land("14".parse().unwrap()),
                Area::Nationwide,
            ],
            link: Some(String::from("https://example.org/angebot")),
        }],
    }
}

/// An import of [`SOURCE`] planned on the given revision.
pub(crate) fn import(run: &str, expected_revision: i64, saved: Vec<Centre>) -> ImportChange {
    let counts =
        ImportCounts { new: saved.len() as u64, missing: 2, withdrawn: 1, rejected: 3, ..Default::default() };
    let actor = Actor { person_id: String::from("p1"), name: String::from("Petra Muster") };
    let run = ImportRun::new(run.to_owned(), SOURCE.to_owned(), String::from("profil"), actor, at(0));
    ImportChange::new(expected_revision, ImportRun { applied_at: at(60), counts, ..run }, saved)
}
