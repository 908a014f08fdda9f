//! Where a mail goes and what a person is called in it: text that can stand in a header line without harm.
//!
//! Stricter than the standards on purpose. The mail library panics on some names and takes look-alike domains, so
//! nothing reaches it that has not become one of these types.

mod domain;
mod name;

use std::{fmt, str::FromStr};

pub use self::name::{DisplayName, NameProblem};

/// RFC 5321: a path has at most 256 characters, of which two are the angle brackets.
const LONGEST: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;

/// A mail address that is safe to write to.
///
/// The local part consists of plain ASCII, the domain is kept in its ASCII form, lower case. It has no `Display` and
/// its `Debug` hides it, so that it does not slip into a log.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MailAddress {
    text: String,
    at: usize,
}

/// The text is no address we write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// Nothing was entered.
    #[error("there is no address")]
    Empty,
    /// Longer than an address can be.
    #[error("the address is too long")]
    TooLong,
    /// There is no single @ with something on both sides.
    #[error("an address has the form name@domain")]
    NoAt,
    /// The part before the @ holds a character that no usual mailbox has.
    #[error("the part before the @ holds a character that does not belong there")]
    LocalPart,
    /// The part after the @ is no domain.
    #[error("the part after the @ is no domain")]
    Domain,
    /// The domain mixes scripts, as look-alike addresses do.
    #[error("the domain mixes letters of different scripts")]
    MixedScripts,
}

impl MailAddress {
    /// Reads an address. Blanks around it are ignored.
    ///
    /// # Errors
    /// [`AddressProblem`] says what is wrong, without repeating the text.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        if text.is_empty() {
            return Err(AddressProblem::Empty);
        }
        // the domain can only grow when it is turned into ASCII, so this is checked again below
        if text.len() > LONGEST {
            return Err(AddressProblem::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(AddressProblem::NoAt)?;
        if local.is_empty() || domain.is_empty() || local.contains('@') {
            return Err(AddressProblem::NoAt);
        }
        check_local_part(local)?;
        let domain = domain::in_ascii(domain)?;
        let text = format!("{local}@{domain}");
        if text.len() > LONGEST {
            return Err(AddressProblem::TooLong);
        }
        Ok(Self { at: local.len(), text })
    }

    /// The address as it stands in the envelope.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The domain in its ASCII form.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }
}

impl FromStr for MailAddress {
    type Err = AddressProblem;

    fn from_str(text: &str) -> Result<Self, AddressProblem> {
        Self::parse(text)
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(…)")
    }
}

/// Dot-atoms only: no quoted forms, and none of `%`, `!`, `|` and the backtick, which have made relays forward or run things.
fn check_local_part(local: &str) -> Result<(), AddressProblem> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"#$&'*+-/=?^_{}~".contains(&byte);
    let atom = |part: &str| !part.is_empty() && part.bytes().all(usual);
    if local.len() > LONGEST_LOCAL_PART || local.starts_with('-') || !local.split('.').all(atom) {
        return Err(AddressProblem::LocalPart);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
