//! What the centre asks, and where mails go that she wants.

use axum::{http::StatusCode, response::Response};
use contracts::directory::Mode;
use kernel::Personal;
use mailkit::MailAddress;
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::page,
    form::Carried,
    moment,
    say::{FieldError, Say},
    view::Meeting,
};
use crate::{
    appointment::{Appointment, State},
    contact::{Contact, Field, FieldProblem},
    service::Bookable,
    setting::{Agreement, Asked, Asks},
    web::AppState,
};

/// The context of `booking/seek-contact.html`.
#[derive(Serialize)]
struct ContactPage<'a> {
    errors: &'a [FieldError],
    meeting: Meeting,
    offer_id: &'a str,
    /// The centre has to agree first.
    request: bool,
    /// Until when the time is kept free.
    until: Option<Say>,
    /// When all of it is forgotten.
    forgotten: Say,
    asks: Asks,
    /// Whether anything is asked at all.
    asks_anything: bool,
    by_phone: bool,
    reminds: bool,
    /// What the centre says about what it does with it.
    data: &'a str,
    form: &'a Carried,
}

/// What is right about what she typed.
pub(super) struct Checked {
    pub(super) contact: Personal<Contact>,
    /// Where mails go.
    pub(super) remind: Option<Personal<String>>,
}

/// The page with the fields.
pub(super) fn show(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    kept: &Appointment,
    form: &Carried,
    errors: &[FieldError],
    status: StatusCode,
) -> Result<Response, PageError> {
    let asks = bookable.setting.asks;
    let context = ContactPage {
        errors,
        meeting: Meeting::at(bookable, kept.span, kept.mode, visit.lang),
        offer_id: &bookable.offer.id,
        request: bookable.setting.agreement == Agreement::Centre,
        until: held_until(kept),
        forgotten: moment::day_and_clock(kept.forget_at),
        asks,
        asks_anything: asks != Asks { name: crate::setting::NameAsked::Nothing, ..Asks::default() },
        by_phone: kept.mode == Mode::Phone,
        reminds: !bookable.setting.reminders.is_empty(),
        data: &bookable.setting.data,
        form,
    };
    page(app, visit, status, "booking/seek-contact.html", &context)
}

/// Until when a time is kept free.
pub(super) fn held_until(kept: &Appointment) -> Option<Say> {
    match kept.state {
        State::Held { until } => Some(moment::clock(until)),
        State::Requested | State::Confirmed | State::Cancelled { .. } => None,
    }
}

/// Checks what she typed.
pub(super) fn check(form: &Carried, asks: Asks) -> Result<Checked, Vec<FieldError>> {
    let typed = form.typed();
    let checked = Contact::check(typed.expose(), asks);
    let (address, field) = match asks.mail {
        Asked::No => (Some(form.erinnerung.trim()), Field::Remind),
        _ if form.auch == "ja" => (Some(form.mail.trim()), Field::Mail),
        _ => (None, Field::Mail),
    };
    let problem = match address {
        // she wants mails and gave no address for them
        Some("") if field == Field::Mail => Some(FieldProblem::Missing),
        Some(address) if !address.is_empty() && MailAddress::parse(address).is_err() => {
            Some(FieldProblem::NoMail)
        }
        _ => None,
    };
    let mut problems = checked.as_ref().err().cloned().unwrap_or_default();
    if let Some(problem) = problem
        && !problems.iter().any(|(known, _)| *known == field)
    {
        problems.push((field, problem));
    }
    match checked {
        Ok(contact) if problems.is_empty() => {
            let remind = address.filter(|address| !address.is_empty());
            Ok(Checked { contact, remind: remind.map(|address| Personal::new(address.to_owned())) })
        }
        _ => Err(problems.into_iter().map(|(field, problem)| error(field, problem)).collect()),
    }
}

fn error(field: Field, problem: FieldProblem) -> FieldError {
    let message = match (problem, field) {
        (FieldProblem::Missing, Field::LastName) => "seek-error-last-name-missing",
        (FieldProblem::Missing, Field::Mail | Field::Remind) => "seek-error-mail-missing",
        (FieldProblem::Missing, Field::Phone) => "seek-error-phone-missing",
        (FieldProblem::Missing, Field::Name | Field::Note) => "seek-error-name-missing",
        (FieldProblem::TooLong, Field::Note) => "seek-error-note-long",
        (FieldProblem::TooLong, _) => "seek-error-name-long",
        (FieldProblem::NoMail, _) => "seek-error-mail",
        (FieldProblem::NoPhone, _) => "seek-error-phone",
    };
    FieldError::new(id_of(field), message)
}

/// The id of a field's element.
const fn id_of(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::LastName => "last-name",
        Field::Mail => "mail",
        Field::Phone => "phone",
        Field::Note => "note",
        Field::Remind => "remind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::NameAsked;

    fn form(change: impl FnOnce(&mut Carried)) -> Carried {
        let mut form = Carried::default();
        change(&mut form);
        form
    }

    fn wrong(form: &Carried, asks: Asks) -> Vec<&'static str> {
        check(form, asks).map(|_| ()).unwrap_err().iter().map(|error| error.field).collect()
    }

    const MAIL: Asks = Asks { mail: Asked::IfWanted, name: NameAsked::Full, phone: Asked::No, note: false };

    #[test]
    fn mails_go_to_an_address_of_their_own_or_to_the_one_for_the_counsellor() {
        let own = form(|form| form.erinnerung = " kim@example.org ".into());
        let checked = check(&own, Asks::default()).ok().unwrap();
        assert_eq!(checked.remind.unwrap().expose(), "kim@example.org");
        assert!(check(&form(|_| ()), Asks::default()).ok().unwrap().remind.is_none());

        let same = |also: &str, mail: &str| {
            form(|form| {
                (form.name, form.nachname) = ("Kim".into(), "Muster".into());
                (form.auch, form.mail) = (also.into(), mail.into());
            })
        };
        let checked = check(&same("ja", "kim@example.org"), MAIL).ok().unwrap();
        assert_eq!(checked.remind.unwrap().expose(), "kim@example.org");
        assert!(check(&same("", "kim@example.org"), MAIL).ok().unwrap().remind.is_none());
        assert_eq!(wrong(&same("ja", ""), MAIL), ["mail"], "mails without an address");
        assert_eq!(wrong(&same("ja", "kim"), MAIL), ["mail"], "said once");
        assert_eq!(wrong(&form(|form| form.erinnerung = "kim".into()), Asks::default()), ["remind"]);
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        let asks = Asks { name: NameAsked::Full, mail: Asked::Needed, phone: Asked::Needed, note: true };
        let form = form(|form| {
            form.telefon = "abc".into();
            form.anliegen = "x".repeat(1_001);
        });
        assert_eq!(wrong(&form, asks), ["name", "last-name", "mail", "phone", "note"]);
    }
}
