//! What a seeker says of herself: checked, sealed, never printed.

use kernel::Personal;
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::setting::{Asked, Asks, NameAsked};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 80;
/// Longest phone number, in characters.
const LONGEST_PHONE: usize = 30;
/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 1_000;
/// Longest note that goes with a cancellation, in characters.
pub const LONGEST_CANCEL_NOTE: usize = 500;

/// What she typed, as the form sends it.
#[derive(Default, Deserialize, Zeroize)]
#[serde(default)]
pub struct Typed {
    /// A name she likes, or her first name.
    pub name: String,
    /// Her last name.
    pub last_name: String,
    /// A mail address for the counsellor.
    pub mail: String,
    /// A phone number.
    pub phone: String,
    /// What it is about.
    pub note: String,
}

/// What the counsellor gets to read. It has no `Debug` on purpose.
#[derive(Default, Serialize, Deserialize, Zeroize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// How she wants to be called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Her mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mail: String,
    /// Her phone number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// What it is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Where mails go that she asked for, and the secret of the link in them.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub struct Notify {
    /// Her address.
    pub mail: String,
    /// The secret behind `#`.
    pub link: String,
}

/// What the centre tells somebody whose appointment it cancels. It has no `Debug` on purpose.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    text: String,
}

impl Note {
    /// What was typed; `None` when there is nothing to tell. Control and bidi characters are left out.
    ///
    /// # Errors
    /// [`FieldProblem::TooLong`].
    pub fn check(typed: &str) -> Result<Option<Personal<Self>>, FieldProblem> {
        let note = Self { text: text(typed) };
        match too_long(&note.text, LONGEST_CANCEL_NOTE) {
            Some(problem) => Err(problem),
            None => Ok((!note.text.is_empty()).then(|| Personal::new(note))),
        }
    }

    /// What it says, in one or several lines.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// See [`Typed::name`].
    Name,
    /// See [`Typed::last_name`].
    LastName,
    /// See [`Typed::mail`].
    Mail,
    /// See [`Typed::phone`].
    Phone,
    /// See [`Typed::note`].
    Note,
    /// The address for reminders.
    Remind,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    /// It must be given.
    Missing,
    /// It is too long.
    TooLong,
    /// It is no mail address.
    NoMail,
    /// It is no phone number.
    NoPhone,
}

impl Contact {
    /// What she typed, if it is what the offer asks. Fields that it does not ask for are passed over. Control and bidi
    /// characters are left out.
    ///
    /// # Errors
    /// Every field with what is wrong with it.
    pub fn check(typed: &Typed, asks: Asks) -> Result<Personal<Self>, Vec<(Field, FieldProblem)>> {
        let mut problems = Vec::new();
        let mut problem = |field, problem: Option<FieldProblem>| {
            problems.extend(problem.map(|problem| (field, problem)));
        };
        let mut contact = Self::default();
        match asks.name {
            NameAsked::Nothing => {}
            NameAsked::Pseudonym => {
                contact.name = line(&typed.name);
                problem(Field::Name, too_long(&contact.name, LONGEST_NAME));
            }
            NameAsked::Full => {
                let (mut first, mut last) = (line(&typed.name), line(&typed.last_name));
                problem(Field::Name, missing(&first).or(too_long(&first, LONGEST_NAME)));
                problem(Field::LastName, missing(&last).or(too_long(&last, LONGEST_NAME)));
                contact.name = format!("{first} {last}");
                first.zeroize();
                last.zeroize();
            }
        }
        if asks.mail != Asked::No {
            contact.mail = line(&typed.mail);
            let no_mail = || MailAddress::parse(&contact.mail).err().map(|_| FieldProblem::NoMail);
            problem(Field::Mail, asked(&contact.mail, asks.mail, no_mail));
        }
        if asks.phone != Asked::No {
            contact.phone = line(&typed.phone);
            let no_phone = || (!is_phone(&contact.phone)).then_some(FieldProblem::NoPhone);
            problem(Field::Phone, asked(&contact.phone, asks.phone, no_phone));
        }
        if asks.note {
            contact.note = text(&typed.note);
            problem(Field::Note, too_long(&contact.note, LONGEST_NOTE));
        }
        if problems.is_empty() { Ok(Personal::new(contact)) } else { Err(problems) }
    }

