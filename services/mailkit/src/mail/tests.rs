use data_encoding::BASE64;
use jiff::Timestamp;
use kernel::ServerKey;
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

const HEADERS: [&str; 9] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

fn to() -> MailAddress {
    MailAddress::parse("anna@example.org").unwrap()
}

fn ids() -> MessageIds {
    MessageIds::new(&ServerKey::new([7; 32]), &MailAddress::parse("nachricht@example.net").unwrap())
}

fn written(mail: &Mail, name: Option<&str>) -> String {
    let address = MailAddress::parse("nachricht@example.net").unwrap();
    let sender = Sender { address, name: name.map(|name| DisplayName::parse(name).unwrap()) };
    let at: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
    String::from_utf8(format(mail, &sender, &ids().of("1"), at).unwrap()).unwrap()
}

/// Names of the header lines, and the fault if a line is neither a header nor a continuation.
fn header_names(wire: &str) -> Result<Vec<String>, String> {
    let head = wire.split("\r\n\r\n").next().unwrap_or_default();
    let mut names = Vec::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with(' ')) {
        let (name, _) = line.split_once(": ").ok_or_else(|| format!("no header: {line:?}"))?;
        names.push(name.to_owned());
    }
    if head.replace("\r\n", "").contains(['\r', '\n', '\0']) {
        return Err(String::from("a bare line end"));
    }
    Ok(names)
}

#[test]
fn has_exactly_the_fixed_headers() {
    let mail = Mail::new(to(), "Ihr Termin am 3. November", "Guten Tag,\nwir freuen uns.\n").unwrap();
    let wire = written(&mail, None);
    assert_eq!(
        wire,
        "From: nachricht@example.net\r\n\
         To: anna@example.org\r\n\
         Subject: Ihr Termin am 3. November\r\n\
         Date: Sun, 22 Nov 2026 08:00:00 +0000\r\n\
         Message-ID: <n6gaqcsqq3qkk2cy66w6bxta6h2n2udd@example.net>\r\n\
         Auto-Submitted: auto-generated\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 7bit\r\n\
         \r\n\
         Guten Tag,\r\nwir freuen uns.\r\n"
    );
}

#[test]
fn umlauts_travel_as_ascii() {
    let mail = Mail::new(to(), "Ihr Passwort wurde geändert", "Schöne Grüße 👋").unwrap();
    let wire = written(&mail.named(DisplayName::parse("Jörg Weiß").unwrap()), Some("Anlaufstelle"));
    assert!(wire.is_ascii());
    assert!(wire.contains("From: Anlaufstelle <nachricht@example.net>\r\n"), "{wire}");
    let name = BASE64.encode("Jörg Weiß".as_bytes());
    assert!(wire.contains(&format!("To: =?utf-8?b?{name}?= <anna@example.org>\r\n")), "{wire}");
    assert!(wire.contains("Sch=C3=B6ne Gr=C3=BC=C3=9Fe =F0=9F=91=8B") || wire.contains("U2Now7Zu"), "{wire}");
}

#[test]
fn a_subject_is_one_short_visible_line() {
    let long = "ä".repeat(151);
    for subject in ["", "  ", "a\r\nBcc: b@example.org", "a\nb", "a\0b", "a\u{202e}b", "a\u{200b}b", &long] {
        assert_eq!(Mail::new(to(), subject, "text").err(), Some(MailProblem::Subject), "{subject:?}");
    }
    let filled_in = Mail::new(to(), "Am \u{2068}3.11.\u{2069}", "text").unwrap();
    assert_eq!(filled_in.subject(), "Am 3.11.");
}

#[test]
fn a_text_has_clean_lines_and_unbroken_links() {
    let mail =
        Mail::new(to(), "a", "eins\rzwei\r\ndrei \n\u{2068}https://x.example/#t\u{2069}\0\u{1b}[1m\n\n")
            .unwrap();
    assert_eq!(mail.body(), "eins\r\nzwei\r\ndrei\r\nhttps://x.example/#t[1m\r\n");
    assert_eq!(Mail::new(to(), "a", " \n\0").err(), Some(MailProblem::Body));
    assert_eq!(Mail::new(to(), "a", &"x\n".repeat(40_000)).err(), Some(MailProblem::Body));
}

