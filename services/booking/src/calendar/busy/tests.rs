//! Calendars as people and programs write them.

use proptest::prelude::*;

use super::*;

/// A calendar around some lines, with CRLF line ends.
fn calendar(inside: &str) -> String {
    let lines: Vec<_> = inside.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}\r\nEND:VCALENDAR\r\n", lines.join("\r\n"))
}

fn event(inside: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\n{inside}\nEND:VEVENT"))
}

fn window(from: &str, to: &str) -> Span {
    Span { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn autumn() -> Span {
    window("2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z")
}

/// The busy times as `from/to` in UTC, without the seconds.
fn busy(text: &str, window: Span) -> Vec<String> {
    let spans = read(text.as_bytes(), window).unwrap();
    let minutes = |at: jiff::Timestamp| at.strftime("%m-%dT%H:%M").to_string();
    spans.iter().map(|span| format!("{}/{}", minutes(span.from), minutes(span.to))).collect()
}

fn problem(text: &str) -> BusyProblem {
    read(text.as_bytes(), autumn()).unwrap_err()
}

#[test]
fn times_are_read_in_the_zone_they_name() {
    for (start, expected) in [
        ("DTSTART:20261123T080000Z", "11-23T08:00"),
        ("DTSTART:20261123T080000", "11-23T07:00"),
        ("DTSTART;TZID=Europe/Berlin:20261123T080000", "11-23T07:00"),
        ("DTSTART;TZID=\"America/New_York\":20261123T080000", "11-23T13:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261123T080000", "11-23T07:00"),
        ("DTSTART;TZID=/example.org/20050809_1/Europe/London:20261123T080000", "11-23T08:00"),
        ("DTSTART;X=\"a;b:c\";TZID=UTC;VALUE=DATE-TIME:20261123T080000", "11-23T08:00"),
    ] {
        let found = busy(&event(&format!("{start}\nDURATION:PT30M")), autumn());
        assert_eq!(found, [format!("{expected}/11-23T{}:30", &expected[6..8])], "{start}");
    }
}

#[test]
fn a_zone_that_only_the_calendar_knows_is_taken_as_explained() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n\
        BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
    let series = "BEGIN:VEVENT\nDTSTART;TZID=Customized Time Zone:20261019T090000\n\
        DTEND;TZID=Customized Time Zone:20261019T100000\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT";
    let expected = ["10-19T07:00/10-19T08:00", "10-26T08:00/10-26T09:00", "11-02T08:00/11-02T09:00"];
    for text in [format!("{zone}\n{series}"), format!("{series}\n{zone}")] {
        assert_eq!(busy(&calendar(&text), autumn()), expected);
    }
    let fixed = "BEGIN:VTIMEZONE\nTZID:Ship\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0330\n\
        TZOFFSETTO:-0330\nEND:STANDARD\nEND:VTIMEZONE\n\
        BEGIN:VEVENT\nDTSTART;TZID=Ship:20261123T080000\nDURATION:PT1H\nEND:VEVENT";
    assert_eq!(busy(&calendar(fixed), autumn()), ["11-23T11:30/11-23T12:30"]);
    let unknown = event("DTSTART;TZID=Nowhere\u{202e}:20261123T080000\nDURATION:PT1H");
    assert_eq!(problem(&unknown), BusyProblem::UnknownZone("Nowhere".into()));
}

#[test]
fn all_day_events_are_days_of_berlin() {
    assert_eq!(busy(&event("DTSTART;VALUE=DATE:20261123"), autumn()), ["11-22T23:00/11-23T23:00"]);
    let days = event("DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026");
    assert_eq!(busy(&days, autumn()), ["10-23T22:00/10-25T23:00"], "the night has 25 hours");
    let length = event("DTSTART;VALUE=DATE:20261025\nDURATION:P1D");
    assert_eq!(busy(&length, autumn()), ["10-24T22:00/10-25T23:00"]);
}

#[test]
fn both_halves_of_an_october_night_are_told_apart() {
    let twice = "BEGIN:VEVENT\nUID:a\nDTSTART:20261025T003000Z\nDURATION:PT15M\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:b\nDTSTART:20261025T013000Z\nDURATION:PT15M\nEND:VEVENT";
    assert_eq!(busy(&calendar(twice), autumn()), ["10-25T00:30/10-25T00:45", "10-25T01:30/10-25T01:45"]);
    // Written as local time it means the first.
    let local = event("DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT15M");
    assert_eq!(busy(&local, autumn()), ["10-25T00:30/10-25T00:45"]);
    // 02:30 does not exist on this night: it counts by the offset before.
    let gap = event("DTSTART;TZID=Europe/Berlin:20270328T023000\nDURATION:PT15M");
    let spring = window("2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z");
    assert_eq!(busy(&gap, spring), ["03-28T01:30/03-28T01:45"]);
}

#[test]
fn series_keep_their_local_time() {
    let series = event(
        "DTSTART;TZID=Europe/Berlin:20261021T090000\nDTEND;TZID=Europe/Berlin:20261021T100000\nRRULE:FREQ=WEEKLY;UNTIL=20261028T080000Z",
    );
    assert_eq!(busy(&series, autumn()), ["10-21T07:00/10-21T08:00", "10-28T08:00/10-28T09:00"]);
}

#[test]
fn what_is_free_or_cancelled_does_not_count() {
    for free in
        ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "status:cancelled"]
    {
        let text = event(&format!("DTSTART:20261123T080000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n{free}"));
        assert!(busy(&text, autumn()).is_empty(), "{free}");
    }
    for counts in ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "CLASS:PRIVATE"] {
        let text = event(&format!("DTSTART:20261123T080000Z\nDURATION:PT1H\n{counts}"));
        assert_eq!(busy(&text, autumn()).len(), 1, "{counts}");
    }
}

