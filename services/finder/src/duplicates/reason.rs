//! Why two records look alike or do not.

use serde::{Deserialize, Serialize};

/// What was seen, and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was seen.
    #[serde(flatten)]
    pub reason: Reason,
    /// What it adds to the score; below 0 it speaks against.
    pub points: i16,
}

/// What can be seen of a pair. The words for it are with the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "reason", content = "amount", rename_all = "kebab-case")]
pub enum Reason {
    /// The names are the same words.
    SameName,
    /// The names share so many of 100 parts of what tells centres apart.
    SimilarName(u8),
    /// Each name has words of its own and they share none.
    OtherName,
    /// Street and house number are the same.
    SameAddress,
    /// Street and house number are nearly the same.
    SimilarAddress,
    /// The same street, another number.
    OtherNumber,
    /// Another street of the same town.
    OtherStreet,
    /// The same town, and no street to compare.
    SameTown,
    /// Another town.
    OtherTown,
    /// Buildings so many metres apart.
    Near(u32),
    /// Buildings so many kilometres apart.
    FarApart(u32),
    /// The same phone number.
    SamePhone,
    /// The same phone number, which other centres of one list have too.
    SharedPhone,
    /// Numbers of one exchange.
    SameExchange,
    /// Different phone numbers.
    OtherPhone,
    /// The same mail address.
    SameMail,
    /// The same mail address, which other centres of one list have too.
    SharedMail,
    /// The same page.
    SamePage,
    /// Pages of the same host, or a page that other centres of one list have too.
    SameHost,
    /// They offer help with the same.
    SameTopics,
    /// They offer help with something else.
    OtherTopics,
    /// The same topic for other people or in another way.
    OtherService,
    /// One of the names says that it is only for some, or a certain way of helping.
    NarrowerService,
    /// The same carrier.
    SameCarrier,
    /// Another carrier.
    OtherCarrier,
    /// One is an outpost.
    Outpost,
}

impl Reason {
    /// Every reason, with an example of its amount.
    pub const ALL: [Reason; 26] = [
        Reason::SameName,
        Reason::SimilarName(80),
        Reason::OtherName,
        Reason::SameAddress,
        Reason::SimilarAddress,
        Reason::OtherNumber,
        Reason::OtherStreet,
        Reason::SameTown,
        Reason::OtherTown,
        Reason::Near(40),
        Reason::FarApart(3),
        Reason::SamePhone,
        Reason::SharedPhone,
        Reason::SameExchange,
        Reason::OtherPhone,
        Reason::SameMail,
        Reason::SharedMail,
        Reason::SamePage,
        Reason::SameHost,
        Reason::SameTopics,
        Reason::OtherTopics,
        Reason::OtherService,
        Reason::NarrowerService,
        Reason::SameCarrier,
        Reason::OtherCarrier,
        Reason::Outpost,
    ];

    /// The number in the sentence, `$amount` of the message that says it.
    pub fn amount(self) -> Option<i64> {
        match self {
            Self::SimilarName(percent) => Some(percent.into()),
            Self::Near(amount) | Self::FarApart(amount) => Some(amount.into()),
            _ => None,
        }
    }
}
