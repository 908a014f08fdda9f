//! What mails tell.

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The centre was asked.
    Requested,
    /// It is agreed.
    Confirmed,
    /// It is at another time now.
    Moved,
    /// The person took it back.
    Cancelled,
    /// The centre took it back, or did not agree.
    CancelledByCentre,
    /// It is soon.
    Reminder,
    /// It is soon, and nobody has answered; only the centre hears it.
    Unanswered,
}

/// Begins the kind of a mail to the centre.
pub(super) const TO_CENTRE: &str = "centre-";

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Requested,
        Self::Confirmed,
        Self::Moved,
        Self::Cancelled,
        Self::CancelledByCentre,
        Self::Reminder,
        Self::Unanswered,
    ];

    /// The word as it stands in the queue and in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::CancelledByCentre => "cancelled-by-centre",
            Self::Reminder => "reminder",
            Self::Unanswered => "unanswered",
        }
    }

    /// What a word in the queue means, and whether it goes to the centre.
    pub fn from_code(code: &str) -> Option<(Self, bool)> {
        let (code, to_centre) = code.strip_prefix(TO_CENTRE).map_or((code, false), |code| (code, true));
        Self::ALL.into_iter().find(|kind| kind.code() == code).map(|kind| (kind, to_centre))
    }

    /// Whether the appointment takes place after what it tells.
    pub const fn goes_on(self) -> bool {
        !matches!(self, Self::Cancelled | Self::CancelledByCentre)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_the_queue_is_understood() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some((kind, false)));
            assert_eq!(Kind::from_code(&format!("centre-{}", kind.code())), Some((kind, true)));
        }
        assert_eq!(Kind::from_code("newsletter"), None);
    }
}