#[test]
fn what_is_ours_does_not_count_and_takes_nothing_else_along() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:ours\nDTSTART:20261123T080000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:ours\nRECURRENCE-ID:20261123T080000Z\nDTSTART:20261124T080000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:hers\nDTSTART:20261125T080000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20261126T080000Z\nDURATION:PT1H\nEND:VEVENT",
    );
    let found = read_but(text.as_bytes(), autumn(), |uid| uid == "ours").unwrap();
    let days: Vec<_> = found.iter().map(|span| span.from.strftime("%d").to_string()).collect();
    assert_eq!(days, ["25", "26"]);
    assert_eq!(read(text.as_bytes(), autumn()).unwrap().len(), 3, "one of ours replaces the other");
}

#[test]
fn an_alarm_or_a_task_says_nothing_about_its_event() {
    let text = event(
        "DTSTART:20261123T080000Z\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT9H\nSTATUS:CANCELLED\nEND:VALARM\nDTEND:20261123T083000Z",
    );
    assert_eq!(busy(&text, autumn()), ["11-23T08:00/11-23T08:30"]);
    let task = calendar("BEGIN:VTODO\nDTSTART:20261123T080000Z\nDURATION:PT9H\nEND:VTODO");
    assert!(busy(&task, autumn()).is_empty());
}