#[test]
fn a_calendar_file_names_its_method_and_comes_back_as_it_was() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nX-NAME:Müller\r\nEND:VCALENDAR\r\n";
    let file = CalendarFile::new("termin.ics", CalendarMethod::Request, text.to_owned()).unwrap();
    let mail = Mail::new(to(), "Termin", "Im Anhang.").unwrap().with(Attachment::Calendar(file));
    let wire = written(&mail, None);
    assert!(wire.contains("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"), "{wire}");
    assert!(wire.contains("Content-Disposition: attachment; filename=\"termin.ics\"\r\n"), "{wire}");
    let part = wire.split("text/calendar").nth(1).unwrap().split("\r\n\r\n").nth(1).unwrap();
    let part = part.split("\r\n--").next().unwrap();
    let decoded = part.replace("=\r\n", "").replace("=C3=BC", "ü");
    assert_eq!(decoded.trim_end(), text.trim_end());
    assert_eq!(wire, written(&mail, None), "a second copy is the same mail");
}

#[test]
fn a_calendar_file_that_says_something_else_is_refused() {
    let text = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n";
    let file = |name: &str, method, text: &str| CalendarFile::new(name, method, text.to_owned()).err();
    assert_eq!(file("termin.ics", CalendarMethod::Publish, text), None);
    assert_eq!(file("termin.ics", CalendarMethod::Cancel, text), Some(CalendarProblem::Text));
    assert_eq!(file("termin.ics", CalendarMethod::Publish, "METHOD:PUBLISH"), Some(CalendarProblem::Text));
    for name in ["termin", ".ics", "../a.ics", "a\".ics", "Ä.ics", "a\r\nb.ics"] {
        assert_eq!(file(name, CalendarMethod::Publish, text), Some(CalendarProblem::Name), "{name:?}");
    }
}

#[test]
fn message_ids_repeat_for_an_intent_and_tell_nothing_about_it() {
    assert_eq!(ids().of("1"), ids().of("1"));
    assert_ne!(ids().of("1"), ids().of("2"));
    let other = MessageIds::local(&ServerKey::new([8; 32])).of("booking-1");
    assert!(other.as_str().ends_with("@localhost>") && !other.as_str().contains("booking"));
}

#[test]
fn debug_output_hides_everything() {
    let mail = Mail::new(to(), "Betreff", "Text").unwrap();
    assert_eq!(format!("{mail:?}"), "Mail(…)");
}

fn nasty(length: usize) -> impl Strategy<Value = String> {
    let harmful = select(
        "\r\n\0\t\"<>@,;:\\.=?_ äß👋а\u{202e}\u{2066}\u{200b}\u{feff}\u{85}\u{2028}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let letter = prop_oneof![2 => harmful, 6 => proptest::char::range(' ', '~'), 2 => any::<char>()];
    vec(letter, 0..length).prop_map(String::from_iter)
}

/// Nothing invisible, so that most of them are accepted.
fn visible(length: usize) -> impl Strategy<Value = String> {
    nasty(length).prop_map(|text| text.chars().filter(|letter| !text::is_invisible(*letter)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_panics_or_adds_a_header(
        name in prop_oneof![nasty(60), visible(110)],
        subject in prop_oneof![nasty(60), visible(160)],
        body in nasty(400),
        attached in any::<bool>(),
    ) {
        let Ok(mut mail) = Mail::new(to(), &subject, &body) else { return Ok(()) };
        let name = DisplayName::parse(&name.replace(['"', '\\', '<', '>', '@', '„', '“', '”', '«', '»'], "x")).ok();
        if let Some(name) = name.clone() {
            mail = mail.named(name);
        }
        if attached {
            let text = String::from("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n");
            let file = CalendarFile::new("a.ics", CalendarMethod::Cancel, text).unwrap();
            mail = mail.with(Attachment::Calendar(file));
        }
        let wire = written(&mail, name.as_ref().map(DisplayName::as_str));
        prop_assert!(wire.is_ascii());
        prop_assert!(!wire.replace("\r\n", "").contains(['\r', '\n', '\0']));
        prop_assert!(wire.split("\r\n").all(|line| line.len() <= 998));
        let mut names = header_names(&wire).map_err(TestCaseError::fail)?;
        let expected = HEADERS.iter().filter(|header| !attached || **header != "Content-Transfer-Encoding");
        let mut expected: Vec<&str> = expected.copied().collect();
        expected.sort_unstable();
        names.sort_unstable();
        prop_assert_eq!(names, expected);
    }
}
