//! The fields of a centre by name: what can be edited, compared and traced to its origin one by one.

use std::{collections::BTreeMap, fmt, str::FromStr};

use contracts::directory::{Address, Centre, Offer};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, de::Error as _};
use serde_json::Value;

use super::part::Part;

/// A field of a centre. Its text is stable: it stands in tables and forms.
///
/// The order matters: whole offers come before their parts, so edits applied in this order build on each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the centre's fields")]
pub enum Field {
    Name,
    Carrier,
    Association,
    Description,
    Address,
    Coordinates,
    Phone,
    Fax,
    Email,
    Website,
    Weekly,
    Exceptions,
    OpeningNote,
    Wheelchair,
    AccessFacts,
    Directions,
    Languages,
    ConfirmedOn,
    /// Whether seekers see the centre; `false` when somebody took it off the list. No part of the record.
    Listed,
    /// An offer whole, by its id; null takes it away.
    Offer(String),
    /// A part of an offer.
    OfferPart(String, Part),
}

/// The name belongs to no field, or the value does not fit the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FieldError(pub(super) &'static str);

/// A centre to try values on.
const BLANK: &str = r#"{"id":"","source":"","external_id":"","slug":"","name":"",
    "address":{"postcode":"00000","city":""},"offers":[]}"#;

/// The longest id of an offer, so that a field's name fits its column.
const LONGEST_OFFER_ID: usize = 100;

impl Field {
    /// Every field that is not about a certain offer, in the order pages show them, without [`Field::Listed`].
    pub const FIXED: [Self; 18] = [
        Self::Name,
        Self::Carrier,
        Self::Association,
        Self::Description,
        Self::Address,
        Self::Coordinates,
        Self::Phone,
        Self::Fax,
        Self::Email,
        Self::Website,
        Self::Weekly,
        Self::Exceptions,
        Self::OpeningNote,
        Self::Wheelchair,
        Self::AccessFacts,
        Self::Directions,
        Self::Languages,
        Self::ConfirmedOn,
    ];

    const fn fixed_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Name => "name",
            Self::Carrier => "carrier",
            Self::Association => "association",
            Self::Description => "description",
            Self::Address => "address",
            Self::Coordinates => "coordinates",
            Self::Phone => "contacts.phone",
            Self::Fax => "contacts.fax",
            Self::Email => "contacts.email",
            Self::Website => "contacts.website",
            Self::Weekly => "opening.weekly",
            Self::Exceptions => "opening.exceptions",
            Self::OpeningNote => "opening.note",
            Self::Wheelchair => "access.wheelchair",
            Self::AccessFacts => "access.facts",
            Self::Directions => "access.directions",
            Self::Languages => "languages",
            Self::ConfirmedOn => "confirmed_on",
            Self::Listed => "listed",
            Self::Offer(_) | Self::OfferPart(..) => return None,
        })
    }

    /// What kind of field it is, for the name shown to people: the text without an offer's id ("offer.topics").
    pub fn kind(&self) -> String {
        match self {
            Self::Offer(_) => String::from("offer"),
            Self::OfferPart(_, part) => format!("offer.{}", part.code()),
            fixed => fixed.to_string(),
        }
    }

    /// The offer the field is about.
    pub fn offer_id(&self) -> Option<&str> {
        match self {
            Self::Offer(id) | Self::OfferPart(id, _) => Some(id),
            _ => None,
        }
    }

    /// Its value; null when there is nothing.
    pub fn get(&self, centre: &Centre) -> Value {
        match self {
            Self::Name => json(&centre.name),
            Self::Carrier => json(&centre.carrier),
            Self::Association => json(&centre.association),
            Self::Description => json(&centre.description),
            Self::Address => json(&centre.address),
            Self::Coordinates => json(&centre.coordinates),
            Self::Phone => json(&centre.contacts.phone),
            Self::Fax => json(&centre.contacts.fax),
            Self::Email => json(&centre.contacts.email),
            Self::Website => json(&centre.contacts.website),
            Self::Weekly => list(&centre.opening.weekly),
            Self::Exceptions => list(&centre.opening.exceptions),
            Self::OpeningNote => json(&centre.opening.note),
            Self::Wheelchair => json(&centre.access.wheelchair),
            Self::AccessFacts => list(&centre.access.facts),
            Self::Directions => json(&centre.access.directions),
            Self::Languages => list(&centre.languages),
            Self::ConfirmedOn => json(&centre.confirmed_on),
            Self::Listed => Value::Null,
            Self::Offer(id) => offer(centre, id).map_or(Value::Null, json),
            Self::OfferPart(id, part) => offer(centre, id).map_or(Value::Null, |offer| part.get(offer)),
        }
    }

    /// Puts a value in; null takes away what is there.
    ///
    /// A part of an offer that is not there changes nothing: the edit sleeps until the offer comes back.
    ///
    /// # Errors
    /// When the value does not fit the field. The centre is as it was.
    pub fn set(&self, centre: &mut Centre, value: &Value) -> Result<(), FieldError> {
        match self {
            Self::Name => centre.name = required(value)?,
            Self::Carrier => centre.carrier = read(value)?,
            Self::Association => centre.association = read(value)?,
            Self::Description => centre.description = read(value)?,
            Self::Address => {
                centre.address =
                    read::<Option<Address>>(value)?.ok_or(FieldError("a centre has an address"))?;
            }
            Self::Coordinates => centre.coordinates = read(value)?,
            Self::Phone => centre.contacts.phone = read(value)?,
            Self::Fax => centre.contacts.fax = read(value)?,
            Self::Email => centre.contacts.email = read(value)?,
            Self::Website => centre.contacts.website = read(value)?,
            Self::Weekly => centre.opening.weekly = read(value)?,
            Self::Exceptions => centre.opening.exceptions = read(value)?,
            Self::OpeningNote => centre.opening.note = read(value)?,
            Self::Wheelchair => centre.access.wheelchair = read(value)?,
            Self::AccessFacts => centre.access.facts = read(value)?,
            Self::Directions => centre.access.directions = read(value)?,
            Self::Languages => centre.languages = read(value)?,
            Self::ConfirmedOn => centre.confirmed_on = read(value)?,
            Self::Listed => drop(read::<bool>(value)?),
            Self::Offer(id) => set_offer(centre, id, value)?,
            Self::OfferPart(id, part) => match centre.offers.iter_mut().find(|offer| offer.id == *id) {
                Some(offer) => part.set(offer, value)?,
                None => part.check(value)?,
            },
        }
        Ok(())
    }

    /// Whether a value fits the field.
    ///
    /// # Errors
    /// When it does not.
    pub fn check(&self, value: &Value) -> Result<(), FieldError> {
        let mut blank = serde_json::from_str(BLANK).map_err(|_| FieldError("no value can be tried"))?;
        self.set(&mut blank, value)
    }

    /// Whether two values of the field are the same. Points are the same when they are within a few millimetres: a
    /// degree written out and read back may differ in its last digit.
    pub fn same(&self, one: &Value, other: &Value) -> bool {
        if *self == Self::Coordinates && one.is_object() && other.is_object() {
            let near = |key: &str| match (one[key].as_f64(), other[key].as_f64()) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-8,
                _ => false,
            };
            return near("lat") && near("lon") && one["basis"] == other["basis"];
        }
        one == other
    }
}

