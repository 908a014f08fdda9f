//! Which mails an appointment causes, and when.

use jiff::{SignedDuration, Timestamp};
use kernel::Lang;
use mailkit::Intent;

use super::{Kind, kind::TO_CENTRE};

/// How long before its start a request should have been answered, where the offer asks for no longer notice.
const LATEST_ANSWER: SignedDuration = SignedDuration::from_hours(12);
/// How long the centre has at least before it hears of a request again.
const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_hours(1);

/// Whom an appointment's mails go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct To<'a> {
    /// The seeker with her reminders, in hours before the start; `None` when she wants no mails.
    pub(crate) seeker: Option<&'a [u16]>,
    /// The centre.
    pub(crate) centre: bool,
    /// The offer's notice, if the centre may still have to agree.
    pub(crate) to_answer: Option<SignedDuration>,
}

/// When a request should have been answered at the latest.
pub(crate) fn answer_by(start: Timestamp, notice: SignedDuration) -> Timestamp {
    start.saturating_sub(notice.max(LATEST_ANSWER)).unwrap_or(start)
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
    if let Some(notice) = to.to_answer {
        // whoever asks shortly before that is answered for at the shorter term, or the mail would follow the first one
        let terms = [answer_by(start, notice), answer_by(start, LATEST_ANSWER)];
        if let Some(due) = terms.into_iter().find(|due| due.duration_since(now) >= TIME_TO_ANSWER) {
            let mut unanswered = intent(&format!("{TO_CENTRE}{}", Kind::Unanswered.code()), due);
            unanswered.lang = Lang::default();
            intents.push(unanswered);
        }
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
        let to = To { seeker: Some(&[24, 2]), centre: true, to_answer: None };
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
        let nobody = To { seeker: None, centre: false, to_answer: None };
        assert_eq!(told(Kind::Confirmed, "2026-11-24T07:00:00Z", nobody), []);
    }

    #[test]
    fn a_request_that_nobody_answers_is_told_once_more_before_it_is_too_late() {
        let due = |start: &str, notice: i64| {
            let notice = SignedDuration::from_hours(notice);
            let to = To { seeker: None, centre: true, to_answer: Some(notice) };
            let told = told(Kind::Requested, start, to);
            assert_eq!(told[0].0, "centre-requested");
            told.into_iter().find(|(kind, _)| kind == "centre-unanswered").map(|(_, due)| due)
        };
        assert_eq!(due("2026-11-30T08:00:00Z", 48).as_deref(), Some("2026-11-28T08:00:00Z"));
        assert_eq!(due("2026-11-30T08:00:00Z", 0).as_deref(), Some("2026-11-29T20:00:00Z"));
        assert_eq!(
            due("2026-11-24T08:30:00Z", 48).as_deref(),
            Some("2026-11-23T20:30:00Z"),
            "asked just before the notice"
        );
        assert_eq!(due("2026-11-22T20:30:00Z", 2), None, "asked too late to be reminded of");
    }

    #[test]
    fn an_intent_knows_which_version_it_tells_of_and_a_centre_is_written_to_in_german() {
        let (now, start) = ("2026-11-22T08:00:00Z".parse().unwrap(), "2026-11-30T08:00:00Z".parse().unwrap());
        let to = To { seeker: Some(&[24]), centre: true, to_answer: None };
        let intents = intents(("a/1", 12), Kind::Moved, Lang::En, (now, start), to);
        assert!(intents.iter().all(|intent| version(intent) == Some(12)));
        assert_eq!(
            intents.iter().map(|intent| intent.lang).collect::<Vec<_>>(),
            [Lang::En, Lang::En, Lang::De]
        );
        assert_eq!(version(&Intent::now("b/1/moved", "moved", "a", Lang::De, now)), None);
    }
}
