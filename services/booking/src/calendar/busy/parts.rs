//! What a calendar says about time, still as text: a time zone may be explained after the events that use it.

use super::{BusyProblem, COMPONENTS, DEPTH, lines};

/// Everything of a calendar that decides about time.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) events: Vec<Event>,
    pub(super) zones: Vec<Zone>,
    /// Times somebody is said to be busy, without an event.
    pub(super) busy: Vec<Value>,
}

/// An event.
#[derive(Debug, Default)]
pub(super) struct Event {
    pub(super) uid: String,
    pub(super) start: Option<Value>,
    pub(super) end: Option<Value>,
    pub(super) duration: Option<String>,
    pub(super) rules: Vec<String>,
    pub(super) more_dates: Vec<Value>,
    pub(super) except_dates: Vec<Value>,
    /// Which date of a recurring event this event replaces.
    pub(super) replaces: Option<Value>,
    /// Transparent, free or cancelled.
    pub(super) free: bool,
}

/// A time as written, with the name of its zone.
#[derive(Debug, Default)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) zone: Option<String>,
}

/// An explained time zone.
#[derive(Debug, Default)]
pub(super) struct Zone {
    pub(super) name: String,
    pub(super) observances: Vec<Observance>,
}

/// One of the offsets of an explained time zone.
#[derive(Debug, Default)]
pub(super) struct Observance {
    pub(super) daylight: bool,
    pub(super) start: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) rule: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Calendar,
    Event,
    Zone,
    Observance,
    Busy,
    Other,
}

/// Reads the parts of a calendar.
///
/// # Errors
/// [`BusyProblem`] when it is none, cut off or too large.
pub(super) fn read(text: &str) -> Result<Parts, BusyProblem> {
    let mut reader = Reader { parts: Parts::default(), open: Vec::new(), components: 0, begun: false };
    lines::each(text, |line| reader.take(line))?;
    match (reader.begun, reader.open.is_empty()) {
        (false, _) => Err(BusyProblem::NoCalendar),
        (true, false) => Err(BusyProblem::CutOff),
        (true, true) => Ok(reader.parts),
    }
}

struct Reader {
    parts: Parts,
    open: Vec<(Kind, String)>,
    components: usize,
    begun: bool,
}

impl Reader {
    fn take(&mut self, line: &lines::Line<'_>) -> Result<(), BusyProblem> {
        let begins = line.name == "BEGIN" && line.value.eq_ignore_ascii_case("VCALENDAR");
        if !self.begun && !begins {
            return Err(BusyProblem::NoCalendar);
        }
        match line.name.as_str() {
            "BEGIN" => self.begin(line.value),
            "END" => self.end(line.value),
            _ => match self.open.last().map(|(kind, _)| *kind) {
                Some(Kind::Event) => self.parts.events.last_mut().map_or(Ok(()), |event| event.take(line)),
                Some(Kind::Zone) => {
                    if line.name == "TZID"
                        && let Some(zone) = self.parts.zones.last_mut()
                    {
                        zone.name = whole(line, "TZID")?;
                    }
                    Ok(())
                }
                Some(Kind::Observance) => {
                    let zone = self.parts.zones.last_mut();
                    zone.and_then(|zone| zone.observances.last_mut()).map_or(Ok(()), |one| one.take(line))
                }
                Some(Kind::Busy) => {
                    let free = line.parameter("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE"));
                    if line.name == "FREEBUSY" && !free {
                        self.parts.busy.push(Value::of(line, "FREEBUSY")?);
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
        }
    }

    fn begin(&mut self, value: &str) -> Result<(), BusyProblem> {
        self.begun = true;
        self.components += 1;
        if self.components > COMPONENTS || self.open.len() >= DEPTH {
            return Err(BusyProblem::TooManyEntries);
        }
        let name = value.to_ascii_uppercase();
        let kind = match (self.open.last().map(|(kind, _)| *kind), name.as_str()) {
            (None, "VCALENDAR") => Kind::Calendar,
            (None, _) => return Err(BusyProblem::NoCalendar),
            (Some(Kind::Calendar), "VEVENT") => {
                self.parts.events.push(Event::default());
                Kind::Event
            }
            (Some(Kind::Calendar), "VTIMEZONE") => {
                self.parts.zones.push(Zone::default());
                Kind::Zone
            }
            (Some(Kind::Calendar), "VFREEBUSY") => Kind::Busy,
            (Some(Kind::Zone), "STANDARD" | "DAYLIGHT") => {
                if let Some(zone) = self.parts.zones.last_mut() {
                    zone.observances
                        .push(Observance { daylight: name == "DAYLIGHT", ..Observance::default() });
                }
                Kind::Observance
            }
            _ => Kind::Other,
        };
        self.open.push((kind, name));
        Ok(())
    }

    fn end(&mut self, value: &str) -> Result<(), BusyProblem> {
        match self.open.pop() {
            Some((_, name)) if name.eq_ignore_ascii_case(value) => Ok(()),
            _ => Err(BusyProblem::CutOff),
        }
    }
}

impl Event {
    fn take(&mut self, line: &lines::Line<'_>) -> Result<(), BusyProblem> {
        let says = |what: &str| line.value.eq_ignore_ascii_case(what);
        match line.name.as_str() {
            "UID" => self.uid = whole(line, "UID")?,
            "DTSTART" => self.start = Some(Value::of(line, "DTSTART")?),
            "DTEND" => self.end = Some(Value::of(line, "DTEND")?),
            "DURATION" => self.duration = Some(whole(line, "DURATION")?),
            "RRULE" => self.rules.push(whole(line, "RRULE")?),
            "RDATE" => self.more_dates.push(Value::of(line, "RDATE")?),
            "EXDATE" => self.except_dates.push(Value::of(line, "EXDATE")?),
            "EXRULE" => return Err(BusyProblem::not_understood("EXRULE", line.value)),
            "RECURRENCE-ID" if line.parameter("RANGE").is_some() => {
                return Err(BusyProblem::not_understood("RECURRENCE-ID", "RANGE=THISANDFUTURE"));
            }
            "RECURRENCE-ID" => self.replaces = Some(Value::of(line, "RECURRENCE-ID")?),
            "STATUS" => self.free |= says("CANCELLED"),
            "TRANSP" => self.free |= says("TRANSPARENT"),
            // What Outlook writes for an entry shown as free.
            "X-MICROSOFT-CDO-BUSYSTATUS" => self.free |= says("FREE"),
            _ => {}
        }
        Ok(())
    }
}

impl Observance {
    fn take(&mut self, line: &lines::Line<'_>) -> Result<(), BusyProblem> {
        match line.name.as_str() {
            "DTSTART" => self.start = whole(line, "DTSTART")?,
            "TZOFFSETFROM" => self.from = whole(line, "TZOFFSETFROM")?,
            "TZOFFSETTO" => self.to = whole(line, "TZOFFSETTO")?,
            "RRULE" => self.rule = Some(whole(line, "RRULE")?),
            _ => {}
        }
        Ok(())
    }
}

impl Value {
    fn of(line: &lines::Line<'_>, property: &'static str) -> Result<Self, BusyProblem> {
        Ok(Self { text: whole(line, property)?, zone: line.parameter("TZID").map(str::to_owned) })
    }
}

fn whole(line: &lines::Line<'_>, property: &'static str) -> Result<String, BusyProblem> {
    if line.cut {
        return Err(BusyProblem::not_understood(property, line.value));
    }
    Ok(line.value.to_owned())
}
