use proptest::prelude::*;

use super::*;
use crate::demo;

fn read(text: &str) -> (String, Option<String>) {
    let weekly = weekly(text);
    (write_weekly(&weekly.spans), weekly.note)
}

#[test]
fn hours_as_people_write_them_become_spans() {
    for (text, spans, note) in [
        (
            "Mo-Fr 9-12 Uhr",
            "Mo 09:00-12:00, Di 09:00-12:00, Mi 09:00-12:00, Do 09:00-12:00, Fr 09:00-12:00",
            None,
        ),
        ("Do 14:00-18:00", "Do 14:00-18:00", None),
        ("Mo, Mi 9.30 - 12.00 Uhr; Do 14 bis 18 Uhr", "Mo 09:30-12:00, Mi 09:30-12:00, Do 14:00-18:00", None),
        ("Dienstag 16.00-18.00 Uhr Mittwoch 16.00-17.00 Uhr", "Di 16:00-18:00, Mi 16:00-17:00", None),
        (
            "montags und freitags von 8 bis 12 und 13 bis 16 Uhr",
            "Mo 08:00-12:00, Mo 13:00-16:00, Fr 08:00-12:00, Fr 13:00-16:00",
            None,
        ),
        (
            "Mo 9-12 (offene Sprechstunde), nach Vereinbarung",
            "Mo 09:00-12:00 (offene Sprechstunde)",
            Some("nach Vereinbarung"),
        ),
        ("Sa-Mo 10-11", "Mo 10:00-11:00, Sa 10:00-11:00, So 10:00-11:00", None),
        ("Fr 0900-1300", "Fr 09:00-13:00", None),
        ("Mo: 9:00 Uhr - 12:00 Uhr", "Mo 09:00-12:00", None),
        (
            "Mo.-Do. 8-16h, Fr. 8-12h",
            "Mo 08:00-16:00, Di 08:00-16:00, Mi 08:00-16:00, Do 08:00-16:00, Fr 08:00-12:00",
            None,
        ),
        ("Di 18-24 Uhr", "Di 18:00-23:59", None),
    ] {
        assert_eq!(read(text), (spans.into(), note.map(str::to_owned)), "{text}");
    }
}

#[test]
fn what_is_not_sure_stays_words() {
    for text in [
        "nach Vereinbarung",
        "Mo 12-9",
        "9-12 Uhr",
        "Mo ab 9 Uhr",
        "jeden 1. Montag im Monat 9-12 Uhr",
        "im August Mo-Fr 9-12",
        "Mo-Fr",
        "Mo nach Vereinbarung, Di 9-12",
        "Mo 9-12, Mo 11-14",
        "Mo 25-26",
        "03.11.2026 9-12",
    ] {
        let weekly = weekly(text);
        assert_eq!((weekly.spans.len(), weekly.note.as_deref()), (0, Some(text)), "{text}");
    }
    assert!(weekly("Mo ab 9 Uhr").unread && !weekly("nach Vereinbarung").unread);
}

#[test]
fn what_exports_write_is_read_back_the_same() {
    for centre in demo::centres(3, 400) {
        let week = weekly(&write_weekly(&centre.opening.weekly));
        assert_eq!(week, Weekly { spans: centre.opening.weekly, note: None, unread: false });
        let text = write_exceptions(&centre.opening.exceptions);
        assert_eq!(exceptions(&text), (centre.opening.exceptions, vec![]), "{text}");
    }
}

#[test]
fn unreadable_exceptions_are_named() {
    let (read, unread) =
        exceptions("2026-12-24 geschlossen; Weihnachten; 2026-12-31..2026-12-30; 2026-11-03 12:00-10:00");
    assert_eq!(read.len(), 1);
    assert_eq!(unread, ["Weihnachten", "2026-12-31..2026-12-30", "2026-11-03 12:00-10:00"]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_kept(text in "[MoDiFr0-9 .,:;()h–-]{0,40}|\\PC{0,60}") {
        let read = weekly(&text);
        prop_assert!(read.spans.is_sorted());
        prop_assert!(read.spans.iter().all(|span| span.opens < span.closes));
        prop_assert!(text.trim().is_empty() || !read.spans.is_empty() || read.note.is_some());
        let again = weekly(&write_weekly(&read.spans));
        prop_assert_eq!(again.spans.len(), read.spans.len());
        let _ = exceptions(&text);
    }
}
