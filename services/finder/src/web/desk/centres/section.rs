//! The parts an entry is edited in, each a form small enough to survey.

use super::head::segment;
use crate::layers::{Field, Part};

/// A page about a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Overview,
    Basics,
    Address,
    Contact,
    Hours,
    Access,
    Offers,
    Preview,
}

impl Section {
    /// All, in the order of the tabs.
    pub(super) const ALL: [Self; 8] = [
        Self::Overview,
        Self::Basics,
        Self::Address,
        Self::Contact,
        Self::Hours,
        Self::Access,
        Self::Offers,
        Self::Preview,
    ];

    /// The end of its address.
    pub(super) const fn tail(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Basics => "stammdaten",
            Self::Address => "adresse",
            Self::Contact => "kontakt",
            Self::Hours => "zeiten",
            Self::Access => "zugang",
            Self::Offers => "angebote",
            Self::Preview => "vorschau",
        }
    }

    /// The message that names it.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Overview => "desk-centre-overview",
            Self::Basics => "desk-centre-basics",
            Self::Address => "desk-centre-address",
            Self::Contact => "desk-centre-contact",
            Self::Hours => "desk-centre-hours",
            Self::Access => "desk-centre-access",
            Self::Offers => "desk-centre-offers",
            Self::Preview => "desk-centre-preview",
        }
    }
}

/// A form: the fields it edits, the template it is shown with, where it stands.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) section: Section,
    pub(super) fields: Vec<Field>,
    pub(super) template: &'static str,
    pub(super) tail: String,
    /// The offer it is about.
    pub(super) offer: Option<String>,
}

impl Sheet {
    fn of(section: Section, template: &'static str, fields: &[Field]) -> Self {
        let tail = section.tail().to_owned();
        Self { section, fields: fields.to_vec(), template, tail, offer: None }
    }

    pub(super) fn basics() -> Self {
        use Field::{Association, Carrier, Description, Languages, Name, Website};
        let fields = [Name, Carrier, Association, Description, Website, Languages];
        Self::of(Section::Basics, "desk/centre-basics.html", &fields)
    }

    pub(super) fn address() -> Self {
        Self::of(Section::Address, "desk/centre-address.html", &[Field::Address, Field::Coordinates])
    }

    pub(super) fn contact() -> Self {
        let fields = [Field::Phone, Field::Email, Field::Fax];
        Self::of(Section::Contact, "desk/centre-contact.html", &fields)
    }

    pub(super) fn hours() -> Self {
        let fields = [Field::Weekly, Field::OpeningNote, Field::Exceptions];
        Self::of(Section::Hours, "desk/centre-hours.html", &fields)
    }

    pub(super) fn access() -> Self {
        let fields = [Field::Wheelchair, Field::AccessFacts, Field::Directions];
        Self::of(Section::Access, "desk/centre-access.html", &fields)
    }

    pub(super) fn offer(id: &str) -> Self {
        let fields: Vec<Field> =
            Part::ALL.into_iter().filter(|part| *part != Part::Areas).map(|part| part.of(id)).collect();
        let tail = format!("angebote/{}", segment(id));
        Self { tail, offer: Some(id.into()), ..Self::of(Section::Offers, "desk/centre-offer.html", &fields) }
    }

    pub(super) fn areas(id: &str) -> Self {
        let tail = format!("angebote/{}/gebiet", segment(id));
        let sheet = Self::of(Section::Offers, "desk/centre-areas.html", &[Part::Areas.of(id)]);
        Self { tail, offer: Some(id.into()), ..sheet }
    }

    /// Where a field is edited: the end of the address.
    pub(super) fn tail_of(field: &Field) -> String {
        let sheets = [Self::basics(), Self::address(), Self::contact(), Self::hours(), Self::access()];
        match field {
            Field::OfferPart(id, Part::Areas) => Self::areas(id).tail,
            Field::OfferPart(id, _) => Self::offer(id).tail,
            Field::Offer(_) => Section::Offers.tail().to_owned(),
            _ => sheets
                .into_iter()
                .find(|sheet| sheet.fields.contains(field))
                .map_or_else(String::new, |sheet| sheet.tail),
        }
    }
}
