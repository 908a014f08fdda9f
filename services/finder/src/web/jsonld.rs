//! A centre as schema.org JSON-LD, for search engines and other machines.

use contracts::directory::{Centre, Weekday};
use jiff::civil::Time;
use serde_json::{Value, json};

use super::view::{phone, web_link};

/// The centre as a JSON-LD document, escaped so that it may stand inside a `<script>` data block.
pub(crate) fn json_ld(centre: &Centre) -> String {
    let text = document(centre).to_string();
    // The letters that could end the block or start a comment, as escapes JSON knows.
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn document(centre: &Centre) -> Value {
    let address = &centre.address;
    let mut document = json!({
        "@context": "https://schema.org",
        "@type": ["LocalBusiness", "NGO"],
        "name": centre.name,
        "isAccessibleForFree": true,
        "inLanguage": "de",
        "address": {
            "@type": "PostalAddress",
            "postalCode": address.postcode,
            "addressLocality": address.city,
            "addressCountry": "DE",
        },
        "openingHoursSpecification": hours(centre),
        "makesOffer": centre.offers.iter().map(|offer| json!({
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "EUR",
            "itemOffered": {"@type": "Service", "name": offer.name, "description": offer.description},
        })).collect::<Vec<_>>(),
    });
    // Only what is known is said: an absent property is not an empty one.
    let optional = [
        ("description", centre.description.clone().map(Value::from)),
        ("telephone", telephone(centre).map(Value::from)),
        ("faxNumber", centre.contacts.fax.clone().map(Value::from)),
        ("email", centre.contacts.email.clone().map(Value::from)),
        ("url", centre.contacts.website.as_deref().and_then(|url| web_link(url).href).map(Value::from)),
        (
            "parentOrganization",
            centre.carrier.as_ref().map(|name| json!({"@type": "Organization", "name": name})),
        ),
        ("memberOf", centre.association.as_ref().map(|name| json!({"@type": "Organization", "name": name}))),
        (
            "geo",
            centre
                .coordinates
                .map(|at| json!({"@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon})),
        ),
        ("knowsLanguage", (!centre.languages.is_empty()).then(|| json!(centre.languages))),
        (
            "specialOpeningHoursSpecification",
            (!centre.opening.exceptions.is_empty()).then(|| special(centre)),
        ),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            document[name] = value;
        }
    }
    if let Some(street) = &address.street {
        document["address"]["streetAddress"] = json!(street);
    }
    document
}

fn telephone(centre: &Centre) -> Option<String> {
    let href = phone(centre.contacts.phone.as_deref()?).href?;
    Some(href.trim_start_matches("tel:").to_owned())
}

fn hours(centre: &Centre) -> Value {
    centre
        .opening
        .weekly
        .iter()
        .map(|span| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": day(span.weekday),
                "opens": clock(span.opens),
                "closes": clock(span.closes),
            })
        })
        .collect()
}

fn special(centre: &Centre) -> Value {
    let mut all = Vec::new();
    for exception in &centre.opening.exceptions {
        // Closed is written as opening and closing at the same minute.
        let closed = [(Time::midnight(), Time::midnight())];
        let spans = if exception.open.is_empty() { &closed[..] } else { &exception.open };
        all.extend(spans.iter().map(|(opens, closes)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "validFrom": exception.from,
                "validThrough": exception.to,
                "opens": clock(*opens),
                "closes": clock(*closes),
            })
        }));
    }
    Value::Array(all)
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

const fn day(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "https://schema.org/Monday",
        Weekday::Tuesday => "https://schema.org/Tuesday",
        Weekday::Wednesday => "https://schema.org/Wednesday",
        Weekday::Thursday => "https://schema.org/Thursday",
        Weekday::Friday => "https://schema.org/Friday",
        Weekday::Saturday => "https://schema.org/Saturday",
        Weekday::Sunday => "https://schema.org/Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples;

    #[test]
    fn text_of_a_centre_cannot_end_the_block() {
        let mut centre = samples::centre();
        centre.name = "</script><script>alert(1)</script><!-- & ".into();
        let text = json_ld(&centre);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], centre.name);
    }

    #[test]
    fn closed_days_open_and_close_at_the_same_minute() {
        let document = document(&samples::centre());
        let special = &document["specialOpeningHoursSpecification"][0];
        assert_eq!((&special["opens"], &special["closes"]), (&json!("00:00"), &json!("00:00")));
        assert_eq!(document["telephone"], "+497611234567");
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let mut centre = samples::centre();
        centre.contacts = Default::default();
        centre.carrier = None;
        let document = document(&centre);
        for absent in ["telephone", "email", "url", "parentOrganization", "faxNumber"] {
            assert!(document.get(absent).is_none(), "{absent}");
        }
    }
}
