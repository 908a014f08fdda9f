//! One CSV with a row for each offer.

use std::io::Write;

use contracts::directory::{Area, Centre, LocationBasis, Offer};

use super::{ExportError, Exporter, guarded};
use crate::import::field::{
    hours::{write_exceptions, write_weekly},
    word::wheelchair_code,
};

/// The columns, in order. The profile `centres` reads them.
pub(super) const COLUMNS: [&str; 42] = [
    "centre_id",
    "source",
    "external_id",
    "slug",
    "name",
    "carrier",
    "association",
    "description",
    "street",
    "address_extra",
    "postcode",
    "city",
    "lat",
    "lon",
    "location_basis",
    "phone",
    "fax",
    "email",
    "website",
    "opening",
    "opening_note",
    "opening_exceptions",
    "wheelchair",
    "access_facts",
    "directions",
    "languages",
    "confirmed_on",
    "offer_id",
    "offer_name",
    "offer_description",
    "topics",
    "leika",
    "target_groups",
    "keywords",
    "offer_languages",
    "modes",
    "link",
    "postcode_ranges",
    "municipalities",
    "districts",
    "lands",
    "nationwide",
];

/// Writes the flat CSV.
#[derive(Debug)]
pub struct FlatCsv<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> FlatCsv<W> {
    /// Begins with the names of the columns.
    ///
    /// # Errors
    /// [`ExportError::Io`] when they cannot be written.
    pub fn new(output: W) -> Result<Self, ExportError> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(COLUMNS)?;
        Ok(Self { writer })
    }
}

impl<W: Write> Exporter for FlatCsv<W> {
    fn centre(&mut self, centre: &Centre) -> Result<(), ExportError> {
        for offer in &centre.offers {
            let cells = row(centre, offer);
            self.writer.write_record(cells.iter().map(|cell| guarded(cell).into_owned()))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        Ok(self.writer.flush()?)
    }
}

fn row(centre: &Centre, offer: &Offer) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let point = centre.coordinates;
    let areas =
        |read: fn(&Area) -> Option<String>| offer.areas.iter().filter_map(read).collect::<Vec<_>>().join(";");
    vec![
        centre.id.clone(),
        centre.source.clone(),
        centre.external_id.clone(),
        centre.slug.clone(),
        centre.name.clone(),
        text(&centre.carrier),
        text(&centre.association),
        text(&centre.description),
        text(&centre.address.street),
        text(&centre.address.extra),
        centre.address.postcode.to_string(),
        centre.address.city.clone(),
        point.map(|point| point.lat.to_string()).unwrap_or_default(),
        point.map(|point| point.lon.to_string()).unwrap_or_default(),
        point.map(|point| basis(point.basis).to_owned()).unwrap_or_default(),
        text(&centre.contacts.phone),
        text(&centre.contacts.fax),
        text(&centre.contacts.email),
        text(&centre.contacts.website),
        write_weekly(&centre.opening.weekly),
        text(&centre.opening.note),
        write_exceptions(&centre.opening.exceptions),
        centre.access.wheelchair.map(|wheelchair| wheelchair_code(wheelchair).to_owned()).unwrap_or_default(),
        centre.access.facts.join(";"),
        text(&centre.access.directions),
        centre.languages.join(";"),
        centre.confirmed_on.map(|day| day.to_string()).unwrap_or_default(),
        offer.id.clone(),
        offer.name.clone(),
        text(&offer.description),
        offer.topics.join(";"),
        text(&offer.leika),
        offer.target_groups.join(";"),
        offer.keywords.join(";"),
        offer.languages.join(";"),
        offer.modes.iter().map(|mode| mode.code()).collect::<Vec<_>>().join(";"),
        text(&offer.link),
        areas(|area| if let Area::Postcodes(range) = area { Some(postcodes(*range)) } else { None }),
        areas(|area| if let Area::Municipality(key) = area { Some(key.to_string()) } else { None }),
        areas(|area| if let Area::District(key) = area { Some(key.to_string()) } else { None }),
        areas(|area| if let Area::Land(key) = area { Some(key.to_string()) } else { None }),
        if offer.areas.contains(&Area::Nationwide) { String::from("ja") } else { String::new() },
    ]
}

/// A range as `79100-79112`, a single postcode by itself.
pub(super) fn postcodes(range: contracts::directory::PostcodeRange) -> String {
    if range.first == range.last {
        range.first.to_string()
    } else {
        format!("{}-{}", range.first, range.last)
    }
}

pub(super) const fn basis(basis: LocationBasis) -> &'static str {
    match basis {
        LocationBasis::Given => "given",
        LocationBasis::Postcode => "postcode",
    }
}
