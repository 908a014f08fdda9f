//! Why two records look alike or do not.

use serde::Serialize;

/// What was seen, and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What was seen.
    #[serde(flatten)]
    pub reason: Reason,
    /// What it adds to the score; below 0 it speaks against.
    pub points: i16,
}

/// What can be seen of a pair. The words stand in the messages `duplicates-reason-{code}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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

    /// The message that says it.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::SameName => "duplicates-reason-same-name",
            Self::SimilarName(_) => "duplicates-reason-similar-name",
            Self::OtherName => "duplicates-reason-other-name",
            Self::SameAddress => "duplicates-reason-same-address",
            Self::SimilarAddress => "duplicates-reason-similar-address",
            Self::OtherNumber => "duplicates-reason-other-number",
            Self::OtherStreet => "duplicates-reason-other-street",
            Self::SameTown => "duplicates-reason-same-town",
            Self::OtherTown => "duplicates-reason-other-town",
            Self::Near(_) => "duplicates-reason-near",
            Self::FarApart(_) => "duplicates-reason-far-apart",
            Self::SamePhone => "duplicates-reason-same-phone",
            Self::SharedPhone => "duplicates-reason-shared-phone",
            Self::SameExchange => "duplicates-reason-same-exchange",
            Self::OtherPhone => "duplicates-reason-other-phone",
            Self::SameMail => "duplicates-reason-same-mail",
            Self::SharedMail => "duplicates-reason-shared-mail",
            Self::SamePage => "duplicates-reason-same-page",
            Self::SameHost => "duplicates-reason-same-host",
            Self::SameTopics => "duplicates-reason-same-topics",
            Self::OtherTopics => "duplicates-reason-other-topics",
            Self::OtherService => "duplicates-reason-other-service",
            Self::NarrowerService => "duplicates-reason-narrower-service",
            Self::SameCarrier => "duplicates-reason-same-carrier",
            Self::OtherCarrier => "duplicates-reason-other-carrier",
            Self::Outpost => "duplicates-reason-outpost",
        }
    }

    /// The number in the sentence, `$amount` of the message.
    pub fn amount(self) -> Option<i64> {
        match self {
            Self::SimilarName(percent) => Some(percent.into()),
            Self::Near(amount) | Self::FarApart(amount) => Some(amount.into()),
            _ => None,
        }
    }
}
