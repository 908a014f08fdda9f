//! Where a centre is: postcode, town and point, repaired with the table of places.

use contracts::directory::{Address, Coordinates, LocationBasis, Postcode};
use search_index::place::Gazetteer;

use super::{Mapper, Rejected, pick::first_column};
use crate::import::{
    field::{
        area::{Written, postcode},
        point::{degrees, in_frame},
        text::limit,
    },
    problem::{Problem, Repair},
    profile::Pick,
    read::Record,
};

impl Mapper<'_> {
    pub(super) fn address(&mut self, record: &Record) -> Result<Address, Rejected> {
        let fields = &self.profile.centre;
        let street = self.optional(record, fields.street.as_ref(), limit::LINE)?;
        let extra = self.optional(record, fields.address_extra.as_ref(), limit::LINE)?;
        let column = fields.postcode.as_ref().and_then(first_column).unwrap_or("postcode").to_owned();
        let written = self.required(record, "postcode", fields.postcode.as_ref())?;
        let postcode = match checked_postcode(self.around.places, &written) {
            Ok((postcode, repair)) => {
                if let Some(repair) = repair {
                    self.note(record.spot(&column, &written), repair);
                }
                postcode
            }
            Err(problem) => return Err(self.reject(record.spot(&column, &written), problem)),
        };
        let city = self.optional(record, fields.city.as_ref(), limit::NAME)?;
        let city = match city {
            Some(city) => city,
            None => {
                let column = fields.city.as_ref().and_then(first_column).unwrap_or("city").to_owned();
                match town_of(self.around.places, postcode) {
                    Some(town) => {
                        self.note(record.spot(&column, &written), Repair::TownFromPostcode);
                        town
                    }
                    None => return Err(self.reject(record.spot(&column, ""), Problem::Required)),
                }
            }
        };
        Ok(Address { street, extra, postcode, city })
    }

    pub(super) fn coordinates(
        &mut self,
        record: &Record,
        postcode: Postcode,
    ) -> Result<Option<Coordinates>, Rejected> {
        let fields = &self.profile.centre;
        let of_postcode = point_of(self.around.places, postcode);
        let (Some(lat_pick), Some(lon_pick)) = (&fields.lat, &fields.lon) else { return Ok(of_postcode) };
        let (lat, lon) = (self.raw(record, lat_pick)?, self.raw(record, lon_pick)?);
        let (Some(lat), Some(lon)) = (lat, lon) else { return Ok(of_postcode) };
        let rough = match &fields.location_basis {
            Some(basis) => {
                self.raw(record, basis)?.is_some_and(|basis| basis.eq_ignore_ascii_case("postcode"))
            }
            None => false,
        };
        let (point, repair) = checked_point(&lat, &lon);
        if let Some(repair) = repair {
            let column = first_column(lat_pick).unwrap_or("lat").to_owned();
            self.note(record.spot(&column, &format!("{lat} {lon}")), repair);
        }
        let basis = if rough { LocationBasis::Postcode } else { LocationBasis::Given };
        Ok(point.map(|(lat, lon)| Coordinates { lat, lon, basis }).or(of_postcode))
    }

    pub(super) fn optional(
        &mut self,
        record: &Record,
        pick: Option<&Pick>,
        limit: usize,
    ) -> Result<Option<String>, Rejected> {
        pick.map_or(Ok(None), |pick| self.line(record, pick, limit))
    }
}

/// A centre's postcode with what was done to it. Four digits are only taken when the postcode with a zero exists.
pub(crate) fn checked_postcode(
    places: &Gazetteer,
    text: &str,
) -> Result<(Postcode, Option<Repair>), Problem> {
    match postcode(text) {
        Some(Written::Whole(postcode)) if places.contains(postcode) => Ok((postcode, None)),
        Some(Written::Whole(postcode)) => Ok((postcode, Some(Repair::PostcodeUnknown))),
        Some(Written::Padded(postcode)) if places.contains(postcode) => {
            Ok((postcode, Some(Repair::PostcodeZeroRestored)))
        }
        Some(Written::Padded(_)) => Err(Problem::ShortPostcode),
        None => Err(Problem::NotAPostcode),
    }
}

/// The biggest town of a postcode.
pub(crate) fn town_of(places: &Gazetteer, postcode: Postcode) -> Option<String> {
    places.postcode(postcode)?.names.first().cloned()
}

/// The postcode's point.
pub(crate) fn point_of(places: &Gazetteer, postcode: Postcode) -> Option<Coordinates> {
    let point = places.postcode_point(postcode)?;
    Some(Coordinates { lat: point.lat, lon: point.lon, basis: LocationBasis::Postcode })
}

/// A point as latitude and longitude with what was done to it; `None` when it is not in Germany.
pub(crate) fn checked_point(lat: &str, lon: &str) -> (Option<(f64, f64)>, Option<Repair>) {
    match (degrees(lat), degrees(lon)) {
        (Some(lat), Some(lon)) if in_frame(lat, lon) && in_germany(lat, lon) => (Some((lat, lon)), None),
        (Some(lat), Some(lon)) if in_frame(lon, lat) && in_germany(lon, lat) => {
            (Some((lon, lat)), Some(Repair::CoordinatesSwapped))
        }
        // Empty islands of the Atlantic are how databases write "not known".
        (Some(0.0), Some(0.0)) => (None, None),
        (Some(_), Some(_)) => (None, Some(Repair::CoordinatesOutside)),
        _ => (None, Some(Repair::CoordinatesUnreadable)),
    }
}

/// Whether the point lies within the border, which the frame of outermost degrees does not say.
fn in_germany(lat: f64, lon: f64) -> bool {
    crate::outline::in_germany(lat, lon)
}
