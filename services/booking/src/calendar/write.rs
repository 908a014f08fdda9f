//! Writing calendar files.
//!
//! All times are written in UTC. An appointment happens once, so that no rule of a time zone could ever have to be applied
//! again; UTC tells both 02:30 of an October night apart and cannot disagree with the claims; and every calendar shows
//! it in its owner's own time. A VTIMEZONE would be needed for nothing else.

use icalendar::{Calendar, Component, Event, Property};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    entry::{Entry, Status},
    text::{clean, clean_line, fold, mailto},
};

/// Who wrote the file: the same for every installation, and nothing that tells what it is about.
const PRODUCER: &str = "-//Termine//1//DE";

/// How often a calendar should look at a feed again.
const REFRESH: &str = "PT1H";

/// Longest title, place and description in characters. What is longer is cut: a file must fit into a mail.
const SUMMARY: usize = 200;
const LOCATION: usize = 300;
const DESCRIPTION: usize = 4_000;

/// A calendar file, with the method that the mail part around it has to name as well.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarText {
    /// What the calendar is to do with it.
    pub method: Method,
    /// The file: CRLF line ends, begins with `BEGIN:VCALENDAR`.
    pub text: String,
}

/// What a calendar is to do with a file (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Show what is in it; nobody is asked for an answer.
    Publish,
    /// Enter an appointment, or change it.
    Request,
    /// Take an appointment out.
    Cancel,
}

/// The two mail addresses that a calendar looks for before it believes a request.
///
/// Neither is a seeker's: the centre's own address may stand on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties<'a> {
    /// Who keeps the appointment, the domain in ASCII.
    pub organizer: &'a str,
    /// Whose calendar it goes into, the domain in ASCII.
    pub attendee: &'a str,
}

/// How much a feed tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail<'a> {
    /// Each entry under this one title, without words and place.
    Neutral(&'a str),
    /// Each entry with its own title, words and place.
    Detailed,
}

impl Method {
    /// As it stands in the file and in the header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// The file a seeker downloads or is sent: a title and perhaps an address, and nobody's name.
///
/// The description stays out, whatever it says, for others may look into a seeker's calendar. There is no organizer
/// either, though RFC 5546 wants one: it would name the centre, and calendars do not miss it in something published.
/// A cancelled entry is published as cancelled.
pub fn seeker_file(entry: &Entry) -> CalendarText {
    let event = event(entry, &entry.summary, None, entry.location.as_deref());
    file(Method::Publish, Vec::new(), [event])
}

/// The file a centre is sent: asks its calendar to enter the appointment, to change it, or to take it out.
pub fn centre_file(entry: &Entry, parties: Parties<'_>) -> CalendarText {
    let mut event = event(entry, &entry.summary, entry.description.as_deref(), entry.location.as_deref());
    event.append_property(Property::new("ORGANIZER", mailto(parties.organizer)));
    let mut attendee = Property::new("ATTENDEE", mailto(parties.attendee));
    attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
    if entry.status != Status::Cancelled {
        attendee.add_parameter("PARTSTAT", "ACCEPTED").add_parameter("RSVP", "FALSE");
    }
    event.append_multi_property(attendee);
    let method = if entry.status == Status::Cancelled { Method::Cancel } else { Method::Request };
    file(method, Vec::new(), [event])
}

/// The feed a counsellor's own calendar subscribes to, under a title of its own. Cancelled entries are left out, so that
/// they vanish there.
pub fn feed(entries: &[Entry], name: &str, detail: Detail<'_>) -> CalendarText {
    let name = clean_line(name, SUMMARY);
    let properties = vec![
        // The library does not know that NAME (RFC 7986) is text; without the parameter it would not escape it.
        Property::new("NAME", &*name).add_parameter("VALUE", "TEXT").done(),
        Property::new("X-WR-CALNAME", &*name),
        Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done(),
        Property::new("X-PUBLISHED-TTL", REFRESH),
    ];
    let kept = entries.iter().filter(|entry| entry.status != Status::Cancelled);
    let events = kept.map(|entry| match detail {
        Detail::Neutral(summary) => event(entry, summary, None, None),
        Detail::Detailed => {
            event(entry, &entry.summary, entry.description.as_deref(), entry.location.as_deref())
        }
    });
    file(Method::Publish, properties, events)
}

fn file(method: Method, properties: Vec<Property>, events: impl IntoIterator<Item = Event>) -> CalendarText {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", PRODUCER));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", method.as_str()));
    for property in properties {
        calendar.append_property(property);
    }
    for event in events {
        calendar.push(event);
    }
    CalendarText { method, text: fold(&calendar.to_string()) }
}

fn event(entry: &Entry, summary: &str, description: Option<&str>, location: Option<&str>) -> Event {
    let mut event = Event::new();
    event.add_property("UID", clean_line(&entry.uid, SUMMARY));
    event.add_property("SEQUENCE", entry.sequence.to_string());
    event.add_property("DTSTAMP", utc(entry.stamp));
    event.add_property("DTSTART", utc(entry.span.from));
    event.add_property("DTEND", utc(entry.span.to));
    event.add_property("SUMMARY", clean_line(summary, SUMMARY));
    if let Some(description) = description {
        event.add_property("DESCRIPTION", clean(description, DESCRIPTION));
    }
    if let Some(location) = location {
        event.add_property("LOCATION", clean_line(location, LOCATION));
    }
    event.add_property("STATUS", entry.status.as_str());
    event.add_property("CLASS", "PRIVATE");
    event.add_property("TRANSP", if entry.status == Status::Cancelled { "TRANSPARENT" } else { "OPAQUE" });
    event.done()
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

impl std::fmt::Debug for CalendarText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CalendarText({}, …)", self.method.as_str())
    }
}
