//! Which mails an appointment causes, and when.

use jiff::{SignedDuration, Timestamp};
use kernel::Lang;
use mailkit::Intent;

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
}

/// Begins the kind of a mail to the centre.
const TO_CENTRE: &str = "centre-";

impl Kind {
    const ALL: [Self; 6] = [
        Self::Requested,
        Self::Confirmed,
        Self::Moved,
        Self::Cancelled,
        Self::CancelledByCentre,
        Self::Reminder,
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

/// Whom an appointment's mails go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct To<'a> {
    /// The seeker with her reminders, in hours before the start; `None` when she wants no mails.
    pub(crate) seeker: Option<&'a [u16]>,
    /// The centre.
    pub(crate) centre: bool,
}

/// The mails of an appointment from here on. `version` is the one it has afterwards; it tells the mails of one change from
/// those of the next.
pub(crate) fn intents(
    (id, version): (&str, u32),
    kind: Kind,
    lang: Lang,
    (now, start): (Timestamp, Timestamp),
    to: To<'_>,
) -> Vec<Intent> {
    if start <= now {
        return Vec::new();
    }
    let intent = |kind: &str, due: Timestamp| {
        let mut intent = Intent::now(format!("{id}/{version}/{kind}"), kind, id, lang, now).until(start);
        intent.due_at = due;
        intent
    };
    let mut intents = Vec::new();
    if let Some(reminders) = to.seeker {
        intents.push(intent(kind.code(), now));
        for hours in reminders.iter().filter(|_| kind.goes_on()) {
            let due = start.saturating_sub(SignedDuration::from_hours(i64::from(*hours))).unwrap_or(now);
            if due > now {
                let mut reminder = intent(Kind::Reminder.code(), due);
                reminder.id = format!("{}/{hours}", reminder.id);
                intents.push(reminder);
            }
        }
    }
    if to.centre {
        intents.push(intent(&format!("{TO_CENTRE}{}", kind.code()), now));
    }
    intents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, start: &str, to: To<'_>) -> Vec<(String, String)> {
        let now = "2026-11-22T08:00:00Z".parse().unwrap();
        let intents = intents(("a", 1), kind, Lang::De, (now, start.parse().unwrap()), to);
        intents.into_iter().map(|intent| (intent.kind, intent.due_at.to_string())).collect()
    }

    #[test]
    fn who_wants_mails_hears_at_once_and_is_reminded_of_what_still_lies_ahead() {
        let to = To { seeker: Some(&[24, 2]), centre: true };
        let now = String::from("2026-11-22T08:00:00Z");
        assert_eq!(
            told(Kind::Confirmed, "2026-11-23T07:00:00Z", to),
            [
                (String::from("confirmed"), now.clone()),
                (String::from("reminder"), String::from("2026-11-23T05:00:00Z")),
                (String::from("centre-confirmed"), now.clone()),
            ]
        );
        assert_eq!(
            told(Kind::Cancelled, "2026-11-24T07:00:00Z", to).len(),
            2,
            "nothing is left to remind of"
        );
        assert_eq!(told(Kind::Confirmed, "2026-11-24T07:00:00Z", To { seeker: None, centre: false }), []);
    }

    #[test]
    fn every_word_in_the_queue_is_understood() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some((kind, false)));
            assert_eq!(Kind::from_code(&format!("centre-{}", kind.code())), Some((kind, true)));
        }
        assert_eq!(Kind::from_code("newsletter"), None);
    }
}