#[test]
fn dates_of_a_series_are_left_out_moved_and_added() {
    let master = "BEGIN:VEVENT\nUID:s\nDTSTART;TZID=Europe/Berlin:20261102T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5\n\
        EXDATE;TZID=Europe/Berlin:20261103T090000\nRDATE:20261110T080000Z,20261111T080000Z\nEND:VEVENT";
    let moved = "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20261104T090000\nDTSTART:20261104T150000Z\nDURATION:PT30M\nEND:VEVENT";
    let dropped = "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261105T080000Z\nSTATUS:CANCELLED\nDTSTART:20261105T080000Z\nEND:VEVENT";
    let stranger = "BEGIN:VEVENT\nUID:t\nRECURRENCE-ID:20261106T080000Z\nSTATUS:CANCELLED\nDTSTART:20261106T080000Z\nEND:VEVENT";
    let expected = [
        "11-02T08:00/11-02T09:00",
        "11-04T15:00/11-04T15:30",
        "11-06T08:00/11-06T09:00",
        "11-10T08:00/11-10T09:00",
        "11-11T08:00/11-11T09:00",
    ];
    let parts = [master, moved, dropped, stranger];
    assert_eq!(busy(&calendar(&parts.join("\n")), autumn()), expected);
    let backwards: Vec<_> = parts.into_iter().rev().collect();
    assert_eq!(busy(&calendar(&backwards.join("\n")), autumn()), expected);
    // A day alone leaves out whatever is on it.
    let by_day = event(
        "DTSTART:20261102T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20261102",
    );
    assert_eq!(busy(&by_day, autumn()), ["11-03T08:00/11-03T09:00"]);
}

#[test]
fn free_busy_calendars_are_read_too() {
    let text = calendar(
        "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20261123T080000Z/PT1H,20261123T100000Z/20261123T110000Z\n\
         FREEBUSY;FBTYPE=FREE:20261123T120000Z/PT1H\nEND:VFREEBUSY",
    );
    assert_eq!(busy(&text, autumn()), ["11-23T08:00/11-23T09:00", "11-23T10:00/11-23T11:00"]);
}

#[test]
fn spans_are_merged_and_cut_to_the_window() {
    let text = calendar(
        "BEGIN:VEVENT\nDTSTART:20260901T000000Z\nDTEND:20261001T010000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART:20261123T083000Z\nDURATION:PT1H\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART:20261123T080000Z\nDURATION:PT30M\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART:20261130T230000Z\nDURATION:P3W\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART:20261124T080000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART:20261125T080000Z\nDTEND:20261125T070000Z\nEND:VEVENT",
    );
    let expected = ["10-01T00:00/10-01T01:00", "11-23T08:00/11-23T09:30", "11-30T23:00/12-01T00:00"];
    assert_eq!(busy(&text, autumn()), expected);
}

#[test]
fn what_is_not_understood_is_named() {
    let not = |property, value: &str| BusyProblem::NotUnderstood { property, value: value.into() };
    for (inside, expected) in [
        ("RRULE:FREQ=HOURLY", not("RRULE", "FREQ=HOURLY")),
        ("RRULE:FREQ=DAILY;BYHOUR=9,10", not("RRULE", "BYHOUR=9,10")),
        ("RRULE:FREQ=YEARLY;BYWEEKNO=20", not("RRULE", "BYWEEKNO=20")),
        ("RRULE:FREQ=DAILY;INTERVAL=0", not("RRULE", "INTERVAL=0")),
        ("RRULE:FREQ=DAILY;COUNT=-1", not("RRULE", "COUNT=-1")),
        ("RRULE:FREQ=WEEKLY;BYDAY=2MO", not("RRULE", "FREQ=WEEKLY;BYDAY=2MO")),
        ("RRULE:COUNT=3", not("RRULE", "COUNT=3")),
        ("EXRULE:FREQ=DAILY", not("EXRULE", "FREQ=DAILY")),
        ("DTSTART:soon", not("DTSTART", "soon")),
        ("DTEND:20261323T000000Z", not("DTEND", "20261323T000000Z")),
        ("DURATION:-PT1H", not("DURATION", "-PT1H")),
        ("EXDATE:x\u{202e}y", not("EXDATE", "xy")),
        ("RDATE:20261123T080000Z/x", not("RDATE", "20261123T080000Z/x")),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261123T080000Z", not("RECURRENCE-ID", "RANGE=THISANDFUTURE")),
    ] {
        let text = event(&format!("DTSTART:20261123T080000Z\n{inside}"));
        assert_eq!(problem(&text), expected, "{inside}");
    }
}

