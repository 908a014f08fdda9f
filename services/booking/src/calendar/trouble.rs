//! Why a counsellor's own calendar cannot be used, as it is told to her and kept until it can be.

use super::{busy::BusyProblem, fetch::FetchProblem};

macro_rules! troubles {
    ($($(#[$doc:meta])* $trouble:ident = $code:literal;)+) => {
        /// Why a calendar cannot be used; each is something else for her to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        pub enum Trouble {
            $($(#[$doc])* #[error($code)] $trouble,)+
        }

        impl Trouble {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$trouble),+];

            /// As it is kept. Nothing of the calendar or its address stands in it.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$trouble => $code,)+
                }
            }

            /// The message that says it.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$trouble => concat!("desk-calendar-trouble-", $code),)+
                }
            }
        }
    };
}

troubles! {
    /// What was entered is no address.
    NoAddress = "no-address";
    /// Neither `https:` nor `webcal:`.
    Scheme = "scheme";
    /// A name or password stands in it.
    Credentials = "credentials";
    /// It names a port.
    Port = "port";
    /// It does not lead to the public internet.
    NotPublic = "not-public";
    /// It leads back here.
    Ours = "ours";
    /// Nobody knows the name.
    UnknownName = "unknown-name";
    /// There is no safe connection.
    Unreachable = "unreachable";
    /// It leads elsewhere.
    Redirected = "redirected";
    /// The server wants a sign-in.
    SignIn = "sign-in";
    /// There is nothing at the address.
    NotThere = "not-there";
    /// The server answered with something else than the calendar.
    Refused = "refused";
    /// It took too long.
    TooSlow = "too-slow";
    /// It is too large, or has too many entries or dates.
    TooMuch = "too-much";
    /// What came is no calendar.
    NoCalendar = "no-calendar";
    /// It ends before its end.
    CutOff = "cut-off";
    /// Something in it is not understood.
    NotUnderstood = "not-understood";
    /// It uses a time zone nobody knows.
    UnknownZone = "unknown-zone";
    /// Its owner does not work at the centre any more.
    Left = "left";
    /// The stored address does not open: the installation's key is another one.
    Sealed = "sealed";
    /// This installation reads no calendars.
    Forbidden = "forbidden";
}

impl Trouble {
    /// The trouble with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|trouble| trouble.code() == code)
    }
}

impl From<FetchProblem> for Trouble {
    fn from(problem: FetchProblem) -> Self {
        match problem {
            FetchProblem::NoAddress => Self::NoAddress,
            FetchProblem::Scheme => Self::Scheme,
            FetchProblem::Credentials => Self::Credentials,
            FetchProblem::Port => Self::Port,
            FetchProblem::NotPublic => Self::NotPublic,
            FetchProblem::UnknownName => Self::UnknownName,
            FetchProblem::Unreachable => Self::Unreachable,
            FetchProblem::Redirected => Self::Redirected,
            FetchProblem::Refused(401 | 403 | 407) => Self::SignIn,
            FetchProblem::Refused(404 | 410) => Self::NotThere,
            FetchProblem::Refused(_) => Self::Refused,
            FetchProblem::TooLarge => Self::TooMuch,
            FetchProblem::TooSlow => Self::TooSlow,
        }
    }
}

impl From<BusyProblem> for Trouble {
    fn from(problem: BusyProblem) -> Self {
        match problem {
            BusyProblem::TooLarge
            | BusyProblem::TooManyEntries
            | BusyProblem::TooManyDates
            | BusyProblem::Window => Self::TooMuch,
            BusyProblem::NoCalendar => Self::NoCalendar,
            BusyProblem::CutOff => Self::CutOff,
            BusyProblem::NotUnderstood { .. } => Self::NotUnderstood,
            BusyProblem::UnknownZone(_) => Self::UnknownZone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_is_found_by_its_code() {
        for trouble in Trouble::ALL {
            assert_eq!(Trouble::from_code(trouble.code()), Some(*trouble));
            assert!((1..=60).contains(&trouble.code().len()));
        }
        assert_eq!(Trouble::from_code(""), None);
    }
}
