//! What is written, read back.

use icalendar::{
    Calendar, Component,
    parser::{read_calendar, unfold},
};
use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::Span;

const CENTRE: Parties<'_> =
    Parties { organizer: "termine@anlaufstelle.example", attendee: "info@haus.example" };

fn entry() -> Entry {
    Entry {
        uid: "5b0c9f7e2f3a4d1c@termine".into(),
        sequence: 0,
        span: Span::lasting("2026-10-25T00:30:00Z".parse().unwrap(), SignedDuration::from_mins(45)),
        stamp: "2026-10-01T12:00:00Z".parse().unwrap(),
        summary: "Termin".into(),
        description: Some("Frau Müller; Schulden, Raum 3".into()),
        location: Some("Große Straße 1, 79100 Freiburg".into()),
        status: Status::Confirmed,
    }
}

fn lines(text: &str) -> Vec<String> {
    unfold(text).lines().map(str::to_owned).collect()
}

#[test]
fn the_seekers_file_says_when_and_where_and_nothing_else() {
    let file = seeker_file(&entry());
    assert_eq!(file.method, Method::Publish);
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Termine//1//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "CLASS:PRIVATE",
        "DTEND:20261025T011500Z",
        "DTSTAMP:20261001T120000Z",
        "DTSTART:20261025T003000Z",
        r"LOCATION:Große Straße 1\, 79100 Freiburg",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Termin",
        "TRANSP:OPAQUE",
        "UID:5b0c9f7e2f3a4d1c@termine",
        "END:VEVENT",
        "END:VCALENDAR",
    ];
    assert_eq!(lines(&file.text), expected);
    let without = seeker_file(&Entry { location: None, ..entry() });
    assert!(!without.text.contains("LOCATION"));
}

#[test]
fn booked_moved_and_cancelled_are_three_states_of_one_entry() {
    let booked = entry();
    let moved = Entry {
        sequence: 1,
        span: Span::lasting("2026-10-25T01:30:00Z".parse().unwrap(), SignedDuration::from_mins(45)),
        ..booked.clone()
    };
    let cancelled = Entry { sequence: 2, status: Status::Cancelled, ..moved.clone() };
    let files = [&booked, &moved, &cancelled].map(|entry| centre_file(entry, CENTRE));
    assert_eq!(files.each_ref().map(|file| file.method), [Method::Request, Method::Request, Method::Cancel]);
    for (file, (sequence, start)) in files.iter().zip([(0, "0030"), (1, "0130"), (2, "0130")]) {
        let lines = lines(&file.text);
        for line in [
            format!("METHOD:{}", file.method.as_str()),
            "UID:5b0c9f7e2f3a4d1c@termine".into(),
            format!("SEQUENCE:{sequence}"),
            format!("DTSTART:20261025T{start}00Z"),
            "ORGANIZER:mailto:termine@anlaufstelle.example".into(),
        ] {
            assert_eq!(lines.iter().filter(|one| **one == line).count(), 1, "{line}");
        }
    }
    let attendee =
        |file: &CalendarText| lines(&file.text).into_iter().find(|line| line.starts_with("ATTENDEE"));
    assert_eq!(
        attendee(&files[1]).as_deref(),
        Some("ATTENDEE;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:info@haus.example")
    );
    assert!(
        files[2].text.contains("STATUS:CANCELLED\r\n") && files[2].text.contains("TRANSP:TRANSPARENT\r\n")
    );
    let published = seeker_file(&cancelled);
    assert_eq!(published.method, Method::Publish);
    assert!(published.text.contains("STATUS:CANCELLED\r\n") && published.text.contains("SEQUENCE:2\r\n"));
}