#[test]
fn what_is_no_whole_calendar_is_refused() {
    for text in
        ["", "<!doctype html><title>Sign in</title>", "BEGIN:VEVENT\r\nEND:VEVENT", "hello: world", "\0\0"]
    {
        assert_eq!(problem(text), BusyProblem::NoCalendar, "{text}");
    }
    let whole = event("DTSTART:20261123T080000Z\nDURATION:PT1H");
    for end in ["END:VCALENDAR", "END:VEVENT"] {
        assert_eq!(problem(&whole[..whole.find(end).unwrap()]), BusyProblem::CutOff);
    }
    assert_eq!(problem("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"), BusyProblem::CutOff);
    assert_eq!(busy(&format!("\u{feff}{whole}"), autumn()).len(), 1);
}

#[test]
fn a_calendar_has_limits() {
    let many = "BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(COMPONENTS);
    assert_eq!(problem(&calendar(&many)), BusyProblem::TooManyEntries);
    assert_eq!(problem(&"BEGIN:VCALENDAR\r\n".repeat(100_000)), BusyProblem::TooManyEntries);
    let large = vec![b'x'; LARGEST + 1];
    assert_eq!(read(&large, autumn()).unwrap_err(), BusyProblem::TooLarge);
    let long = window("2026-01-01T00:00:00Z", "2027-02-06T00:00:00Z");
    assert_eq!(read(b"", long).unwrap_err(), BusyProblem::Window);
}

#[test]
fn what_would_take_forever_is_refused() {
    let series =
        "BEGIN:VEVENT\nDTSTART:00010101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;COUNT=1000000\nEND:VEVENT\n";
    assert_eq!(problem(&calendar(&series.repeat(50))), BusyProblem::TooManyDates);
    // A rule that fits no day at all comes to an end as well.
    let never =
        event("DTSTART:00010101T000000Z\nDURATION:PT1M\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=5");
    assert!(busy(&never, autumn()).is_empty());
    let rare = event("DTSTART:20240229T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY");
    assert_eq!(
        busy(&rare, window("2028-01-01T00:00:00Z", "2028-12-31T00:00:00Z")),
        ["02-29T08:00/02-29T09:00"]
    );
    assert!(busy(&rare, autumn()).is_empty());
}

#[test]
fn a_series_that_began_long_ago_is_not_walked_from_its_beginning() {
    let old =
        "BEGIN:VEVENT\nDTSTART:19700105T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2\nEND:VEVENT\n";
    let once = busy(&calendar(old), autumn());
    assert_eq!(once.first().map(String::as_str), Some("10-12T08:00/10-12T09:00"));
    assert_eq!(busy(&calendar(&old.repeat(1_000)), autumn()), once);
}

