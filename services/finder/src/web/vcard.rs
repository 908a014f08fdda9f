//! A centre as a vCard 4.0 (RFC 6350), for the address book of a phone.

use contracts::directory::Centre;

/// The most octets a line may have before it is folded (RFC 6350 3.2), line break not counted.
const LINE: usize = 75;

/// The vCard of a centre, as UTF-8 with CRLF line ends.
///
/// It names what the centre's door says and nothing about why somebody keeps it: no offer, no topic, no note.
pub(crate) fn vcard(centre: &Centre) -> String {
    let address = &centre.address;
    let mut card = Card(String::with_capacity(512));
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("KIND", "org");
    card.line("FN", &escaped(&centre.name));
    card.line("ORG", &escaped(centre.carrier.as_deref().unwrap_or(&centre.name)));
    let parts = [
        "",
        address.extra.as_deref().unwrap_or_default(),
        address.street.as_deref().unwrap_or_default(),
        &address.city,
        "",
        address.postcode.as_str(),
        "Deutschland",
    ];
    card.line("ADR;TYPE=work", &parts.map(escaped).join(";"));
    if let Some(phone) = centre.contacts.phone.as_deref() {
        // A text that cannot be dialled is kept as text rather than dropped.
        match super::view::phone(phone).href {
            Some(uri) => card.line("TEL;TYPE=\"voice,work\";VALUE=uri", &uri),
            None => card.line("TEL;TYPE=\"voice,work\";VALUE=text", &escaped(phone)),
        }
    }
    if let Some(email) = centre.contacts.email.as_deref() {
        card.line("EMAIL;TYPE=work", &escaped(email));
    }
    if let Some(url) = centre.contacts.website.as_deref().and_then(|url| super::view::web_link(url).href) {
        card.line("URL", &url.replace(char::is_control, ""));
    }
    if let Some(point) = centre.coordinates {
        card.line("GEO", &format!("geo:{:.5},{:.5}", point.lat, point.lon));
    }
    card.line("UID", &format!("urn:uuid:{}", centre.id.replace(char::is_control, "")));
    card.line("END", "VCARD");
    card.0
}

struct Card(String);

impl Card {
    fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LINE;
        while rest.len() > room {
            // Fold between characters, never inside one.
            let at = (1..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(at);
            self.0.push_str(head);
            self.0.push_str("\r\n ");
            rest = tail;
            room = LINE - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

/// Text with what separates values and lines escaped (RFC 6350 3.4); other control characters are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ',' => out.push_str("\\,"),
            ';' => out.push_str("\\;"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples;

    #[test]
    fn names_cannot_add_lines_or_values() {
        let mut centre = samples::centre();
        centre.name = "Rat; Tat, Hilfe\\\r\nTEL:0190\u{0}".into();
        let card = vcard(&centre);
        assert!(card.contains("FN:Rat\\; Tat\\, Hilfe\\\\\\nTEL:0190\r\n"), "{card}");
        assert!(!card.lines().any(|line| line.starts_with("TEL:0190")));
    }

    #[test]
    fn lines_have_at_most_75_octets_and_unfold_to_what_they_were() {
        let mut centre = samples::centre();
        centre.name = "Beratungsstelle für Überschuldete und Spätaussiedler ".repeat(5).trim().to_owned();
        let card = vcard(&centre);
        assert!(card.split("\r\n").all(|line| line.len() <= LINE), "{card}");
        assert!(card.replace("\r\n ", "").contains(&format!("FN:{}\r\n", centre.name)));
    }

    #[test]
    fn a_card_has_what_rfc_6350_requires_and_no_topic() {
        let card = vcard(&samples::centre());
        assert!(card.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"));
        assert!(card.ends_with("END:VCARD\r\n"));
        assert!(card.contains("TEL;TYPE=\"voice,work\";VALUE=uri:tel:+497611234567\r\n"), "{card}");
        assert!(!card.contains("Schuld"), "{card}");
    }
}
