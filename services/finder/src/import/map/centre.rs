//! The fields of a centre.

use contracts::directory::{Access, Centre, Contacts, OpeningHours};

use super::{Mapper, Rejected, pick::first_column};
use crate::import::{
    field::{contact, day::day, hours, language::language, text::limit, word},
    problem::Repair,
    profile::Pick,
    read::Record,
};

impl Mapper<'_> {
    /// The centre without its offers.
    pub(super) fn centre(&mut self, record: &Record) -> Result<Centre, Rejected> {
        let fields = &self.profile.centre;
        let external_id = self.required(record, "external_id", fields.external_id.as_ref())?;
        let name = self.required(record, "name", fields.name.as_ref())?;
        let address = self.address(record)?;
        let description = match &fields.description {
            Some(pick) => self.lines(record, pick, limit::DESCRIPTION)?,
            None => None,
        };
        Ok(Centre {
            id: String::new(),
            source: String::new(),
            slug: String::new(),
            external_id,
            name,
            carrier: self.optional(record, fields.carrier.as_ref(), limit::NAME)?,
            association: self.optional(record, fields.association.as_ref(), limit::NAME)?,
            description,
            coordinates: self.coordinates(record, address.postcode)?,
            address,
            contacts: self.contacts(record)?,
            opening: self.opening(record)?,
            access: self.access(record)?,
            languages: match &fields.languages {
                Some(pick) => self.languages(record, pick)?,
                None => Vec::new(),
            },
            confirmed_on: self.checked(record, fields.confirmed_on.as_ref(), Repair::DateUnreadable, day)?,
            offers: Vec::new(),
        })
    }

    fn contacts(&mut self, record: &Record) -> Result<Contacts, Rejected> {
        let fields = &self.profile.centre;
        Ok(Contacts {
            phone: self.checked(record, fields.phone.as_ref(), Repair::PhoneDropped, contact::phone)?,
            fax: self.checked(record, fields.fax.as_ref(), Repair::PhoneDropped, contact::phone)?,
            email: self.checked(record, fields.email.as_ref(), Repair::MailDropped, contact::email)?,
            website: self.link(record, fields.website.as_ref())?,
        })
    }

    /// A web address.
    pub(super) fn link(&mut self, record: &Record, pick: Option<&Pick>) -> Result<Option<String>, Rejected> {
        let website = self.checked(record, pick, Repair::LinkDropped, contact::website)?;
        Ok(website.map(|(address, added)| {
            if added {
                let column = pick.and_then(first_column).unwrap_or_default();
                self.note(record.spot(column, &address), Repair::SchemeAdded);
            }
            address
        }))
    }

    fn opening(&mut self, record: &Record) -> Result<OpeningHours, Rejected> {
        let fields = &self.profile.centre;
        let mut opening = OpeningHours::default();
        if let Some(pick) = &fields.opening
            && let Some(text) = self.lines(record, pick, limit::DESCRIPTION)?
        {
            let week = hours::weekly(&text);
            if week.unread {
                self.note(record.spot(first_column(pick).unwrap_or_default(), &text), Repair::HoursAsNote);
            }
            (opening.weekly, opening.note) = (week.spans, week.note);
        }
        if let Some(pick) = &fields.opening_note
            && let Some(note) = self.lines(record, pick, limit::DESCRIPTION)?
        {
            opening.note = Some(opening.note.map_or(note.clone(), |first| format!("{first}; {note}")));
        }
        if let Some(pick) = &fields.opening_exceptions
            && let Some(text) = self.lines(record, pick, limit::DESCRIPTION)?
        {
            let (exceptions, unread) = hours::exceptions(&text);
            for part in unread {
                self.note(record.spot(first_column(pick).unwrap_or_default(), part), Repair::DateUnreadable);
            }
            opening.exceptions = exceptions;
        }
        Ok(opening)
    }

    fn access(&mut self, record: &Record) -> Result<Access, Rejected> {
        let fields = &self.profile.centre;
        Ok(Access {
            wheelchair: self.checked(
                record,
                fields.wheelchair.as_ref(),
                Repair::WordUnknown,
                word::wheelchair,
            )?,
            facts: match &fields.access_facts {
                Some(pick) => self.list(record, pick, limit::LINE)?,
                None => Vec::new(),
            },
            directions: self.optional(record, fields.directions.as_ref(), limit::LINE)?,
        })
    }

    /// Languages by name or tag; unknown ones are left out with a note.
    pub(super) fn languages(&mut self, record: &Record, pick: &Pick) -> Result<Vec<String>, Rejected> {
        let mut tags: Vec<String> = Vec::new();
        for name in self.list(record, pick, limit::NAME)? {
            match language(&name) {
                Some(tag) if tags.iter().any(|known| known == tag) => {}
                Some(tag) => tags.push(tag.to_owned()),
                None => self.note(
                    record.spot(first_column(pick).unwrap_or_default(), &name),
                    Repair::LanguageUnknown,
                ),
            }
        }
        Ok(tags)
    }

    /// A value that a reader accepts; one it does not accept is left out with a note.
    pub(super) fn checked<T>(
        &mut self,
        record: &Record,
        pick: Option<&Pick>,
        otherwise: Repair,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Rejected> {
        let Some(pick) = pick else { return Ok(None) };
        let Some(text) = self.line(record, pick, limit::LINE)? else { return Ok(None) };
        let value = read(&text);
        if value.is_none() {
            self.note(record.spot(first_column(pick).unwrap_or_default(), &text), otherwise);
        }
        Ok(value)
    }
}
