//! Records that tests of pages share.

use contracts::directory::{
    Access, Address, Area, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer, OpeningException,
    OpeningHours, OpeningSpan, PostcodeRange, Weekday, Wheelchair,
};
use jiff::civil::{date, time};
use search_index::{
    place::{Gazetteer, Place, PlaceKind, Point, Resolution},
    search::{Answer, Card, Field, Hit, OtherOffer, Reason},
};

use super::results::Found;

/// A debt counselling centre in Freiburg, open on Mondays and Thursdays.
pub(crate) fn centre() -> Centre {
    let span = |weekday, opens, closes, note: Option<&str>| OpeningSpan {
        weekday,
        opens: time(opens, 0, 0, 0),
        closes: time(closes, 30, 0, 0),
        note: note.map(Into::into),
    };
    Centre {
        id: "0193a1b2-0000-7000-8000-000000000001".into(),
        source: "demo".into(),
        external_id: "1".into(),
        slug: "rat-und-tat-freiburg".into(),
        name: "Rat und Tat Freiburg".into(),
        carrier: Some("Rat und Tat e. V.".into()),
        association: Some("Beispielverband".into()),
        description: Some("Wir helfen bei Geldsorgen.\n\nKommen Sie vorbei.".into()),
        address: Address {
            street: Some("Musterstraße 5".into()),
            extra: Some("Hinterhaus, 2. Stock".into()),
            postcode: "79100".parse().unwrap(),
            city: "Freiburg im Breisgau".into(),
        },
        coordinates: Some(Coordinates { lat: 47.9876, lon: 7.8432, basis: LocationBasis::Given }),
        contacts: Contacts {
            phone: Some("0761 123 45 67".into()),
            fax: Some("0761 123 45 68".into()),
            email: Some("kontakt@rat.example".into()),
            website: Some("https://www.rat.example/".into()),
        },
        opening: OpeningHours {
            weekly: vec![
                span(Weekday::Monday, 9, 12, None),
                span(Weekday::Thursday, 14, 17, Some("offene Sprechstunde")),
            ],
            exceptions: vec![OpeningException {
                from: date(2026, 12, 24),
                to: date(2027, 1, 3),
                open: vec![],
                note: Some("Betriebsferien".into()),
            }],
            note: Some("und nach Vereinbarung".into()),
        },
        access: Access {
            wheelchair: Some(Wheelchair::Partial),
            facts: vec!["2 Stufen am Eingang".into(), "Aufzug".into()],
            directions: Some("Straßenbahn 3, Haltestelle Rathaus".into()),
        },
        languages: vec!["de".into(), "tr".into()],
        confirmed_on: Some(date(2026, 10, 1)),
        offers: vec![
            Offer {
                id: "o1".into(),
                name: "Schuldner- und Insolvenzberatung".into(),
                description: Some("Wir ordnen mit Ihnen die Briefe.".into()),
                topics: vec!["debt".into()],
                leika: None,
                target_groups: vec!["Erwachsene".into()],
                keywords: vec!["P-Konto".into(), "Mahnung".into()],
                languages: vec!["ar".into()],
                modes: vec![Mode::InPerson, Mode::Phone],
                areas: vec![Area::Postcodes(PostcodeRange::between(
                    "79100".parse().unwrap(),
                    "79117".parse().unwrap(),
                ))],
                link: Some("https://www.rat.example/schulden".into()),
            },
            Offer {
                id: "o2".into(),
                name: "Allgemeine Sozialberatung".into(),
                description: None,
                topics: vec![],
                leika: None,
                target_groups: vec![],
                keywords: vec![],
                languages: vec![],
                modes: vec![],
                areas: vec![],
                link: None,
            },
        ],
    }
}

/// The centre as a responsible hit for "Schulden".
pub(crate) fn hit() -> Hit {
    let centre = centre();
    let offer = &centre.offers[0];
    Hit {
        card: Card {
            centre_id: centre.id.clone(),
            source: centre.source.clone(),
            external_id: centre.external_id.clone(),
            slug: centre.slug.clone(),
            centre_name: centre.name.clone(),
            carrier: centre.carrier.clone(),
            address: centre.address.clone(),
            coordinates: centre.coordinates,
            contacts: centre.contacts.clone(),
            opening: centre.opening.clone(),
            access: centre.access.clone(),
            offer_id: offer.id.clone(),
            offer_name: offer.name.clone(),
            topics: offer.topics.clone(),
            modes: offer.modes.clone(),
            languages: centre.languages.clone(),
            link: offer.link.clone(),
            areas_known: true,
            other_offers: vec![OtherOffer {
                id: centre.offers[1].id.clone(),
                name: centre.offers[1].name.clone(),
            }],
        },
        responsible: true,
        distance_km: Some(2.4),
        covered_units: 2,
        query_units: 2,
        reasons: vec![
            Reason {
                unit: "Schulden".into(),
                field: Field::Offer,
                matched: "Schuldner- und Insolvenzberatung".into(),
            },
            Reason { unit: "79100".into(), field: Field::Area, matched: "79100–79117".into() },
        ],
    }
}

/// The postcode 79100.
pub(crate) fn place() -> Place {
    Place {
        kind: PlaceKind::Postcode,
        name: "79100 Freiburg im Breisgau".into(),
        detail: "Baden-Württemberg".into(),
        query: "79100".into(),
        postcodes: vec!["79100".parse().unwrap()],
        municipalities: vec!["08311000".parse().unwrap()],
        districts: vec!["08311".parse().unwrap()],
        lands: vec!["08".parse().unwrap()],
        point: Some(Point { lat: 47.98, lon: 7.84 }),
        radius_km: 0.0,
    }
}

/// One responsible hit around 79100.
pub(crate) fn found() -> Found {
    Found {
        free: std::collections::HashMap::new(),
        resolution: Resolution::Resolved { place: Box::new(place()), others: vec![] },
        place_from_words: false,
        answer: Answer {
            total: 1,
            near: 1,
            any_responsible: true,
            units: vec!["Schulden".into(), "79100".into()],
            hits: vec![hit()],
            other_help: vec![],
        },
        remote: 0,
        neighbours: vec![],
        gazetteer: Gazetteer::bundled(),
    }
}