#[test]
fn a_feed_tells_as_much_as_its_owner_chose() {
    let entries = [
        entry(),
        Entry { uid: "b".into(), status: Status::Cancelled, ..entry() },
        Entry { uid: "c".into(), status: Status::Tentative, ..entry() },
    ];
    let neutral = feed(&entries, "Termine, Team\nBEGIN:VEVENT", Detail::Neutral("Belegt"));
    let parsed: Calendar = neutral.text.parse().unwrap();
    assert_eq!(parsed.components.len(), 2);
    assert_eq!(parsed.get_name(), Some("Termine, Team BEGIN:VEVENT"));
    assert_eq!(parsed.get_ttl().map(|ttl| ttl.num_minutes()), Some(60));
    assert!(neutral.text.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"));
    for word in ["Termin\r", "Müller", "Schulden", "Straße", "DESCRIPTION", "LOCATION"] {
        assert!(!neutral.text.contains(word), "{word}");
    }
    let detailed = feed(&entries, "Termine", Detail::Detailed);
    for word in ["SUMMARY:Termin\r", "Müller", "Straße"] {
        assert_eq!(detailed.text.matches(word).count(), 2, "{word}");
    }
    let empty = feed(&[], "Termine", Detail::Detailed);
    assert!(empty.text.starts_with("BEGIN:VCALENDAR\r\n") && empty.text.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn a_file_fits_into_a_mail_whatever_is_written() {
    let long = "\\".repeat(1_000_000);
    let long =
        Entry { summary: long.clone(), description: Some(long.clone()), location: Some(long), ..entry() };
    assert!(centre_file(&long, CENTRE).text.len() < 64 * 1024);
    let wide = "🏳️‍🌈".repeat(100_000);
    let wide =
        Entry { summary: wide.clone(), description: Some(wide.clone()), location: Some(wide), ..entry() };
    assert!(centre_file(&wide, CENTRE).text.len() < 64 * 1024);
}

#[test]
fn our_own_feed_is_read_as_busy_times() {
    let entries = [entry(), Entry { status: Status::Cancelled, uid: "b".into(), ..entry() }];
    let window = Span::lasting("2026-10-01T00:00:00Z".parse().unwrap(), SignedDuration::from_hours(24 * 60));
    let text = feed(&entries, "Termine", Detail::Neutral("Belegt")).text;
    assert_eq!(busy::read(text.as_bytes(), window), Ok(vec![entry().span]));
}

/// Any text, with what is dangerous in a calendar more often than by chance.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        ".{0,60}",
        "[a-zäöüß ]{0,120}",
        prop::sample::select(vec![
            "\r\n",
            "\r",
            "\n",
            "\n ",
            "\\",
            "\\n",
            "\\N",
            ";",
            ",",
            ":",
            "\"",
            "\0",
            "\u{202e}",
            "\u{2028}",
            "\u{85}",
            "\t",
            "BEGIN:VALARM",
            "\r\nEND:VEVENT\r\n",
            "\nATTENDEE:mailto:x@y.example",
            "👩‍👩‍👧‍👦",
            "ẞ",
            "\u{feff}",
            "%0D%0A",
            "^n",
            "  ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_its_line(uid in text(), summary in text(), description in text(), location in text(), address in text(), name in text()) {
        let entry = Entry { uid, summary, description: Some(description), location: Some(location), ..entry() };
        let parties = Parties { organizer: &address, attendee: &address };
        for file in [
            seeker_file(&entry),
            centre_file(&entry, parties),
            feed(std::slice::from_ref(&entry), &name, Detail::Detailed),
            feed(std::slice::from_ref(&entry), &name, Detail::Neutral(&name)),
        ] {
            // Lines end with CRLF and nothing else does; none is longer than 75 octets.
            prop_assert!(file.text.starts_with("BEGIN:VCALENDAR\r\n") && file.text.ends_with("\r\n"));
            prop_assert!(!file.text.replace("\r\n", "").contains(|c: char| c.is_control()));
            for line in file.text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{}", line);
            }
            let all = lines(&file.text);
            prop_assert_eq!(all.iter().filter(|line| line.starts_with("BEGIN:")).count(), 2);
            let known = ["BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL",
                "X-PUBLISHED-TTL", "CLASS", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "DESCRIPTION", "SEQUENCE", "STATUS",
                "SUMMARY", "TRANSP", "UID", "ORGANIZER", "ATTENDEE"];
            let mut names: Vec<_> = all.iter().map(|line| line.split([':', ';']).next().unwrap()).collect();
            prop_assert!(names.iter().all(|name| known.contains(name)), "{:?}", names);
            names.retain(|name| !matches!(*name, "BEGIN" | "END"));
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), count, "no property stands there twice");
        }
    }

    #[test]
    fn what_is_written_is_read_back(summary in text(), description in text(), location in text()) {
        let entry = Entry { summary, description: Some(description), location: Some(location), ..entry() };
        let file = centre_file(&entry, CENTRE);
        let unfolded = unfold(&file.text);
        let parsed = Calendar::from(read_calendar(&unfolded).unwrap());
        let event = parsed.components[0].as_event().unwrap();
        // Line ends at the edge of a value are white space to this parser.
        let same = |read: Option<&str>, meant: String| read.unwrap_or_default() == meant;
        prop_assert!(same(event.property_value("SUMMARY"), text::clean_line(&entry.summary, 200)));
        prop_assert!(same(event.property_value("LOCATION"), text::clean_line(entry.location.as_deref().unwrap(), 300)));
        prop_assert!(same(event.property_value("DESCRIPTION"), text::clean(entry.description.as_deref().unwrap(), 4_000)));
    }
}
