//! A synthetic directory: fictional centres over the real postcodes, the same ones every time.

use std::sync::Arc;

use contracts::directory::{
    Address, Area, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer, OpeningHours, PostcodeRange,
};
use search_index::place::{Gazetteer, PostcodeInfo};
use serde::Deserialize;

/// What an offer is and which needs it truly serves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    /// Its name.
    pub(crate) name: String,
    /// Its topics.
    pub(crate) topics: Vec<String>,
    /// Its keywords.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    /// Needs it is for.
    pub(crate) serves: Vec<String>,
    /// Needs it takes on as well.
    pub(crate) partly: Vec<String>,
    /// How frequent it is.
    pub(crate) weight: u32,
}

#[derive(Deserialize)]
struct Templates {
    offer: Vec<Template>,
}

/// The templates of `relevance/offers.toml`.
pub(crate) fn templates() -> Vec<Template> {
    let file: Templates = toml::from_str(include_str!("../../relevance/offers.toml")).expect("offers.toml");
    file.offer
}

/// A repeatable sequence of numbers; a bench has no business with real randomness.
#[derive(Debug, Clone)]
pub(crate) struct Sequence(u64);

impl Sequence {
    /// A sequence that begins at a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }
}

/// Makes centres one after the other.
pub(crate) struct Directory {
    gazetteer: Arc<Gazetteer>,
    templates: Vec<Template>,
    lottery: Vec<usize>,
    sequence: Sequence,
    made: usize,
}

/// A centre and, offer by offer, the template it was made from.
pub(crate) struct Made {
    /// The record.
    pub(crate) centre: Centre,
    /// Numbers of the templates.
    pub(crate) templates: Vec<usize>,
}

const CARRIERS: [&str; 12] = [
    "Caritas",
    "Diakonie",
    "AWO",
    "Der Paritätische",
    "DRK",
    "SKM",
    "SkF",
    "Lotse e. V.",
    "Brücke e. V.",
    "Haus Linde",
    "Treffpunkt",
    "Freie Hilfe",
];
const LANGUAGES: [&str; 6] = ["tr", "ar", "ru", "uk", "pl", "en"];

impl Directory {
    /// A directory over the bundled postcodes.
    pub(crate) fn new(seed: u64) -> Self {
        let templates = templates();
        let lottery = templates
            .iter()
            .enumerate()
            .flat_map(|(at, t)| vec![at; usize::try_from(t.weight).unwrap_or(1)])
            .collect();
        Self { gazetteer: Gazetteer::bundled(), templates, lottery, sequence: Sequence::new(seed), made: 0 }
    }

    fn postcode(&mut self) -> PostcodeInfo {
        let all = self.gazetteer.postcodes().count();
        let at = self.sequence.below(all);
        self.gazetteer.postcodes().nth(at).expect("the table is not empty").clone()
    }

    fn areas(&mut self, home: &PostcodeInfo) -> Vec<Area> {
        let digits = home.postcode.as_str();
        let range = |first: String, last: String| {
            let parse = |text: String| text.parse().expect("five digits");
            Area::Postcodes(PostcodeRange::between(parse(first), parse(last)))
        };
        match self.sequence.below(100) {
            0..35 => home.districts.iter().map(|&key| Area::District(key)).collect(),
            35..55 => vec![range(format!("{}00", &digits[..3]), format!("{}99", &digits[..3]))],
            55..65 => vec![
                range(format!("{}0", &digits[..4]), format!("{}9", &digits[..4])),
                Area::Postcodes(PostcodeRange::between(home.postcode, home.postcode)),
            ],
            65..70 => home.municipalities.iter().map(|&key| Area::Municipality(key)).collect(),
            70..73 => home.lands.iter().map(|&key| Area::Land(key)).collect(),
            _ => Vec::new(),
        }
    }

    fn offer(&mut self, id: String, template: usize, areas: Vec<Area>) -> Offer {
        let modes = Mode::ALL
            .into_iter()
            .filter(|&mode| mode == Mode::InPerson || self.sequence.below(3) == 0)
            .collect();
        let languages = match self.sequence.below(3) {
            0 => vec![LANGUAGES[self.sequence.below(LANGUAGES.len())].to_owned()],
            _ => Vec::new(),
        };
        let template = &self.templates[template];
        Offer {
            id,
            name: template.name.clone(),
            description: None,
            topics: template.topics.clone(),
            leika: None,
            target_groups: Vec::new(),
            keywords: template.keywords.clone(),
            languages,
            modes,
            areas,
            link: None,
        }
    }
}

impl Iterator for Directory {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        let home = self.postcode();
        let id = format!("centre-{}", self.made);
        self.made += 1;
        let mut numbers = Vec::new();
        for _ in 0..[1, 1, 1, 2, 2, 3][self.sequence.below(6)] {
            let template = self.lottery[self.sequence.below(self.lottery.len())];
            if !numbers.contains(&template) {
                numbers.push(template);
            }
        }
        let areas = self.areas(&home);
        let offers = numbers
            .iter()
            .enumerate()
            .map(|(at, &number)| self.offer(format!("{id}-{at}"), number, areas.clone()))
            .collect();
        let jitter = |sequence: &mut Sequence| {
            f64::from(u32::try_from(sequence.below(2_000)).unwrap_or(0)) / 100_000.0 - 0.01
        };
        let coordinates = home.point.map(|point| Coordinates {
            lat: point.lat + jitter(&mut self.sequence),
            lon: point.lon + jitter(&mut self.sequence),
            basis: LocationBasis::Given,
        });
        let city = home.names.first().cloned().unwrap_or_else(|| "Musterstadt".to_owned());
        let carrier = CARRIERS[self.sequence.below(CARRIERS.len())];
        let centre = Centre {
            source: "synthetic".to_owned(),
            external_id: id.clone(),
            slug: id.clone(),
            name: format!("{carrier} {city}"),
            carrier: Some(carrier.to_owned()),
            association: None,
            description: Some(
                "Wir beraten Sie kostenlos und vertraulich. Auf Wunsch auch anonym.".to_owned(),
            ),
            address: Address {
                street: Some("Musterweg 1".to_owned()),
                extra: None,
                postcode: home.postcode,
                city,
            },
            coordinates,
            contacts: Contacts { phone: Some("0123 456789".to_owned()), ..Contacts::default() },
            opening: OpeningHours::default(),
            access: contracts::directory::Access::default(),
            languages: Vec::new(),
            confirmed_on: None,
            offers,
            id,
        };
        Some(Made { centre, templates: numbers })
    }
}
