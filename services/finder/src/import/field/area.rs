//! Postcodes, ranges of them, and official keys.

use contracts::directory::{DistrictKey, LandKey, MunicipalityKey, Postcode, PostcodeRange};

/// A postcode as written in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Five digits.
    Whole(Postcode),
    /// Four digits: a spreadsheet has eaten the zero. Whether the postcode with the zero exists is for the caller to see.
    Padded(Postcode),
}

impl Written {
    /// The postcode.
    pub const fn postcode(self) -> Postcode {
        match self {
            Self::Whole(postcode) | Self::Padded(postcode) => postcode,
        }
    }
}

/// A postcode, perhaps with `D-` before it or `.0` after it.
pub fn postcode(text: &str) -> Option<Written> {
    let text = text.trim();
    let text = text.strip_prefix("D-").or_else(|| text.strip_prefix("DE-")).unwrap_or(text);
    let text = text.strip_suffix(".0").unwrap_or(text);
    match text.len() {
        4 => format!("0{text}").parse().ok().map(Written::Padded),
        _ => text.parse().ok().map(Written::Whole),
    }
}

/// One part of a text of ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// A range in order.
    Range(PostcodeRange),
    /// A range whose first postcode was the higher one.
    Turned(PostcodeRange, &'a str),
    /// No range.
    Wrong(&'a str),
}

/// The parts of a text such as `79100-79112;80437;`. Digits at the beginning stand for all postcodes that begin so:
/// `791*` is 79100 to 79199.
pub fn ranges(text: &str) -> impl Iterator<Item = Part<'_>> {
    text.split([';', ',', '|', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| range(part).unwrap_or(Part::Wrong(part)))
}

fn range(part: &str) -> Option<Part<'_>> {
    if let Some(digits) = part.strip_suffix('*') {
        if !(1..=4).contains(&digits.len()) {
            return None;
        }
        let first = format!("{digits:0<5}").parse().ok()?;
        let last = format!("{digits:9<5}").parse().ok()?;
        return Some(Part::Range(PostcodeRange { first, last }));
    }
    let (first, last) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
    Some(between(postcode(first)?.postcode(), postcode(last)?.postcode(), part))
}

/// The range between two postcodes, with a word when they were the wrong way round.
pub fn between(first: Postcode, last: Postcode, written: &str) -> Part<'_> {
    let range = PostcodeRange::between(first, last);
    if first <= last { Part::Range(range) } else { Part::Turned(range, written) }
}

/// Key of a municipality: eight digits, seven when the zero is lost, or the twelve of a regional key (ARS).
pub fn municipality(text: &str) -> Option<MunicipalityKey> {
    let text = text.trim();
    match (text.len(), text.is_ascii()) {
        (8, _) => text.parse().ok(),
        (7, _) => format!("0{text}").parse().ok(),
        (12, true) => format!("{}{}", &text[..5], &text[9..]).parse().ok(),
        _ => None,
    }
}

/// Key of a district: five digits, or four when the zero is lost.
pub fn district(text: &str) -> Option<DistrictKey> {
    let text = text.trim();
    if text.len() == 4 { format!("0{text}").parse().ok() } else { text.parse().ok() }
}

/// A Land by key, abbreviation or name.
pub fn land(text: &str) -> Option<LandKey> {
    const LANDS: [(&str, &str, &str); 16] = [
        ("01", "sh", "schleswig-holstein"),
        ("02", "hh", "hamburg"),
        ("03", "ni", "niedersachsen"),
        ("04", "hb", "bremen"),
        ("05", "nw", "nordrhein-westfalen"),
        ("06", "he", "hessen"),
        ("07", "rp", "rheinland-pfalz"),
        ("08", "bw", "baden-württemberg"),
        ("09", "by", "bayern"),
        ("10", "sl", "saarland"),
        ("11", "be", "berlin"),
        ("12", "bb", "brandenburg"),
        ("13", "mv", "mecklenburg-vorpommern"),
        ("14", "sn", "sachsen"),
        ("15", "st", "sachsen-anhalt"),
        ("16", "th", "thüringen"),
    ];
    let text = text.trim().to_lowercase();
    let short = text.strip_prefix("de-").unwrap_or(&text);
    let known = LANDS.iter().find(|(key, abbreviation, name)| {
        [*key, *abbreviation, *name].contains(&short)
            || (short == "nrw" && *abbreviation == "nw")
            || key.strip_prefix('0') == Some(short)
    });
    known.and_then(|(key, ..)| key.parse().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_are_read_turned_and_refused() {
        let code = |text: &str| text.parse::<Postcode>().unwrap();
        let range = |first, last| PostcodeRange { first: code(first), last: code(last) };
        let parts: Vec<_> = ranges("79100-79112;80437; 1067 - 1069;79200-79100;791*;abc;1-2;").collect();
        assert_eq!(
            parts,
            [
                Part::Range(range("79100", "79112")),
                Part::Range(range("80437", "80437")),
                Part::Range(range("01067", "01069")),
                Part::Turned(range("79100", "79200"), "79200-79100"),
                Part::Range(range("79100", "79199")),
                Part::Wrong("abc"),
                Part::Wrong("1-2"),
            ]
        );
    }

    #[test]
    fn keys_are_known_with_lost_zeros_and_in_long_form() {
        assert_eq!(municipality("8311000").unwrap().as_str(), "08311000");
        assert_eq!(municipality("083110000000").unwrap().as_str(), "08311000");
        assert_eq!(district("8311").unwrap().as_str(), "08311");
        for text in ["08", "8", "BW", "Baden-Württemberg", "DE-BW"] {
            assert_eq!(land(text).unwrap().as_str(), "08", "{text}");
        }
        assert_eq!((municipality("ünïcödé8901"), district("x"), land("17")), (None, None, None));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parsers(text in "[0-9;,*äx –-]{0,30}|\\PC{0,20}") {
            prop_assert!(ranges(&text).count() <= text.len());
            let _ = (postcode(&text), municipality(&text), district(&text), land(&text));
        }
    }
}
