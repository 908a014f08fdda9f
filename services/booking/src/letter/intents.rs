//! Which mails an appointment causes, and when.

use jiff::{SignedDuration, Timestamp};
use kernel::Lang;
use mailkit::Intent;

use super::{Kind, kind::TO_CENTRE};

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
        let mut told = intent(&format!("{TO_CENTRE}{}", kind.code()), now);
        // which language she reads is nothing its mail box needs to know
        told.lang = Lang::default();
        intents.push(told);
    }
    intents
}

/// The version an intent tells of.
pub(super) fn version(intent: &Intent) -> Option<u32> {
    intent.id.strip_prefix(&intent.object_id)?.strip_prefix('/')?.split('/').next()?.parse().ok()
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
    fn an_intent_knows_which_version_it_tells_of_and_a_centre_is_written_to_in_german() {
        let (now, start) = ("2026-11-22T08:00:00Z".parse().unwrap(), "2026-11-30T08:00:00Z".parse().unwrap());
        let to = To { seeker: Some(&[24]), centre: true };
        let intents = intents(("a/1", 12), Kind::Moved, Lang::En, (now, start), to);
        assert!(intents.iter().all(|intent| version(intent) == Some(12)));
        assert_eq!(
            intents.iter().map(|intent| intent.lang).collect::<Vec<_>>(),
            [Lang::En, Lang::En, Lang::De]
        );
        assert_eq!(version(&Intent::now("b/1/moved", "moved", "a", Lang::De, now)), None);
    }
}
