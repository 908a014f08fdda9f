//! A location, with the organization of its service, as a centre.

use contracts::directory::{
    Access, Address, Centre, Contacts, Coordinates, LocationBasis, OpeningException, OpeningHours,
    OpeningSpan, Weekday,
};
use jiff::civil::{Date, Time};

use super::{Node, Reader, Rejected};
use crate::import::{
    field::{contact, day::day, hours, text::limit, word},
    map::{checked_point, checked_postcode, point_of, town_of},
    problem::{Problem, Repair},
};

impl Reader<'_> {
    pub(super) fn centre(
        &mut self,
        service: &Node<'_>,
        location: &Node<'_>,
        id: &str,
    ) -> Result<Centre, Rejected> {
        let organization = service.child("organization");
        let organization_name = match &organization {
            Some(organization) => self.line(organization, "name", limit::NAME)?,
            None => None,
        };
        let name = match self.line(location, "name", limit::NAME)? {
            Some(name) => name,
            None => organization_name
                .clone()
                .ok_or_else(|| self.reject(location.spot("name", ""), Problem::Required))?,
        };
        // An organization with the id of the location is the centre itself, not a body that runs it.
        let is_itself = organization
            .as_ref()
            .is_some_and(|node| node.value.get("id").and_then(|id| id.as_str()) == Some(id));
        let address = self.address(location)?;
        let external_id =
            self.line(location, "external_identifier", limit::ID)?.unwrap_or_else(|| id.to_owned());
        Ok(Centre {
            id: String::new(),
            source: String::new(),
            slug: String::new(),
            external_id,
            carrier: organization_name.filter(|_| !is_itself),
            association: self.association(organization.as_ref())?,
            description: self.lines(location, "description")?,
            coordinates: self.point(location, &address)?,
            contacts: self.contacts(service, location, organization.as_ref())?,
            opening: self.opening(service, location)?,
            access: self.access(location)?,
            languages: self.languages(location)?,
            confirmed_on: self.date(service, "assured_date")?,
            offers: Vec::new(),
            address,
            name,
        })
    }

    fn association(&mut self, organization: Option<&Node<'_>>) -> Result<Option<String>, Rejected> {
        let Some(organization) = organization else { return Ok(None) };
        if let Some(parent) = organization.child("parent_organization") {
            return self.line(&parent, "name", limit::NAME);
        }
        self.attribute(organization, "association")
    }

    /// The value of the first attribute of this kind.
    fn attribute(&mut self, node: &Node<'_>, link_type: &str) -> Result<Option<String>, Rejected> {
        for attribute in self.nodes(node, "attributes")? {
            if self.text(&attribute, "link_type")?.as_deref() == Some(link_type) {
                return self.lines(&attribute, "value");
            }
        }
        Ok(None)
    }

    fn address(&mut self, location: &Node<'_>) -> Result<Address, Rejected> {
        let addresses = self.nodes(location, "addresses")?;
        let physical = addresses
            .iter()
            .find(|node| node.value.get("address_type").and_then(|kind| kind.as_str()) == Some("physical"));
        let Some(address) = physical.or(addresses.first()) else {
            return Err(self.reject(location.spot("addresses", ""), Problem::Required));
        };
        let written = self.required(address, "postal_code")?;
        let postcode = match checked_postcode(self.around.places, &written) {
            Ok((postcode, repair)) => {
                if let Some(repair) = repair {
                    self.findings.note(address.spot("postal_code", &written), repair);
                }
                postcode
            }
            Err(problem) => return Err(self.reject(address.spot("postal_code", &written), problem)),
        };
        let city = match self.line(address, "city", limit::NAME)? {
            Some(city) => city,
            None => {
                self.findings.note(address.spot("city", &written), Repair::TownFromPostcode);
                town_of(self.around.places, postcode)
                    .ok_or_else(|| self.reject(address.spot("city", ""), Problem::Required))?
            }
        };
        Ok(Address {
            street: self.line(address, "address_1", limit::LINE)?,
            extra: self.line(address, "address_2", limit::LINE)?,
            postcode,
            city,
        })
    }

    fn point(&mut self, location: &Node<'_>, address: &Address) -> Result<Option<Coordinates>, Rejected> {
        let of_postcode = point_of(self.around.places, address.postcode);
        let (lat, lon) = (self.number(location, "latitude")?, self.number(location, "longitude")?);
        let (Some(lat), Some(lon)) = (lat, lon) else { return Ok(of_postcode) };
        let (point, repair) = checked_point(&lat, &lon);
        if let Some(repair) = repair {
            self.findings.note(location.spot("latitude", &format!("{lat} {lon}")), repair);
        }
        let rough = self.attribute(location, "location_basis")?.as_deref() == Some("postcode");
        let basis = if rough { LocationBasis::Postcode } else { LocationBasis::Given };
        Ok(point.map(|(lat, lon)| Coordinates { lat, lon, basis }).or(of_postcode))
    }

    /// What the location does not say, the service or the organization says.
    fn contacts(
        &mut self,
        service: &Node<'_>,
        location: &Node<'_>,
        organization: Option<&Node<'_>>,
    ) -> Result<Contacts, Rejected> {
        let mut contacts = Contacts::default();
        for node in std::iter::once(location).chain([service]).chain(organization) {
            for phone in self.nodes(node, "phones")? {
                let Some(number) = self.line(&phone, "number", limit::LINE)? else { continue };
                let Some(number) = contact::phone(&number) else {
                    self.findings.note(phone.spot("number", &number), Repair::PhoneDropped);
                    continue;
                };
                let fax = self.text(&phone, "type")?.is_some_and(|kind| kind.eq_ignore_ascii_case("fax"));
                let place = if fax { &mut contacts.fax } else { &mut contacts.phone };
                place.get_or_insert(number);
            }
        }
        for node in self.nodes(location, "contacts")?.iter().chain([service]).chain(organization) {
            if contacts.email.is_some() {
                break;
            }
            let Some(written) = self.line(node, "email", limit::LINE)? else { continue };
            contacts.email = contact::email(&written);
            if contacts.email.is_none() {
                self.findings.note(node.spot("email", &written), Repair::MailDropped);
            }
        }
        contacts.website = match self.link(location, "url")? {
            Some(link) => Some(link),
            None => match organization {
                Some(organization) => self.link(organization, "website")?,
                None => None,
            },
        };
        Ok(contacts)
    }

    fn access(&mut self, location: &Node<'_>) -> Result<Access, Rejected> {
        let mut access = Access {
            wheelchair: self.attribute(location, "wheelchair")?.as_deref().and_then(word::wheelchair),
            facts: Vec::new(),
            directions: self.line(location, "transportation", limit::LINE)?,
        };
        for entry in self.nodes(location, "accessibility")? {
            if let Some(fact) = self.line(&entry, "description", limit::LINE)? {
                access.facts.push(fact);
            }
        }
        access.facts.truncate(limit::LIST);
        Ok(access)
    }

    /// The location's schedules, or the service's when the location has none.
    fn opening(&mut self, service: &Node<'_>, location: &Node<'_>) -> Result<OpeningHours, Rejected> {
        let mut schedules = self.nodes(location, "schedules")?;
        if schedules.is_empty() {
            schedules = self.nodes(service, "schedules")?;
        }
        let mut opening =
            OpeningHours { note: self.attribute(location, "opening_note")?, ..OpeningHours::default() };
        for schedule in &schedules {
            let note = self.line(schedule, "notes", limit::LINE)?;
            let times = (self.time(schedule, "opens_at")?, self.time(schedule, "closes_at")?);
            let days = self.text(schedule, "byday")?.map(|days| weekdays(&days)).unwrap_or_default();
            let dates = (self.date(schedule, "valid_from")?, self.date(schedule, "valid_to")?);
            match (dates, times) {
                ((Some(from), Some(to)), (opens, closes)) if days.is_empty() && from <= to => {
                    exception(&mut opening.exceptions, from, to, opens.zip(closes), note);
                }
                (_, (Some(opens), Some(closes))) if opens < closes && !days.is_empty() => {
                    let spans = days.iter().map(|&weekday| OpeningSpan {
                        weekday,
                        opens,
                        closes,
                        note: note.clone(),
                    });
                    opening.weekly.extend(spans);
                }
                _ => {
                    // Hours in words only.
                    let words = self.line(schedule, "description", limit::LINE)?.or(note);
                    let Some(words) = words else { continue };
                    let read = hours::weekly(&words);
                    opening.weekly.extend(read.spans);
                    if let Some(more) = read.note {
                        self.findings.note(schedule.spot("", &more), Repair::HoursAsNote);
                        opening.note =
                            Some(opening.note.map_or(more.clone(), |first| format!("{first}; {more}")));
                    }
                }
            }
        }
        opening.weekly.sort();
        opening.weekly.dedup();
        opening.exceptions.sort();
        Ok(opening)
    }

    fn time(&mut self, node: &Node<'_>, field: &str) -> Result<Option<Time>, Rejected> {
        let Some(text) = self.text(node, field)? else { return Ok(None) };
        let mut parts = text.split(['+', 'Z']).next().unwrap_or_default().split(':');
        let mut part = || parts.next().and_then(|part| part.parse::<i8>().ok());
        let time = match (part(), part()) {
            (Some(24), Some(0)) => Time::new(23, 59, 0, 0).ok(),
            (Some(hour), Some(minute)) => Time::new(hour, minute, 0, 0).ok(),
            _ => None,
        };
        if time.is_none() {
            self.findings.note(node.spot(field, &text), Repair::DateUnreadable);
        }
        Ok(time)
    }

    fn date(&mut self, node: &Node<'_>, field: &str) -> Result<Option<Date>, Rejected> {
        let Some(text) = self.text(node, field)? else { return Ok(None) };
        let date = day(&text);
        if date.is_none() {
            self.findings.note(node.spot(field, &text), Repair::DateUnreadable);
        }
        Ok(date)
    }
}

/// Spans of the same days belong to one exception.
fn exception(
    exceptions: &mut Vec<OpeningException>,
    from: Date,
    to: Date,
    span: Option<(Time, Time)>,
    note: Option<String>,
) {
    let span = span.filter(|(opens, closes)| opens < closes);
    let known = exceptions.iter_mut().find(|known| (known.from, known.to, &known.note) == (from, to, &note));
    match known {
        Some(known) => known.open.extend(span),
        None => exceptions.push(OpeningException { from, to, open: span.into_iter().collect(), note }),
    }
}

/// Days of iCalendar: "MO,WE".
fn weekdays(text: &str) -> Vec<Weekday> {
    const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = |code: &str| CODES.iter().position(|known| *known == code.trim().to_uppercase());
    text.split([',', ';']).filter_map(place).map(|place| Weekday::ALL[place]).collect()
}
