//! The integrity report: what in the directory is missing, old or does not fit together.
//!
//! Owns no repair. It reads the directory once, counts, and names a few examples for each kind, so that somebody knows
//! where to begin.

mod areas;
mod checks;
mod duplicates;
mod message;

use std::collections::BTreeSet;

use contracts::directory::Centre;
use jiff::civil::Date;
use search_index::place::Gazetteer;
use serde::Serialize;

use crate::{
    import::{Progress, Stage},
    store::{Store, StoreError},
};

/// Examples named for each kind.
const EXAMPLES: usize = 10;

/// Centres read at a time.
const PAGE: u32 = 500;

/// What the directory is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// The table of places.
    pub places: &'a Gazetteer,
    /// Ids of all topics.
    pub topics: &'a BTreeSet<String>,
    /// Today, to tell old confirmations.
    pub today: Date,
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// No offer of the centre says whom it is responsible for.
    NoArea,
    /// Nobody can call.
    NoPhone,
    /// Neither phone nor mail nor web page: nobody can reach it at all.
    NoContact,
    /// It cannot be put on the map.
    NoCoordinates,
    /// The point lies far from its postcode.
    FarFromPostcode,
    /// Nobody ever confirmed the record.
    NeverConfirmed,
    /// Nobody confirmed the record in the last twelve months.
    ConfirmedLongAgo,
    /// An area in which no postcode exists, or a key that no table has.
    AreaOfNoPlace,
    /// Ranges of postcodes of one offer overlap.
    AreasOverlap,
    /// Two centres of different sources at the same address with similar names.
    Duplicate,
    /// A topic that the lexicon does not have.
    UnknownTopic,
    /// An offer without any topic.
    NoTopic,
    /// A language that is in no list.
    UnknownLanguage,
    /// A centre without an offer: it is never found.
    NoOffer,
    /// The postcode is in no table of places.
    UnknownPostcode,
}

/// How bad a kind of finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// People get less than they could.
    Warning,
    /// People are misled, or the record is never found.
    Error,
}

impl Kind {
    /// All kinds, worst first.
    pub const ALL: [Kind; 15] = [
        Kind::NoOffer,
        Kind::NoContact,
        Kind::UnknownTopic,
        Kind::UnknownLanguage,
        Kind::FarFromPostcode,
        Kind::AreaOfNoPlace,
        Kind::Duplicate,
        Kind::NoTopic,
        Kind::NoPhone,
        Kind::ConfirmedLongAgo,
        Kind::NoArea,
        Kind::NoCoordinates,
        Kind::AreasOverlap,
        Kind::UnknownPostcode,
        Kind::NeverConfirmed,
    ];

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NoOffer | Self::NoContact | Self::UnknownTopic | Self::UnknownLanguage => Severity::Error,
            Self::FarFromPostcode
            | Self::AreaOfNoPlace
            | Self::Duplicate
            | Self::NoTopic
            | Self::NoPhone
            | Self::ConfirmedLongAgo => Severity::Warning,
            Self::NoArea | Self::NoCoordinates | Self::AreasOverlap | Self::UnknownPostcode | Self::NeverConfirmed => {
                Severity::Note
            }
        }
    }

    /// The code that names the message: `integrity-{code}`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoArea => "no-area",
            Self::NoPhone => "no-phone",
            Self::NoContact => "no-contact",
            Self::NoCoordinates => "no-coordinates",
            Self::FarFromPostcode => "far-from-postcode",
            Self::NeverConfirmed => "never-confirmed",
            Self::ConfirmedLongAgo => "confirmed-long-ago",
            Self::AreaOfNoPlace => "area-of-no-place",
            Self::AreasOverlap => "areas-overlap",
            Self::Duplicate => "duplicate",
            Self::UnknownTopic => "unknown-topic",
            Self::NoTopic => "no-topic",
            Self::UnknownLanguage => "unknown-language",
            Self::NoOffer => "no-offer",
            Self::UnknownPostcode => "unknown-postcode",
        }
    }
}

/// A centre with something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Our id of the centre.
    pub centre_id: String,
    /// Its source.
    pub source: String,
    /// Its id there.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// What does not fit: the area, the topic, the other centre. Empty when the kind says it all.
    pub detail: String,
}

/// How often a kind was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// How many centres have it; pairs for duplicates.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Centres looked at.
    pub centres: u64,
    /// Offers looked at.
    pub offers: u64,
    /// What was found, worst first; kinds that were not found are left out.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The worst that was found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The exit code of a program that shows the report: 0 nothing or notes only, 1 warnings, 2 errors.
    pub fn exit_code(&self) -> u8 {
        match self.worst() {
            None | Some(Severity::Note) => 0,
            Some(Severity::Warning) => 1,
            Some(Severity::Error) => 2,
        }
    }
}

/// Checks the whole directory.
///
/// # Errors
/// What the store says when it does not answer.
pub async fn check(store: &dyn Store, measure: &Measure<'_>, progress: &dyn Progress) -> Result<Report, StoreError> {
    let total = store.count().await?;
    let mut inspector = Inspector::new(*measure);
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), PAGE).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        page.iter().for_each(|centre| inspector.centre(centre));
        progress.step(Stage::Walking, inspector.centres, total);
    }
    Ok(inspector.report())
}

/// Looks at centres one after the other and counts.
#[derive(Debug)]
pub struct Inspector<'a> {
    measure: Measure<'a>,
    centres: u64,
    offers: u64,
    found: std::collections::BTreeMap<Kind, (u64, Vec<Example>)>,
    addresses: duplicates::Addresses,
}

impl<'a> Inspector<'a> {
    /// An inspector that has seen nothing yet.
    pub fn new(measure: Measure<'a>) -> Self {
        Self {
            measure,
            centres: 0,
            offers: 0,
            found: std::collections::BTreeMap::new(),
            addresses: duplicates::Addresses::default(),
        }
    }

    /// Looks at a centre.
    pub fn centre(&mut self, centre: &Centre) {
        self.centres += 1;
        self.offers += centre.offers.len() as u64;
        for (kind, detail) in checks::of(centre, &self.measure) {
            self.add(kind, centre, detail);
        }
        for twin in self.addresses.add(centre) {
            self.add(Kind::Duplicate, centre, twin);
        }
    }

    fn add(&mut self, kind: Kind, centre: &Centre, detail: String) {
        let (count, examples) = self.found.entry(kind).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(Example {
                centre_id: centre.id.clone(),
                source: centre.source.clone(),
                external_id: centre.external_id.clone(),
                name: centre.name.clone(),
                detail,
            });
        }
    }

    /// What was found.
    pub fn report(mut self) -> Report {
        let findings = Kind::ALL.into_iter().filter_map(|kind| {
            let (count, examples) = self.found.remove(&kind)?;
            Some(Finding { kind, severity: kind.severity(), count, examples })
        });
        Report { findings: findings.collect(), centres: self.centres, offers: self.offers }
    }
}

#[cfg(test)]
mod tests;
