//! People who work with the product: their names, states and what they say about themselves.

use std::fmt;

use contracts::staff::Grant;
use jiff::Timestamp;
use kernel::{Lang, Secret};

/// A person's name as colleagues and seekers see it: 1 to 100 characters, one line, nothing that turns text around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing is left without white space.
    #[error("the name is empty")]
    Empty,
    /// More than 100 characters.
    #[error("the name is too long")]
    TooLong,
    /// A control character, or one that changes the direction of text.
    #[error("the name has a character that cannot be shown")]
    Unprintable,
}

impl PersonName {
    /// The name in a form's field: trimmed, runs of white space made one.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NameProblem::Empty),
            1..=100 if name.chars().any(is_unprintable) => Err(NameProblem::Unprintable),
            1..=100 => Ok(Self(name)),
            _ => Err(NameProblem::TooLong),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and the marks that embed, override or isolate a direction, which would let a name rearrange the
/// page or the mail around it.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// The mail address by which an account is found: without white space around it, in lower case.
pub fn fold_mail(mail: &str) -> String {
    mail.trim().to_lowercase()
}

/// What the list of people searches and sorts by: name, then address, in lower case, umlauts without dots.
pub(crate) fn search_text(name: &str, mail: &str) -> String {
    fold_search(&format!("{name} {mail}"))
}

/// A text folded as in the list of people.
pub(crate) fn fold_search(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match letter {
            'ä' | 'à' | 'á' | 'â' => folded.push('a'),
            'ö' | 'ó' | 'ò' | 'ô' => folded.push('o'),
            'ü' | 'ú' | 'ù' | 'û' => folded.push('u'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonState {
    /// Invited; cannot sign in yet.
    Invited,
    /// Can sign in.
    Active,
    /// Cannot sign in; nothing of hers was removed.
    Disabled,
}

impl PersonState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// As it stands in the database, in addresses and in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A person as she is stored, with everything the service decides by. It never leaves the service whole.
#[derive(Clone)]
pub struct Person {
    /// Her id; also her handle for passkeys.
    pub id: String,
    /// Her name.
    pub name: String,
    /// Her mail address, folded.
    pub mail: String,
    /// The language mails to her are written in.
    pub lang: Lang,
    /// Where she stands.
    pub state: PersonState,
    /// The hash of her password, as text with its parameters.
    pub password_hash: Option<Secret<String>>,
    /// Whether she has an authenticator app.
    pub totp: bool,
    /// How many passkeys she has.
    pub passkeys: u32,
    /// How many recovery codes she has not used.
    pub recovery_left: u32,
    /// Whether a second factor is asked for even if no grant asks for it.
    pub second_factor_required: bool,
    /// The languages she counsels in, as BCP 47 tags.
    pub languages: Vec<String>,
    /// The codes of her topics.
    pub topics: Vec<String>,
    /// Issuer and subject of her account at an identity provider.
    pub oidc: Option<(String, String)>,
    /// When she was invited or set up.
    pub created_at: Timestamp,
    /// What she may do, in a fixed order.
    pub grants: Vec<Grant>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Person {
    /// Whether she has a second factor.
    pub const fn has_second_factor(&self) -> bool {
        self.totp || self.passkeys > 0
    }

    /// Whether a session of hers needs one. Whoever has one is asked for it, required or not.
    pub fn needs_second_factor(&self) -> bool {
        self.must_keep_second_factor() || self.has_second_factor()
    }

    /// Whether she may not be without one.
    pub fn must_keep_second_factor(&self) -> bool {
        self.second_factor_required || grants_require_second_factor(&self.grants)
    }

    /// Whether she is an administrator who can sign in.
    pub fn is_active_administrator(&self) -> bool {
        self.state == PersonState::Active && self.grants.contains(&Grant::Administrator)
    }

    /// Whether a new password may be asked for by mail: not by people who sign in through their provider only.
    pub const fn may_reset_password(&self) -> bool {
        matches!(self.state, PersonState::Active) && (self.password_hash.is_some() || self.oidc.is_none())
    }
}

/// Whether one of these grants demands a second factor, whatever else is set.
fn grants_require_second_factor(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| matches!(grant, Grant::Administrator | Grant::AssociationAdministrator(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_readable_line() {
        assert_eq!(PersonName::parse("  Ada \t Öz ").unwrap().as_str(), "Ada Öz");
        assert_eq!(PersonName::parse(" \n"), Err(NameProblem::Empty));
        assert_eq!(PersonName::parse(&"a".repeat(101)), Err(NameProblem::TooLong));
        assert_eq!(PersonName::parse("Ada\u{202e}zÖ"), Err(NameProblem::Unprintable));
        assert_eq!(PersonName::parse("Ada\u{0}"), Err(NameProblem::Unprintable));
    }

    #[test]
    fn addresses_and_searches_are_folded() {
        assert_eq!(fold_mail(" Ada.Oez@Example.ORG "), "ada.oez@example.org");
        assert_eq!(search_text("Österreicher Süß", "a@b.de"), "osterreicher suss a@b.de");
    }

    #[test]
    fn states_survive_their_codes() {
        for state in PersonState::ALL {
            assert_eq!(PersonState::from_code(state.code()), Some(state));
        }
        assert_eq!(PersonState::from_code("gone"), None);
    }
}
