//! What can be wrong with a row, as data; the words for it are in the message files.

use serde::{Deserialize, Serialize};

/// Why a row, or a part of it, could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Problem {
    /// The row has another number of fields than the header.
    FieldCount {
        /// Columns of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// The bytes are no text in the encoding of the file.
    Undecodable {
        /// The encoding.
        encoding: String,
    },
    /// A value that every record needs is not there.
    Required,
    /// Not five digits.
    NotAPostcode,
    /// Four digits, and the postcode with a zero before them does not exist.
    ShortPostcode,
    /// Neither a postcode nor a range of two.
    NotAPostcodeRange,
    /// Not an official key of this kind.
    NotAKey {
        /// How many digits it should have.
        digits: usize,
    },
    /// A value the profile has no translation for.
    NotInMap {
        /// Name of the map in the profile.
        map: String,
    },
    /// The id stands in the list already.
    DuplicateId {
        /// The file of the first record with this id.
        first_file: String,
        /// Its row.
        first_row: u64,
    },
    /// No offer could be made of the record.
    NoOffer,
    /// The record belongs to a key that no other file has.
    NothingToJoin,
    /// The profile leaves such rows out on purpose.
    LeftOut {
        /// Why, in German.
        reason_de: String,
        /// Why, in English.
        reason_en: String,
    },
    /// A JSON value of another type than the format says.
    WrongType {
        /// The type it should have.
        expected: String,
    },
    /// A reference to a record that is not in the file.
    DanglingReference,
    /// The centre or service is marked as inactive.
    Inactive,
}

/// What was changed about a value so that it could be used, or that it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Repair {
    /// First and last postcode of a range changed places.
    RangeTurned,
    /// No postcode between the two exists; the range is kept.
    RangeOfNoPlace,
    /// A zero lost in a spreadsheet came back.
    PostcodeZeroRestored,
    /// The postcode is in no table of places; it may be one of a post box.
    PostcodeUnknown,
    /// The town was missing and taken from the postcode.
    TownFromPostcode,
    /// Latitude and longitude changed places.
    CoordinatesSwapped,
    /// The point is not in Germany; the postcode's is taken.
    CoordinatesOutside,
    /// Not a pair of numbers; the postcode's point is taken.
    CoordinatesUnreadable,
    /// `https://` was put before the address.
    SchemeAdded,
    /// Not a usable web address; left out.
    LinkDropped,
    /// Not a mail address; left out.
    MailDropped,
    /// Not a phone number; left out.
    PhoneDropped,
    /// Invisible control or direction characters were taken out.
    ControlsRemoved,
    /// HTML was turned into plain text.
    MarkupRemoved,
    /// Longer than allowed; cut.
    Shortened {
        /// Characters kept.
        limit: usize,
    },
    /// A list was longer than allowed; cut.
    ListShortened {
        /// Entries kept.
        limit: usize,
    },
    /// A language nobody knows by this name; left out.
    LanguageUnknown,
    /// A way of counselling nobody knows by this name; left out.
    ModeUnknown,
    /// A topic that the lexicon does not have; left out.
    TopicUnknown,
    /// Neither yes nor no, nor a word for access; left out.
    WordUnknown,
    /// Not a date; left out.
    DateUnreadable,
    /// Opening hours that could not be read; kept as a note.
    HoursAsNote,
    /// The row is in another encoding than the rest of the file and was read in it.
    EncodingMixed {
        /// The row's encoding.
        encoding: String,
    },
    /// The same area stands there twice; one was left out.
    RepeatedArea,
}

impl Problem {
    /// The code that names the message: `import-problem-{code}`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FieldCount { .. } => "field-count",
            Self::Undecodable { .. } => "undecodable",
            Self::Required => "required",
            Self::NotAPostcode => "not-a-postcode",
            Self::ShortPostcode => "short-postcode",
            Self::NotAPostcodeRange => "not-a-postcode-range",
            Self::NotAKey { .. } => "not-a-key",
            Self::NotInMap { .. } => "not-in-map",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::NoOffer => "no-offer",
            Self::NothingToJoin => "nothing-to-join",
            Self::LeftOut { .. } => "left-out",
            Self::WrongType { .. } => "wrong-type",
            Self::DanglingReference => "dangling-reference",
            Self::Inactive => "inactive",
        }
    }

    /// Whether somebody decided that such rows do not come in, so that they count as no loss.
    pub const fn is_intended(&self) -> bool {
        matches!(self, Self::LeftOut { .. } | Self::Inactive)
    }
}

impl Repair {
    /// The code that names the message: `import-repair-{code}`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RangeTurned => "range-turned",
            Self::RangeOfNoPlace => "range-of-no-place",
            Self::PostcodeZeroRestored => "postcode-zero-restored",
            Self::PostcodeUnknown => "postcode-unknown",
            Self::TownFromPostcode => "town-from-postcode",
            Self::CoordinatesSwapped => "coordinates-swapped",
            Self::CoordinatesOutside => "coordinates-outside",
            Self::CoordinatesUnreadable => "coordinates-unreadable",
            Self::SchemeAdded => "scheme-added",
            Self::LinkDropped => "link-dropped",
            Self::MailDropped => "mail-dropped",
            Self::PhoneDropped => "phone-dropped",
            Self::ControlsRemoved => "controls-removed",
            Self::MarkupRemoved => "markup-removed",
            Self::Shortened { .. } => "shortened",
            Self::ListShortened { .. } => "list-shortened",
            Self::LanguageUnknown => "language-unknown",
            Self::ModeUnknown => "mode-unknown",
            Self::TopicUnknown => "topic-unknown",
            Self::WordUnknown => "word-unknown",
            Self::DateUnreadable => "date-unreadable",
            Self::HoursAsNote => "hours-as-note",
            Self::EncodingMixed { .. } => "encoding-mixed",
            Self::RepeatedArea => "repeated-area",
        }
    }
}
