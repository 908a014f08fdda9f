//! What the report is made of.

use serde::Serialize;

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
    /// Two records that are probably one centre.
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
            Self::NoArea
            | Self::NoCoordinates
            | Self::AreasOverlap
            | Self::UnknownPostcode
            | Self::NeverConfirmed => Severity::Note,
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