/// Dates by asking each day, from the first one on.
fn every_day(
    first: jiff::civil::Date,
    last: jiff::civil::Date,
    fits: impl Fn(jiff::civil::Date) -> bool,
) -> Vec<String> {
    first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= last)
        .filter(|day| *day == first || fits(*day))
        .map(|day| day.strftime("%Y%m%d").to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn weekly_series_are_what_counting_days_gives(interval in 1_i32..5, days in 1_u8..128, begin in 0_i32..400, from in 0_i64..380) {
        let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let chosen: Vec<_> = (0..7).filter(|day| days >> day & 1 == 1).collect();
        let by_day: Vec<_> = chosen.iter().map(|day| codes[*day]).collect();
        let first = jiff::civil::date(2025, 6, 2) + jiff::Span::new().days(begin);
        let text = event(&format!("DTSTART:{}T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL={interval};BYDAY={}",
            first.strftime("%Y%m%d"), by_day.join(",")));
        let from = "2026-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(24 * from);
        let window = Span::lasting(from, SignedDuration::from_hours(24 * 60));
        let monday = |day: jiff::civil::Date| day - jiff::Span::new().days(day.weekday().to_monday_zero_offset());
        let last = window.to.to_zoned(jiff::tz::TimeZone::UTC).date() - jiff::Span::new().days(1);
        let expected: Vec<_> = every_day(first, last, |day| {
            let weeks = monday(first).until(monday(day)).unwrap().get_days() / 7;
            weeks % interval == 0 && chosen.contains(&usize::try_from(day.weekday().to_monday_zero_offset()).unwrap())
        }).into_iter().filter(|day| *day >= window.from.strftime("%Y%m%d").to_string()).collect();
        let found: Vec<_> = read(text.as_bytes(), window).unwrap().iter().map(|span| span.from.strftime("%Y%m%d").to_string()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn monthly_series_are_what_counting_days_gives(interval in 1_i32..4, nth in prop::sample::select(vec![-2_i8, -1, 1, 2, 3, 5]), weekday in 0_i8..7, begin in 0_i32..400) {
        let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let first = jiff::civil::date(2025, 6, 2) + jiff::Span::new().days(begin);
        let text = event(&format!("DTSTART:{}T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;INTERVAL={interval};BYDAY={nth}{}",
            first.strftime("%Y%m%d"), codes[usize::try_from(weekday).unwrap()]));
        let window = window("2026-01-01T00:00:00Z", "2027-01-31T00:00:00Z");
        let expected: Vec<_> = every_day(first, jiff::civil::date(2027, 1, 30), |day| {
            let months = i32::from(day.year() - first.year()) * 12 + i32::from(day.month() - first.month());
            let same = if nth > 0 { (1..=day.day()).rev().step_by(7).count() } else { (day.day()..=day.days_in_month()).step_by(7).count() };
            months % interval == 0 && day.weekday().to_monday_zero_offset() == weekday && same == usize::from(nth.unsigned_abs())
        }).into_iter().filter(|day| day.as_str() >= "20260101").collect();
        let found: Vec<_> = read(text.as_bytes(), window).unwrap().iter().map(|span| span.from.strftime("%Y%m%d").to_string()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_text_makes_the_reader_fall(lines in prop::collection::vec(hostile_line(), 0..40), noise in ".{0,80}", at in 0_usize..2_000) {
        let mut text = event(&lines.join("\n"));
        let place = (0..=at.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap();
        text.insert_str(place, &noise);
        if let Ok(spans) = read(text.as_bytes(), autumn()) {
            prop_assert!(spans.iter().all(|span| span.from < span.to && autumn().contains(span)));
            prop_assert!(spans.is_sorted_by(|one, next| one.to < next.from));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _result = read(&bytes, autumn());
    }
}

/// Lines that are nearly right.
fn hostile_line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "UID",
        "BEGIN",
        "END",
        "TZID",
        "TZOFFSETTO",
        "DTSTART;TZID=Europe/Berlin",
        "DTSTART;VALUE=DATE",
        "DTSTART;TZID=X",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "20261123T080000Z",
            "20261025T023000",
            "20261123",
            "99991231T235959Z",
            "00010101T000000",
            "-99990101",
            "PT1H",
            "P99999D",
            "P999999W",
            "PT999999H",
            "FREQ=DAILY",
            "FREQ=YEARLY;BYDAY=-53MO",
            "FREQ=MONTHLY;BYSETPOS=-366;BYDAY=MO,TU",
            "FREQ=WEEKLY;INTERVAL=10000;WKST=SU",
            "FREQ=YEARLY;BYMONTHDAY=-31;COUNT=1000000",
            "FREQ=DAILY;UNTIL=99991231",
            "VEVENT",
            "VTIMEZONE",
            "STANDARD",
            "DAYLIGHT",
            "X",
            "+0100",
            "-9999",
            "a,b;c:d",
            "20261123T080000Z/PT1H",
        ])
        .prop_map(str::to_owned),
        "[0-9TZPDHM;=,/+-]{0,20}",
    ];
    (name, value).prop_map(|(name, value)| format!("{name}:{value}"))
}
