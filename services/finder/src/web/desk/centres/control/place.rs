//! Address and point.

use contracts::directory::{Address, Coordinates, LocationBasis, Postcode};
use serde_json::Value;

use super::{Read, Wrong};
use crate::{
    import::{
        field::{
            area::{Written, postcode},
            text::{limit, line},
        },
        point_of,
    },
    web::{
        desk::centres::{around::Around, sent::Sent},
        say::Say,
    },
};

pub(super) fn write_address(value: &Value, sent: &mut Sent) {
    for name in ["street", "extra", "postcode", "city"] {
        sent.put(name, value[name].as_str().unwrap_or_default());
    }
}

pub(super) fn read_address(sent: &Sent, around: &Around<'_>) -> Read {
    let mut wrong = Vec::new();
    let mut text = |name: &'static str| {
        let cleaned = line(sent.one(name), limit::LINE);
        if cleaned.shortened {
            wrong.push(Wrong::new(name, Say::new("desk-centre-too-long").with("count", limit::LINE)));
        }
        Some(cleaned.text).filter(|text| !text.is_empty())
    };
    let (street, extra, city) = (text("street"), text("extra"), text("city"));
    let postcode = sent_postcode(sent, around);
    if postcode.is_none() {
        wrong.push(Wrong::new("postcode", Say::new("desk-centre-postcode-wrong")));
    }
    if city.is_none() {
        wrong.push(Wrong::new("city", Say::new("desk-centre-city-missing")));
    }
    match (postcode, city) {
        (Some(postcode), Some(city)) if wrong.is_empty() => {
            let address = Address { street, extra, postcode, city };
            Ok(serde_json::to_value(address).unwrap_or_default())
        }
        _ => Err(wrong),
    }
}

/// The postcode that was typed; a lost zero comes back where that makes a postcode.
fn sent_postcode(sent: &Sent, around: &Around<'_>) -> Option<Postcode> {
    match postcode(sent.one("postcode"))? {
        Written::Whole(postcode) => Some(postcode),
        Written::Padded(postcode) => around.places.contains(postcode).then_some(postcode),
    }
}

pub(super) fn write_point(value: &Value, sent: &mut Sent) {
    for name in ["lat", "lon"] {
        sent.put(name, value[name].as_f64().map_or_else(String::new, |degrees| degrees.to_string()));
    }
}

/// The point that was typed; without one that of the postcode.
pub(super) fn read_point(sent: &Sent, around: &Around<'_>) -> Read {
    let (lat, lon) = (sent.one("lat").trim(), sent.one("lon").trim());
    if lat.is_empty() && lon.is_empty() {
        let proposed = sent_postcode(sent, around).and_then(|postcode| point_of(&around.places, postcode));
        return Ok(serde_json::to_value(proposed).unwrap_or_default());
    }
    let degrees = |text: &str, most: f64| {
        let number: f64 = text.trim_end_matches('°').trim_end().replace(',', ".").parse().ok()?;
        (number.is_finite() && number.abs() <= most).then_some(number)
    };
    match (degrees(lat, 90.0), degrees(lon, 180.0)) {
        (Some(lat), Some(lon)) => {
            let point = Coordinates { lat, lon, basis: LocationBasis::Given };
            Ok(serde_json::to_value(point).unwrap_or_default())
        }
        (None, _) => Err(vec![Wrong::new("lat", Say::new("desk-centre-degrees-wrong"))]),
        (_, None) => Err(vec![Wrong::new("lon", Say::new("desk-centre-degrees-wrong"))]),
    }
}
