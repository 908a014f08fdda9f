//! Putting a mail together from messages.

use contracts::directory::Mode;
use fluent_bundle::FluentArgs;
use jiff::{Timestamp, Zoned, tz::AmbiguousOffset};
use kernel::Lang;
use rust_embed::RustEmbed;
use webkit::{
    catalogue::{Catalogue, CatalogueError},
    shared::messages_in,
};

use crate::{
    Span,
    availability::{Modes, berlin},
};

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*/mail-booking.ftl"]
struct Messages;

/// The messages of all mails.
pub(super) struct Letters(Catalogue);

/// What a mail says.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) body: String,
}

/// What a mail speaks of. Each line stands in it if there is something to say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) span: Span,
    pub(super) mode: Mode,
    /// Street and town.
    pub(super) place: Option<&'a str>,
    pub(super) offer: Option<&'a str>,
    pub(super) counsellor: Option<&'a str>,
    pub(super) room: Option<&'a str>,
    /// What the centre tells with a cancellation, in one or several lines.
    pub(super) note: Option<&'a str>,
}

/// A time that has become free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Freed {
    pub(super) span: Span,
    pub(super) modes: Modes,
    /// Notices that may come after this one.
    pub(super) left: u8,
}

/// Addresses of pages.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    /// Her appointment, with the secret.
    pub(super) link: Option<&'a str>,
    /// Where she can look for another one.
    pub(super) home: &'a str,
    /// The workplace of staff.
    pub(super) desk: &'a str,
}

impl Letters {
    /// # Errors
    /// [`CatalogueError`] when a file is not valid Fluent, which a test keeps from happening.
    pub(super) fn new() -> Result<Self, CatalogueError> {
        Ok(Self(Catalogue::new(&messages_in::<Messages>())?))
    }

    /// The mail `mail-booking-…`; `None` when a message or an argument is missing.
    pub(super) fn write(
        &self,
        message: &str,
        lang: Lang,
        facts: &Facts<'_>,
        links: &Links<'_>,
    ) -> Option<Letter> {
        let begins = local(facts.span.from);
        let mut args = FluentArgs::new();
        args.set("date", self.date(lang, &begins)?);
        args.set("time", self.text(lang, "time", &[("time", clock(&begins))])?);
        args.set("facts", self.facts(lang, facts)?);
        args.set("home", links.home);
        args.set("desk", links.desk);
        if let Some(link) = links.link {
            args.set("link", link);
        }
        if let Some(note) = facts.note {
            args.set("note", note.lines().map(one_line).collect::<Vec<_>>().join("\n"));
        }
        self.letter(message, lang, &args)
    }

    /// The mail of a waiting list, with what has become free if it tells that.
    pub(super) fn write_waiting(
        &self,
        message: &str,
        lang: Lang,
        link: &str,
        freed: Option<Freed>,
    ) -> Option<Letter> {
        let mut args = FluentArgs::new();
        args.set("link", link);
        if let Some(Freed { span, modes, left }) = freed {
            let modes = modes.iter().map(|mode| self.text(lang, &format!("mode-{}", mode.code()), &[]));
            let modes = modes.collect::<Option<Vec<_>>>()?.join(", ");
            let how = self.text(lang, "how", &[("mode", modes)])?;
            args.set("facts", format!("{}\n{how}", self.when(lang, span)?));
            args.set("left", left);
        }
        self.letter(message, lang, &args)
    }

    fn letter(&self, message: &str, lang: Lang, args: &FluentArgs<'_>) -> Option<Letter> {
        let text = |id: &str| self.0.text(lang, id, args).map(|text| without_isolates(&text));
        let id = format!("mail-booking-{message}");
        let [greeting, footer] = [text("mail-booking-greeting")?, text("mail-booking-footer")?];
        let body = format!("{greeting}\n\n{}\n\n{footer}\n", text(&id)?);
        Some(Letter { subject: text(&format!("{id}.subject"))?, body })
    }

    /// The title of an appointment in a calendar: the same for all.
    pub(super) fn calendar_title(&self, lang: Lang) -> Option<String> {
        self.text(lang, "calendar", &[])
    }

    /// When, how, where, one line each.
    pub(super) fn facts(&self, lang: Lang, facts: &Facts<'_>) -> Option<String> {
        let mode = self.text(lang, &format!("mode-{}", facts.mode.code()), &[])?;
        let mut lines = vec![self.when(lang, facts.span)?, self.text(lang, "how", &[("mode", mode)])?];
        let more = [
            ("where", "place", facts.place),
            ("offer", "name", facts.offer),
            ("with", "name", facts.counsellor),
            ("room", "name", facts.room),
        ];
        for (message, argument, value) in more {
            if let Some(value) = value {
                lines.push(self.text(lang, message, &[(argument, one_line(value))])?);
            }
        }
        Some(lines.join("\n"))
    }

