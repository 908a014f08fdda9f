//! The sixteen Länder and how districts are named.

use contracts::directory::LandKey;

const LANDS: [(&str, &str); 16] = [
    ("01", "Schleswig-Holstein"),
    ("02", "Hamburg"),
    ("03", "Niedersachsen"),
    ("04", "Bremen"),
    ("05", "Nordrhein-Westfalen"),
    ("06", "Hessen"),
    ("07", "Rheinland-Pfalz"),
    ("08", "Baden-Württemberg"),
    ("09", "Bayern"),
    ("10", "Saarland"),
    ("11", "Berlin"),
    ("12", "Brandenburg"),
    ("13", "Mecklenburg-Vorpommern"),
    ("14", "Sachsen"),
    ("15", "Sachsen-Anhalt"),
    ("16", "Thüringen"),
];

/// The German name of a Land; `None` if the key belongs to none of the sixteen.
pub fn land_name(key: LandKey) -> Option<&'static str> {
    LANDS.iter().find(|(digits, _)| *digits == key.as_str()).map(|(_, name)| *name)
}

/// What a district is, apart from its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DistrictSort {
    /// A district of several municipalities.
    Rural,
    /// A city that is its own district.
    City,
}

/// How pages name a district, from the forms lists use: "Landkreis Ortenaukreis" is the
/// "Ortenaukreis", "Stadtkreis Ulm" and "Kreisfreie Stadt Ulm" and "Ulm, Stadt" are the "Stadt Ulm".
pub fn district_label(raw: &str) -> String {
    label_and_sort(raw).0
}

/// The same, with what sort of district it is.
pub(super) fn label_and_sort(raw: &str) -> (String, DistrictSort) {
    const CITY: [&str; 4] = ["Kreisfreie Stadt ", "Stadtkreis ", "Stadt ", "kreisfreie Stadt "];
    const RURAL: [&str; 3] = ["Landkreis ", "Kreis ", "kreis "];
    let raw = raw.trim();
    if let Some(name) = CITY.iter().find_map(|prefix| raw.strip_prefix(prefix)) {
        return (format!("Stadt {name}"), DistrictSort::City);
    }
    if let Some(name) =
        [", Stadt", ", Kreisfreie Stadt", ", Stadtkreis"].iter().find_map(|end| raw.strip_suffix(end))
    {
        return (format!("Stadt {name}"), DistrictSort::City);
    }
    let name = RURAL.iter().find_map(|prefix| raw.strip_prefix(prefix)).unwrap_or(raw);
    let label = if names_its_sort(name) {
        name.to_owned()
    } else if let Some(name) = raw.strip_prefix("kreis ") {
        format!("Kreis {name}")
    } else {
        raw.to_owned()
    };
    (label, DistrictSort::Rural)
}

/// The name of a district without what it is ("Emmendingen", "Ortenaukreis").
pub(super) fn bare_district(label: &str) -> &str {
    ["Landkreis ", "Kreis ", "Stadt "].iter().find_map(|prefix| label.strip_prefix(prefix)).unwrap_or(label)
}

fn names_its_sort(name: &str) -> bool {
    name.contains("kreis")
        || name.contains("Kreis")
        || ["Region ", "Regionalverband ", "Städteregion "].iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_not_called_district_twice() {
        for (raw, label) in [
            ("Landkreis Ortenaukreis", "Ortenaukreis"),
            ("Landkreis Emmendingen", "Landkreis Emmendingen"),
            ("Kreis Recklinghausen", "Kreis Recklinghausen"),
            ("kreis Recklinghausen", "Kreis Recklinghausen"),
            ("Landkreis Region Hannover", "Region Hannover"),
            ("Kreisfreie Stadt Dresden", "Stadt Dresden"),
            ("Stadtkreis Ulm", "Stadt Ulm"),
        ] {
            assert_eq!(district_label(raw), label);
            assert_eq!(district_label(label), label, "naming twice changes nothing");
        }
    }

    #[test]
    fn every_land_has_a_name() {
        let named = (1..=16).filter_map(|n| land_name(format!("{n:02}").parse().unwrap())).count();
        assert_eq!(named, 16);
        assert_eq!(land_name("17".parse().unwrap()), None);
    }
}
