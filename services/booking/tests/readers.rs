//! Calendar files in the hands of two readers that others wrote: Python's icalendar and JavaScript's ical.js.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use booking::{
    Span,
    calendar::{CalendarText, Detail, Entry, Parties, Status, busy, centre_file, feed, seeker_file},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/calendar")
}

fn python() -> Command {
    let python = folder().join(".venv/bin/python");
    assert!(
        python.exists() && folder().join(".venv/installed").exists(),
        "Python's icalendar is not installed: make tests/calendar/.venv/installed (needs python3 with venv and pip)"
    );
    let mut command = Command::new(python);
    command.arg(folder().join("read.py"));
    command
}

fn node() -> Command {
    assert!(
        folder().join("node_modules/ical.js").exists(),
        "ical.js is not installed: cd tests/calendar && npm ci --ignore-scripts"
    );
    let mut command = Command::new("node");
    command.arg(folder().join("read.mjs"));
    command
}

/// What a reader makes of some files, in their order.
fn read(mut reader: Command, texts: &[String]) -> Value {
    let files = tempfile::tempdir().unwrap();
    for (number, text) in texts.iter().enumerate() {
        let file = files.path().join(format!("{number}.ics"));
        std::fs::write(&file, text).unwrap();
        reader.arg(file);
    }
    let output = reader.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const CENTRE: Parties<'_> =
    Parties { organizer: "termine@anlaufstelle.example", attendee: "büro+1@haus.example" };

fn entry(uid: &str, from: &str, summary: &str, more: &str) -> Entry {
    Entry {
        uid: uid.into(),
        sequence: 3,
        span: Span::lasting(from.parse().unwrap(), SignedDuration::from_mins(45)),
        stamp: "2026-10-01T12:00:00Z".parse().unwrap(),
        summary: summary.into(),
        description: Some(more.into()),
        location: Some(format!("{more}, 1. Stock; links").replace('\n', " ")),
        status: Status::Confirmed,
    }
}

/// Texts and times that readers stumble over.
fn entries() -> Vec<Entry> {
    let long = "Größe, Fuß; Übung\\n: ";
    vec![
        entry("a1@termine", "2026-11-23T08:00:00Z", "Termin", "Große Straße 1"),
        entry("both-half-past-two-first", "2026-10-25T00:30:00Z", "Zwei Uhr dreißig (MESZ)", "a"),
        entry("both-half-past-two-second", "2026-10-25T01:30:00Z", "Zwei Uhr dreißig (MEZ)", "b"),
        entry("before-the-gap", "2027-03-28T00:45:00Z", "über die Lücke", "c"),
        entry("after-the-gap", "2027-03-28T01:30:00Z", "nach der Lücke", "d"),
        entry("leap-day", "2028-02-29T23:30:00Z", "Schalttag", "e"),
        entry("year-end", "2026-12-31T23:30:00Z", "Jahreswechsel", "f"),
        entry("long", "2026-11-24T08:00:00Z", &long.repeat(9), &long.repeat(13)),
        entry("emoji", "2026-11-25T08:00:00Z", &"👩‍👩‍👧‍👦🏳️‍🌈".repeat(6), &"🧑🏽‍🦽é ß".repeat(20)),
        entry(
            "lines",
            "2026-11-26T08:00:00Z",
            "eins\\zwei;drei,vier:fünf\"sechs",
            "a\nb\n c\n\nBEGIN:VALARM\nd",
        ),
        entry("right-to-left", "2026-11-27T08:00:00Z", "موعد في الساعة العاشرة", "פגישה, מחר; בבוקר"),
        Entry {
            status: Status::Cancelled,
            ..entry("cancelled", "2026-11-30T08:00:00Z", "Termin", "abgesagt")
        },
        Entry { status: Status::Tentative, ..entry("asked", "2026-12-01T08:00:00Z", "Anfrage", "offen") },
    ]
}

fn event(entry: &Entry) -> Value {
    json!({
        "uid": entry.uid, "sequence": entry.sequence, "stamp": entry.stamp, "start": entry.span.from,
        "end": entry.span.to, "summary": entry.summary, "description": entry.description, "location": entry.location,
        "status": match entry.status {
            Status::Confirmed => "CONFIRMED", Status::Tentative => "TENTATIVE", Status::Cancelled => "CANCELLED",
        },
        "class": "PRIVATE", "organizer": null, "attendees": [],
    })
}

#[test]
fn both_readers_read_what_was_meant() {
    let entries = entries();
    let mut texts: Vec<CalendarText> = Vec::new();
    let mut meant: Vec<Value> = Vec::new();
    for entry in &entries {
        let mut seekers = event(entry);
        seekers["description"] = Value::Null;
        texts.push(seeker_file(entry));
        meant.push(json!({ "method": "PUBLISH", "name": null, "events": [seekers] }));

        let mut centres = event(entry);
        centres["organizer"] = json!("mailto:termine@anlaufstelle.example");
        centres["attendees"] = json!(["mailto:b%C3%BCro+1@haus.example"]);
        let method = if entry.status == Status::Cancelled { "CANCEL" } else { "REQUEST" };
        texts.push(centre_file(entry, CENTRE));
        meant.push(json!({ "method": method, "name": null, "events": [centres] }));
    }
    let live: Vec<_> = entries.iter().filter(|entry| entry.status != Status::Cancelled).map(event).collect();
    texts.push(feed(&entries, "Müller, Team \"Süd\"; Büro", Detail::Detailed));
    meant.push(json!({ "method": "PUBLISH", "name": "Müller, Team \"Süd\"; Büro", "events": live.clone() }));
    let neutral = live.into_iter().map(|mut event| {
        event["summary"] = json!("Belegt");
        event["description"] = Value::Null;
        event["location"] = Value::Null;
        event
    });
    texts.push(feed(&entries, "Termine", Detail::Neutral("Belegt")));
    meant.push(json!({ "method": "PUBLISH", "name": "Termine", "events": neutral.collect::<Vec<_>>() }));

    let texts: Vec<_> = texts.into_iter().map(|text| text.text).collect();
    for (reader, name) in [(python(), "icalendar"), (node(), "ical.js")] {
        let found = read(reader, &texts);
        for (number, meant) in meant.iter().enumerate() {
            assert_eq!(&found[number], meant, "{name}: {}", texts[number]);
        }
    }
}

/// Berlin as a calendar would explain it, under a name that only the calendar knows.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Hier\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Series whose first date fits the rule. None lies in an hour that clocks skip or repeat, or on a 29 February: there ical.js
/// does not do what RFC 5545 (3.3.5, 3.3.10) says, so the tests beside the code look at those.
const SERIES: [(&str, &str); 23] = [
    ("20260105T090000", "FREQ=DAILY"),
    ("20260105T090000", "FREQ=DAILY;INTERVAL=3;COUNT=100"),
    ("20260105T090000", "FREQ=DAILY;UNTIL=20261026T080000Z"),
    ("20260105T090000", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
    ("20260105T090000", "FREQ=DAILY;BYMONTH=1,10,12"),
    ("20260105T090000", "FREQ=WEEKLY"),
    ("20260105T014500", "FREQ=WEEKLY;BYDAY=MO,WE,SU"),
    ("20260105T090000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
    ("20260105T090000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO"),
    ("20240101T090000", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH;COUNT=300"),
    ("20260105T090000", "FREQ=WEEKLY;UNTIL=20261201"),
    ("20260105T090000", "FREQ=MONTHLY"),
    ("20260131T090000", "FREQ=MONTHLY"),
    ("20260131T090000", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("20260115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,28;COUNT=20"),
    ("20260106T090000", "FREQ=MONTHLY;BYDAY=1TU"),
    ("20260130T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
    ("20260113T090000", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2"),
    ("20260130T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("20260213T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("20250228T090000", "FREQ=YEARLY"),
    ("20251026T031500", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ("20251127T090000", "FREQ=YEARLY;INTERVAL=1;BYDAY=4TH;BYMONTH=11"),
];

#[test]
fn series_fall_on_the_days_another_reader_finds() {
    let window =
        Span { from: "2026-03-01T00:00:00Z".parse().unwrap(), to: "2027-04-01T00:00:00Z".parse().unwrap() };
    let texts: Vec<String> = SERIES
        .iter()
        .map(|(start, rule)| {
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{ZONE}BEGIN:VEVENT\r\nUID:x\r\nDTSTART;TZID=Hier:{start}\r\n\
                 DURATION:PT10M\r\nRRULE:{rule}\r\nEXDATE;TZID=Hier:20260831T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            )
        })
        .collect();
    let mut reader = node();
    reader.args(["--busy", &window.from.as_second().to_string(), &window.to.as_second().to_string()]);
    let found = read(reader, &texts);
    let mut wrong = Vec::new();
    for (number, (start, rule)) in SERIES.iter().enumerate() {
        let theirs: Vec<i64> = serde_json::from_value(found[number].clone()).unwrap();
        let ours: Vec<i64> = busy::read(texts[number].as_bytes(), window)
            .unwrap()
            .iter()
            .map(|span| span.from.as_second())
            .collect();
        assert!(!ours.is_empty(), "{start} {rule}");
        let only = |one: &[i64], other: &[i64]| -> Vec<_> {
            let single = one.iter().filter(|second| !other.contains(second));
            single.map(|second| Timestamp::from_second(*second).unwrap().to_string()).collect()
        };
        if ours != theirs {
            wrong.push(format!(
                "{start} {rule}: ours {:?}, theirs {:?}",
                only(&ours, &theirs),
                only(&theirs, &ours)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