/// All fields of a centre with their values, absent ones as null; every offer whole and in its parts.
pub fn fields(centre: &Centre) -> BTreeMap<Field, Value> {
    let mut all: BTreeMap<Field, Value> =
        Field::FIXED.into_iter().map(|field| (field.clone(), field.get(centre))).collect();
    for offer in &centre.offers {
        all.insert(Field::Offer(offer.id.clone()), json(offer));
        all.extend(Part::ALL.map(|part| (Field::OfferPart(offer.id.clone(), part), part.get(offer))));
    }
    all
}

fn offer<'a>(centre: &'a Centre, id: &str) -> Option<&'a Offer> {
    centre.offers.iter().find(|offer| offer.id == id)
}

fn set_offer(centre: &mut Centre, id: &str, value: &Value) -> Result<(), FieldError> {
    let Some(new) = read::<Option<Offer>>(value)? else {
        centre.offers.retain(|offer| offer.id != id);
        return Ok(());
    };
    if new.id != id {
        return Err(FieldError("the offer has another id"));
    }
    match centre.offers.iter_mut().find(|offer| offer.id == id) {
        Some(offer) => *offer = new,
        None => centre.offers.push(new),
    }
    Ok(())
}

/// A value as JSON. What the directory holds can be written.
pub(super) fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A list as JSON; an empty one is nothing.
pub(super) fn list<T: Serialize>(values: &[T]) -> Value {
    if values.is_empty() { Value::Null } else { json(&values) }
}

/// The value of an optional field or a list; null is nothing.
pub(super) fn read<T: DeserializeOwned + Default>(value: &Value) -> Result<T, FieldError> {
    if value.is_null() {
        return Ok(T::default());
    }
    T::deserialize(value).map_err(|_| FieldError("the value does not fit the field"))
}

/// A text that must be there.
pub(super) fn required(value: &Value) -> Result<String, FieldError> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
        _ => Err(FieldError("a name must be there")),
    }
}

/// An offer to try values on.
pub(super) fn blank_offer() -> Offer {
    Offer {
        id: String::new(),
        name: String::new(),
        description: None,
        topics: Vec::new(),
        leika: None,
        target_groups: Vec::new(),
        keywords: Vec::new(),
        languages: Vec::new(),
        modes: Vec::new(),
        areas: Vec::new(),
        link: None,
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offer(id) => write!(f, "offer:{id}"),
            Self::OfferPart(id, part) => write!(f, "offer:{id}.{}", part.code()),
            fixed => f.write_str(fixed.fixed_name().unwrap_or_default()),
        }
    }
}

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        const UNKNOWN: FieldError = FieldError("there is no such field");
        let Some(offer) = text.strip_prefix("offer:") else {
            let known = Self::FIXED.into_iter().chain([Self::Listed]);
            return known.into_iter().find(|field| field.fixed_name() == Some(text)).ok_or(UNKNOWN);
        };
        // An id may have dots of its own; a part never has.
        let (id, part) = match offer.rsplit_once('.') {
            Some((id, part)) => match Part::from_code(part) {
                Some(part) => (id, Some(part)),
                None => (offer, None),
            },
            None => (offer, None),
        };
        if id.is_empty() || id.len() > LONGEST_OFFER_ID {
            return Err(UNKNOWN);
        }
        let id = id.to_owned();
        Ok(part.map_or_else(|| Self::Offer(id.clone()), |part| Self::OfferPart(id.clone(), part)))
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
