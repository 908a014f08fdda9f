//! Sets of modes.

use std::{fmt, ops::BitAnd};

use contracts::directory::Mode;
use serde::{Deserialize, Serialize};

/// Some of the modes of counselling. In files a list of their codes, in the order pages show them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Vec<Mode>", into = "Vec<Mode>")]
pub struct Modes(u8);

impl Modes {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// All of them.
    pub fn all() -> Self {
        Mode::ALL.into_iter().collect()
    }

    /// This one alone.
    pub const fn only(mode: Mode) -> Self {
        Self(1 << mode as u8)
    }

    /// Whether it is among them.
    pub const fn contains(self, mode: Mode) -> bool {
        self.0 & Self::only(mode).0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These but not the others.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// One after the other, in the order pages show them.
    pub fn iter(self) -> impl Iterator<Item = Mode> {
        Mode::ALL.into_iter().filter(move |mode| self.contains(*mode))
    }
}

/// Those that are in both.
impl BitAnd for Modes {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl FromIterator<Mode> for Modes {
    fn from_iter<I: IntoIterator<Item = Mode>>(modes: I) -> Self {
        modes.into_iter().fold(Self::NONE, |set, mode| set.with(Self::only(mode)))
    }
}

impl From<Vec<Mode>> for Modes {
    fn from(modes: Vec<Mode>) -> Self {
        modes.into_iter().collect()
    }
}

impl From<Modes> for Vec<Mode> {
    fn from(modes: Modes) -> Self {
        modes.iter().collect()
    }
}

impl fmt::Debug for Modes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_modes_is_written_as_a_list_of_codes() {
        let modes: Modes = serde_json::from_str(r#"["video","in_person","video"]"#).unwrap();
        assert_eq!(serde_json::to_string(&modes).unwrap(), r#"["in_person","video"]"#);
        assert!(modes.contains(Mode::Video) && !modes.contains(Mode::Phone));
        assert_eq!(modes.without(Modes::only(Mode::Video)), Modes::only(Mode::InPerson));
        assert_eq!(Modes::all().iter().count(), 4);
        assert!((modes & Modes::only(Mode::Chat)).is_empty());
    }
}
