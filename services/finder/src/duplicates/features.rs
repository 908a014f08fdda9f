//! What is compared of a centre, taken apart once.

use contracts::directory::{Centre, LocationBasis};

use super::{
    address::Place,
    contact::{self, Phone},
    name::Name,
    words::service_of_topic,
};

/// A centre as it is compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    /// Our id.
    pub(super) id: String,
    /// The list it came from.
    pub(super) source: String,
    /// Its name.
    pub(super) name: Name,
    /// The name of its carrier.
    pub(super) carrier: Name,
    /// Known carriers of either name, or of the association when neither says.
    pub(super) carriers: u32,
    /// Services by topics and name.
    pub(super) services: u32,
    /// Where it is.
    pub(super) place: Place,
    /// Phone.
    pub(super) phone: Option<Phone>,
    /// Mail.
    pub(super) mail: Option<String>,
    /// Host, and host with path.
    pub(super) site: Option<(String, String)>,
    /// The building's point; one derived from the postcode says nothing.
    pub(super) point: Option<(f64, f64)>,
}

impl Features {
    /// Takes a centre apart.
    pub(super) fn of(centre: &Centre) -> Self {
        let place = Place::of(&centre.address);
        let name = Name::of(&centre.name, &place.town);
        let part = |text: &Option<String>| {
            text.as_deref().map(|text| Name::of(text, &place.town)).unwrap_or_default()
        };
        let (carrier, association) = (part(&centre.carrier), part(&centre.association));
        let said = name.carriers | carrier.carriers;
        let topics = centre.offers.iter().flat_map(|offer| &offer.topics);
        Self {
            id: centre.id.clone(),
            source: centre.source.clone(),
            carriers: if said == 0 { association.carriers } else { said },
            services: name.services | topics.fold(0, |bits, topic| bits | service_of_topic(topic)),
            phone: centre.contacts.phone.as_deref().and_then(contact::phone),
            mail: centre.contacts.email.as_deref().and_then(contact::mail),
            site: centre.contacts.website.as_deref().and_then(contact::site),
            point: centre
                .coordinates
                .filter(|point| point.basis == LocationBasis::Given)
                .map(|point| (point.lat, point.lon)),
            name,
            carrier,
            place,
        }
    }

    /// Metres to another, when both points are known.
    pub(super) fn metres_to(&self, other: &Self) -> Option<f64> {
        let ((lat, lon), (to_lat, to_lon)) = (self.point?, other.point?);
        // Flat is exact enough below a few kilometres, and beyond them nobody asks how far.
        let north = (lat - to_lat) * 111_320.0;
        let east = (lon - to_lon) * 111_320.0 * lat.to_radians().cos();
        Some(north.hypot(east))
    }
}