    fn when(&self, lang: Lang, span: Span) -> Option<String> {
        let (from, to) = (local(span.from), local(span.to));
        let when = [
            ("weekday", self.text(lang, &format!("weekday-{}", from.weekday().to_monday_one_offset()), &[])?),
            ("date", self.date(lang, &from)?),
            ("year", from.year().to_string()),
            ("from", self.exact(lang, &from)?),
            ("to", self.exact(lang, &to)?),
        ];
        self.text(lang, "when", &when)
    }

    fn date(&self, lang: Lang, at: &Zoned) -> Option<String> {
        let month = self.text(lang, &format!("month-{}", at.month()), &[])?;
        self.text(lang, "date", &[("day", at.day().to_string()), ("month", month)])
    }

    /// What the clock shows, and which of both in the night when it shows it twice.
    fn exact(&self, lang: Lang, at: &Zoned) -> Option<String> {
        let twice = berlin().to_ambiguous_zoned(at.datetime()).offset();
        let AmbiguousOffset::Fold { before, .. } = twice else { return Some(clock(at)) };
        let message = if at.offset() == before { "time-summer" } else { "time-winter" };
        self.text(lang, message, &[("time", clock(at))])
    }

    fn text(&self, lang: Lang, message: &str, args: &[(&'static str, String)]) -> Option<String> {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, value.as_str());
        }
        let text = self.0.text(lang, &format!("mail-booking-{message}"), &fluent)?;
        Some(without_isolates(&text))
    }
}

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(berlin().clone())
}