    /// Whether she said nothing of herself.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.mail.is_empty() && self.phone.is_empty() && self.note.is_empty()
    }
}

fn asked(value: &str, asked: Asked, wrong: impl FnOnce() -> Option<FieldProblem>) -> Option<FieldProblem> {
    match (value.is_empty(), asked) {
        (true, Asked::Needed) => Some(FieldProblem::Missing),
        (true, _) => None,
        (false, _) => wrong(),
    }
}

fn missing(value: &str) -> Option<FieldProblem> {
    value.is_empty().then_some(FieldProblem::Missing)
}

fn too_long(value: &str, most: usize) -> Option<FieldProblem> {
    (value.chars().count() > most).then_some(FieldProblem::TooLong)
}

/// As people write phone numbers: digits, at least five, with the usual marks.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let usual = |character: char| character.is_ascii_digit() || " +-/().".contains(character);
    digits >= 5 && value.chars().count() <= LONGEST_PHONE && value.chars().all(usual)
}

/// One line without characters that control or turn text.
fn line(value: &str) -> String {
    let plain: String =
        value.chars().filter(|character| !is_control(*character) || *character == '\t').collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines, likewise.
fn text(value: &str) -> String {
    let kept = value.chars().filter(|character| !is_control(*character) || *character == '\n');
    kept.collect::<String>().trim().to_owned()
}

fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            name: " Kim\u{202e}\u{0} ".into(),
            last_name: "Muster".into(),
            mail: "kim@example.org".into(),
            phone: "+49 (761) 123-45".into(),
            note: "Erste Zeile\r\nzweite".into(),
        }
    }

    const ALL: Asks = Asks { name: NameAsked::Full, mail: Asked::Needed, phone: Asked::Needed, note: true };

    #[test]
    fn only_what_is_asked_for_is_taken() {
        let Ok(nothing) = Contact::check(&typed(), Asks { name: NameAsked::Nothing, ..Asks::default() })
        else {
            panic!("nothing is asked");
        };
        assert!(nothing.expose().is_empty());
        let Ok(all) = Contact::check(&typed(), ALL) else { panic!("all is right") };
        assert_eq!(all.expose().name, "Kim Muster");
        assert_eq!(all.expose().note, "Erste Zeile\nzweite");
    }

    #[test]
    fn a_note_of_the_centre_is_short_and_plain() {
        let Ok(Some(note)) = Note::check(" Wir sind\u{202e} krank.\r\nBitte rufen Sie an. ") else {
            panic!("it says something");
        };
        assert_eq!(note.expose().text(), "Wir sind krank.\nBitte rufen Sie an.");
        assert!(matches!(Note::check(" \n\t "), Ok(None)), "nothing to tell");
        assert!(Note::check(&"ä".repeat(LONGEST_CANCEL_NOTE)).is_ok());
        assert_eq!(Note::check(&"ä".repeat(LONGEST_CANCEL_NOTE + 1)).err(), Some(FieldProblem::TooLong));
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        let wrong =
            Typed { mail: "kim".into(), phone: "abc".into(), name: "x".repeat(81), ..Typed::default() };
        let Err(problems) = Contact::check(&wrong, ALL) else { panic!("all is wrong") };
        assert_eq!(
            problems,
            [
                (Field::Name, FieldProblem::TooLong),
                (Field::LastName, FieldProblem::Missing),
                (Field::Mail, FieldProblem::NoMail),
                (Field::Phone, FieldProblem::NoPhone)
            ]
        );
    }
}
