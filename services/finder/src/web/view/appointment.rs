//! The next free appointment of an offer.

use contracts::booking::NextFree;
use kernel::Lang;
use serde::Serialize;

use super::{berlin, date::time_in_words};
use crate::web::{link, say::Say};

/// The next free appointment and where it is chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AppointmentView {
    /// Address of the page where it is chosen.
    pub href: String,
    /// When it is.
    pub when: Say,
}

/// The next free appointment of an offer as a page says it.
pub(crate) fn appointment_view(offer_id: &str, next: &NextFree, lang: Lang) -> AppointmentView {
    let at = berlin(next.start);
    AppointmentView {
        href: link::appointment(lang, offer_id),
        when: Say::new("appointment-next")
            .with("weekday", i64::from(at.weekday().to_monday_one_offset()))
            .with("day", at.day().to_string())
            .with("month", i64::from(at.month()))
            .with("time", time_in_words(at.time())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_in_local_time() {
        let next = NextFree { start: "2026-12-31T23:30:00Z".parse().unwrap(), modes: Vec::new() };
        let view = appointment_view("o/1", &next, Lang::En);
        assert_eq!(view.href, "/en/termin/o%2F1");
        assert_eq!(view.when.arg("day"), Some(&"1".into()));
        assert_eq!(view.when.arg("time"), Some(&"0:30".into()));
    }
}