fn clock(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// What others wrote stays on its line.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fluent isolates the direction of what it puts in; in plain text these marks would stick to links.
fn without_isolates(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const MESSAGES: [&str; 14] = [
        "requested",
        "confirmed",
        "moved",
        "moved-request",
        "cancelled",
        "cancelled-by-centre",
        "cancelled-by-centre-with-note",
        "reminder",
        "centre-requested",
        "centre-unanswered",
        "centre-confirmed",
        "centre-moved",
        "centre-cancelled",
        "centre-cancelled-by-centre",
    ];

    const LINKS: Links<'_> = Links {
        link: Some("https://hilfe.example/mein-termin#SECRET"),
        home: "https://hilfe.example/",
        desk: "https://hilfe.example/arbeitsplatz",
    };

    fn facts(from: &str) -> Facts<'static> {
        let span = Span::lasting(from.parse().unwrap(), jiff::SignedDuration::from_mins(45));
        let place = Some("Hauptstraße 1, 79098 Freiburg");
        let note = Some("Wir sind krank.\nBitte rufen Sie an.");
        Facts { span, mode: Mode::InPerson, place, offer: None, counsellor: None, room: None, note }
    }

    #[test]
    fn every_mail_is_complete_in_every_language_and_says_nothing_in_its_subject() {
        let letters = Letters::new().unwrap();
        let facts = facts("2026-12-03T09:00:00Z");
        for message in MESSAGES {
            let mut bodies = Vec::new();
            for lang in Lang::ALL {
                let letter = letters.write(message, lang, &facts, &LINKS);
                let letter = letter.unwrap_or_else(|| panic!("{message} in {lang} lacks a message"));
                assert!(!letter.subject.is_empty() && !letter.subject.contains('\n'), "{}", letter.subject);
                let subject = letter.subject.to_lowercase();
                for word in ["sucht", "schuld", "beratung", "obdach", "addict", "debt", "counsel", "freiburg"]
                {
                    assert!(!subject.contains(word), "{subject}");
                }
                assert!(letter.body.contains("10:00") && letter.body.contains("10:45"), "{}", letter.body);
                assert!(letter.body.contains("Hauptstraße 1, 79098 Freiburg"));
                assert!(letter.body.lines().all(|line| line.len() <= 998));
                assert!(!letter.body.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']));
                let goes_on = !message.contains("cancelled") && !message.starts_with("centre");
                let links = letter.body.lines().filter(|line| *line == LINKS.link.unwrap()).count();
                assert_eq!(
                    links,
                    usize::from(goes_on),
                    "{message} in {lang}: the secret on a line of its own"
                );
                bodies.push(letter.body);
            }
            assert_ne!(bodies[0], bodies[1], "{message} is not translated");
        }
    }

    #[test]
    fn a_mail_reads_like_this() {
        let letters = Letters::new().unwrap();
        let letter = letters.write("confirmed", Lang::De, &facts("2026-12-03T09:00:00Z"), &LINKS).unwrap();
        assert_eq!(letter.subject, "Ihr Termin am 3. Dezember");
        assert_eq!(
            letter.body,
            "Guten Tag,\n\nIhr Termin steht fest:\n\n\
             Wann: Donnerstag, 3. Dezember 2026, 10:00 bis 10:45 Uhr\n\
             Wie: persönlich\n\
             Wo: Hauptstraße 1, 79098 Freiburg\n\n\
             Hier können Sie den Termin ansehen, verschieben oder absagen:\n\
             https://hilfe.example/mein-termin#SECRET\n\n\
             Der Link ist nur für Sie. Geben Sie ihn nicht weiter.\n\
             Nach dem Termin löschen wir alles, was Sie angegeben haben.\n\n\
             --\nDiese Mail wurde automatisch verschickt. Bitte antworten Sie nicht darauf.\n"
        );
    }

    #[test]
    fn a_note_stands_in_its_mail_alone_line_by_line() {
        let letters = Letters::new().unwrap();
        let mail =
            |message| letters.write(message, Lang::De, &facts("2026-12-03T09:00:00Z"), &LINKS).unwrap();
        let told = mail("cancelled-by-centre-with-note").body;
        assert!(told.contains("\n\nWir sind krank.\nBitte rufen Sie an.\n\n"), "{told}");
        assert!(!mail("cancelled-by-centre").body.contains("krank"));
    }

    #[test]
    fn a_notice_says_when_and_that_it_is_no_booking_and_nothing_else() {
        let letters = Letters::new().unwrap();
        let link = "https://hilfe.example/warteliste#SECRET";
        let span = facts("2026-12-03T09:00:00Z").span;
        let modes: Modes = [Mode::InPerson, Mode::Phone].into_iter().collect();
        let freed = |left| Some(Freed { span, modes, left });
        for lang in Lang::ALL {
            let asks = letters.write_waiting("waiting-confirm", lang, link, None).unwrap();
            let tells =
                [2, 1, 0].map(|left| letters.write_waiting("waiting-earlier", lang, link, freed(left)));
            let tells = tells.map(Option::unwrap);
            let bodies: BTreeSet<_> = tells.iter().map(|letter| letter.body.clone()).collect();
            assert_eq!(bodies.len(), 3, "each says how many may follow");
            assert!(
                tells.iter().all(|letter| letter.body.contains("10:00") && letter.body.contains("10:45"))
            );
            for letter in tells.iter().chain([&asks]) {
                let all = format!("{}\n{}", letter.subject, letter.body).to_lowercase();
                for word in ["sucht", "schuld", "beratung", "obdach", "addict", "debt", "counsel", "stelle"] {
                    assert!(!all.contains(word), "{word}: {all}");
                }
                assert_eq!(letter.body.lines().filter(|line| *line == link).count(), 1, "{}", letter.body);
                assert!(!letter.subject.contains('\n') && !letter.body.contains(['\u{2068}', '\u{2069}']));
            }
        }
        let tells = letters.write_waiting("waiting-earlier", Lang::De, link, freed(2)).unwrap();
        assert_eq!(tells.subject, "Ein früherer Termin ist frei");
        assert_eq!(
            tells.body,
            "Guten Tag,\n\nein früherer Termin ist frei:\n\n\
             Wann: Donnerstag, 3. Dezember 2026, 10:00 bis 10:45 Uhr\n\
             Wie: persönlich, am Telefon\n\n\
             Hier kommen Sie zu den freien Zeiten. Dort können Sie sich auch von der Warteliste streichen:\n\
             https://hilfe.example/warteliste#SECRET\n\n\
             Haben Sie schon einen Termin? Dann verschieben Sie ihn unter „Mein Termin“.\n\
              Das ist keine Buchung. Alle auf der Warteliste bekommen diese Mail. Wer zuerst bucht, bekommt den Termin.\n\
             Sie bekommen höchstens noch 2 solche Mails.\n\n\
             --\nDiese Mail wurde automatisch verschickt. Bitte antworten Sie nicht darauf.\n"
        );
    }

    #[test]
    fn every_month_weekday_and_mode_has_a_word_and_a_time_that_comes_twice_is_told_apart() {
        let letters = Letters::new().unwrap();
        for lang in Lang::ALL {
            for month in 1..=12 {
                for (day, mode) in (1..=7).zip(Mode::ALL.into_iter().cycle()) {
                    let facts = Facts { mode, ..facts(&format!("2026-{month:02}-{day:02}T09:00:00Z")) };
                    assert!(letters.facts(lang, &facts).is_some(), "{facts:?} in {lang}");
                }
            }
        }
        let summer = letters.facts(Lang::De, &facts("2026-10-25T00:30:00Z")).unwrap();
        assert!(summer.contains("02:30 (Sommerzeit) bis 02:15 (Winterzeit)"), "{summer}");
    }

    #[test]
    fn what_others_wrote_stays_on_its_line() {
        let letters = Letters::new().unwrap();
        let facts = Facts { place: Some("A\r\nBcc: x@example.org\u{85}B"), ..facts("2026-12-03T09:00:00Z") };
        let text = letters.facts(Lang::De, &facts).unwrap();
        assert!(text.ends_with("Wo: A Bcc: x@example.org B"), "{text}");
    }

    #[test]
    fn a_missing_link_is_no_mail() {
        let letters = Letters::new().unwrap();
        let links = Links { link: None, ..LINKS };
        assert!(letters.write("confirmed", Lang::De, &facts("2026-12-03T09:00:00Z"), &links).is_none());
    }
}
