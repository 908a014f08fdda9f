//! Ways to reach a centre as safe links: only `tel:`, `mailto:`, `https:` and `http:`.

use contracts::directory::{Address, Contacts};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::AddressView;

/// How to reach a centre, ready to be linked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ContactView {
    /// Phone.
    pub phone: Option<Link>,
    /// Fax, as text.
    pub fax: Option<String>,
    /// Mail.
    pub email: Option<Link>,
    /// Web page.
    pub website: Option<Link>,
    /// Where it is.
    pub address: Option<AddressView>,
    /// What no safe link can be made of, as it stands in the entry.
    pub plain: Vec<String>,
}

/// A link and how it reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    /// What is shown.
    pub text: String,
    /// Where it leads; `None` where no safe address can be made of the text, which is then shown as it is.
    pub href: Option<String>,
}

/// All ways to reach a centre.
pub(crate) fn contacts(contacts: &Contacts, address: &Address) -> ContactView {
    let links = [
        contacts.phone.as_deref().map(phone),
        contacts.email.as_deref().map(email),
        contacts.website.as_deref().map(web_link),
    ];
    let plain =
        links.iter().flatten().filter(|link| link.href.is_none()).map(|link| link.text.clone()).collect();
    let [phone, email, website] = links.map(|link| link.filter(|link| link.href.is_some()));
    ContactView { phone, fax: contacts.fax.clone(), email, website, address: Some(address.into()), plain }
}

/// A mail link with a subject; `None` when the address is not one.
pub(crate) fn mail_with_subject(address: &str, subject: &str) -> Option<String> {
    let href = email(address).href?;
    Some(format!("{href}?subject={}", utf8_percent_encode(subject, NON_ALPHANUMERIC)))
}

/// A phone number as it is written, and as a telephone dials it (RFC 3966): German numbers get `+49`.
pub(crate) fn phone(text: &str) -> Link {
    Link { text: text.trim().to_owned(), href: dialled(text).map(|number| format!("tel:{number}")) }
}

fn dialled(text: &str) -> Option<String> {
    let text = text.replace("(0)", " ");
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+')?;
    // "0761 1234 oder 5678", "0761 1234 (Sekretariat)": the first number is dialled.
    let number = text[start..]
        .split(|c: char| !matches!(c, '0'..='9' | '+' | ' ' | '/' | '-' | '–' | '.' | '(' | ')'));
    let digits: String = number.clone().next()?.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let count = digits.chars().filter(char::is_ascii_digit).count();
    if !(3..=15).contains(&count) || digits.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    Some(match digits.strip_prefix("00") {
        Some(international) => format!("+{international}"),
        None => match digits.strip_prefix('0') {
            Some(national) => format!("+49{national}"),
            None => digits,
        },
    })
}

fn email(text: &str) -> Link {
    let text = text.trim();
    let plausible = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+'))
            && !domain.contains('@')
    });
    Link { text: text.to_owned(), href: plausible.then(|| format!("mailto:{text}")) }
}

/// A web address, shown without its scheme; anything but `https:` and `http:` is shown and not linked.
pub(crate) fn web_link(text: &str) -> Link {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme));
    let safe = scheme.is_some_and(|scheme| text.len() > scheme.len()) && !text.contains(char::is_whitespace);
    let shown = scheme.map_or(text, |scheme| &text[scheme.len()..]);
    let shown = shown.strip_prefix("www.").unwrap_or(shown).trim_end_matches('/');
    Link { text: shown.to_owned(), href: safe.then(|| text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_the_network_wants_them() {
        for (text, expected) in [
            ("0761 / 123 45-6", Some("tel:+49761123456")),
            ("+49 (0)761 12345", Some("tel:+4976112345")),
            ("0049 761 12345", Some("tel:+4976112345")),
            ("Tel.: 0228 98765 oder 98766", Some("tel:+4922898765")),
            ("116 117", Some("tel:116117")),
            ("112", Some("tel:112")),
            ("nach Vereinbarung", None),
            ("12", None),
            ("0761 12345 1234567890 1234567890", None),
        ] {
            assert_eq!(phone(text).href.as_deref(), expected, "{text}");
        }
        assert_eq!(phone(" 0761 12345 ").text, "0761 12345");
    }

    #[test]
    fn only_web_schemes_are_linked() {
        assert_eq!(web_link("https://www.beispiel.de/rat/").text, "beispiel.de/rat");
        assert_eq!(web_link("HTTP://beispiel.de").href.as_deref(), Some("HTTP://beispiel.de"));
        for unsafe_text in
            ["javascript:alert(1)", "data:text/html,x", "www.beispiel.de", "https://", "https://a b"]
        {
            assert_eq!(web_link(unsafe_text).href, None, "{unsafe_text}");
        }
    }

    #[test]
    fn mail_addresses_cannot_carry_headers() {
        assert_eq!(email("rat@beispiel.de").href.as_deref(), Some("mailto:rat@beispiel.de"));
        for wrong in ["rat@beispiel.de?bcc=x@y.de", "a@b", "rat", "a b@c.de", "a@b.de@c.de"] {
            assert_eq!(email(wrong).href, None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_linked_is_kept_as_text() {
        let given = Contacts { phone: Some("über die Zentrale".into()), ..Contacts::default() };
        let view = contacts(&given, &crate::web::samples::centre().address);
        assert_eq!((view.phone, view.plain), (None, vec!["über die Zentrale".into()]));
    }

    #[test]
    fn a_subject_cannot_add_fields_to_a_mail() {
        let href = mail_with_subject("rat@beispiel.de", "Fehler: A&B?cc=x\r\n").unwrap();
        assert_eq!(href, "mailto:rat@beispiel.de?subject=Fehler%3A%20A%26B%3Fcc%3Dx%0D%0A");
        assert_eq!(mail_with_subject("niemand", "x"), None);
    }
}
