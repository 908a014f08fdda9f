//! The mails of a waiting list: one that asks whether it was her, and notices.

use mailkit::{AuthorError, Intent, Mail};

use super::{
    author::{BookingMails, Failure, INCOMPLETE, broken},
    words::Freed,
};
use crate::contact::Notify;

/// The page of an entry, for who has its link; the secret stands behind it as fragment.
pub const WAITING_PAGE: &str = "/warteliste";

/// What a mail of a waiting list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitKind {
    /// Somebody typed this address: was it you?
    Confirm,
    /// Something earlier is free.
    Earlier,
}

impl WaitKind {
    /// The word as it stands in the queue and in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirm => "waiting-confirm",
            Self::Earlier => "waiting-earlier",
        }
    }

    /// What a word in the queue means.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Confirm, Self::Earlier].into_iter().find(|kind| kind.code() == code)
    }
}

impl BookingMails {
    /// The mail, if it still tells the truth.
    pub(super) async fn to_waiting(&self, kind: WaitKind, intent: &Intent) -> Result<Option<Mail>, Failure> {
        match kind {
            WaitKind::Confirm => {
                let Some(notify) = self.booking.asked_to_confirm(&intent.object_id).await? else {
                    return Ok(None);
                };
                Ok(Some(self.waiting_letter(kind, intent, notify.expose(), None)?))
            }
            WaitKind::Earlier => {
                let number = number(intent).ok_or_else(|| broken("a notice without a number"))?;
                let Some(notice) = self.booking.notice(&intent.object_id, number).await? else {
                    return Ok(None);
                };
                let freed = Freed { span: notice.free.span, modes: notice.free.modes, left: notice.left };
                Ok(Some(self.waiting_letter(kind, intent, notice.notify.expose(), Some(freed))?))
            }
        }
    }

    fn waiting_letter(
        &self,
        kind: WaitKind,
        intent: &Intent,
        notify: &Notify,
        freed: Option<Freed>,
    ) -> Result<Mail, AuthorError> {
        let page = format!("{}{}{WAITING_PAGE}", self.base_url, intent.lang.path_prefix());
        let link = format!("{page}#{}", notify.link);
        let letter = self.letters.write_waiting(kind.code(), intent.lang, &link, freed);
        self.addressed(&letter.ok_or_else(|| broken(INCOMPLETE))?, &notify.mail)
    }
}

/// The number of the notice, from 1.
fn number(intent: &Intent) -> Option<u8> {
    intent.id.strip_prefix(&intent.object_id)?.strip_prefix('/')?.parse().ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kernel::Lang;

    use super::*;

    #[test]
    fn every_word_in_the_queue_is_understood_and_a_notice_knows_its_number() {
        for kind in [WaitKind::Confirm, WaitKind::Earlier] {
            assert_eq!(WaitKind::from_code(kind.code()), Some(kind));
            assert_eq!(super::super::Kind::from_code(kind.code()), None, "no mail of an appointment");
        }
        let intent = |id: &str| Intent::now(id, "waiting-earlier", "a", Lang::De, Timestamp::UNIX_EPOCH);
        assert_eq!(number(&intent("a/2")), Some(2));
        for wrong in ["a", "a/", "a/0", "a/300", "b/1"] {
            assert_eq!(number(&intent(wrong)), None, "{wrong}");
        }
    }
}
