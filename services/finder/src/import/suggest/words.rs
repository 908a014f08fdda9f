//! What people call their columns.

use super::Target;

/// Headings for each field, folded as [`fold`] does.
const HEADINGS: &[(Target, &[&str])] = &[
    (
        Target::ExternalId,
        &[
            "id",
            "nr",
            "nummer",
            "kennung",
            "lfd nr",
            "laufende nummer",
            "einrichtungsnummer",
            "nr der einrichtung",
            "stellennummer",
            "einrichtungs id",
            "agency id",
            "external id",
            "externe id",
            "key",
            "schluessel",
            "index",
            "datensatz",
            "datensatznummer",
            "beratungsstellen id",
            "uid",
            "uuid",
            "record id",
            "stellen nr",
            "einrichtungs nr",
            "organisationsnummer",
        ],
    ),
    (
        Target::Name,
        &[
            "name",
            "einrichtung",
            "bezeichnung",
            "name der einrichtung",
            "name der beratungsstelle",
            "beratungsstelle",
            "stelle",
            "titel",
            "einrichtungsname",
            "organisation",
            "organisationsname",
            "dienststelle",
            "centre",
            "center",
            "agency",
            "title",
            "location name",
            "name of centre",
            "firma",
            "institution",
            "facility",
        ],
    ),
    (
        Target::Carrier,
        &[
            "traeger",
            "traegername",
            "traegerverein",
            "rechtstraeger",
            "carrier",
            "provider",
            "operator",
            "traeger der einrichtung",
            "traegerschaft",
            "run by",
        ],
    ),
    (
        Target::Association,
        &[
            "verband",
            "spitzenverband",
            "dachverband",
            "association",
            "wohlfahrtsverband",
            "umbrella organisation",
            "mitgliedsverband",
            "landesverband",
        ],
    ),
    (
        Target::Description,
        &[
            "beschreibung",
            "kurzbeschreibung",
            "text",
            "kurztext",
            "description",
            "beschreibungstext",
            "info",
            "informationen",
            "ueber uns",
            "hinweis",
            "hinweise",
            "hinweistext",
            "bemerkung",
            "bemerkungen",
            "about",
            "description redacted",
            "notes",
            "anmerkung",
            "anmerkungen",
        ],
    ),
    (
        Target::Street,
        &[
            "strasse",
            "strasse und hausnummer",
            "strasse hausnummer",
            "str",
            "anschrift",
            "adresse",
            "hausnummer",
            "haus nr",
            "hausnr",
            "strasse nr",
            "street",
            "address",
            "street address",
            "house number",
            "address 1",
            "strassenname",
        ],
    ),
    (
        Target::AddressExtra,
        &[
            "adresszusatz",
            "zusatz",
            "anschriftenzusatz",
            "address extra",
            "address 2",
            "gebaeude",
            "etage",
            "c o",
        ],
    ),
    (
        Target::Postcode,
        &["plz", "postleitzahl", "postcode", "zip", "zip code", "postal code", "zipcode", "plz ort"],
    ),
    (Target::City, &["ort", "stadt", "city", "town", "ortsname", "wohnort", "gemeinde", "standort", "sitz"]),
    (
        Target::Lat,
        &["lat", "latitude", "breitengrad", "geo breite", "breite", "y", "mapy", "geo lat", "y koordinate"],
    ),
    (
        Target::Lon,
        &[
            "lon",
            "lng",
            "long",
            "longitude",
            "laengengrad",
            "geo laenge",
            "laenge",
            "x",
            "mapx",
            "geo lon",
            "x koordinate",
        ],
    ),
    (
        Target::Phone,
        &[
            "telefon",
            "tel",
            "telefonnummer",
            "phone",
            "telephone",
            "rufnummer",
            "vorwahl",
            "telefon nr",
            "tel nr",
            "phone number",
            "fon",
            "ruf",
            "festnetz",
        ],
    ),
    (Target::Fax, &["fax", "telefax", "faxnummer", "fax nr", "fax number"]),
    (
        Target::Email,
        &[
            "email",
            "e mail",
            "mail",
            "mailadresse",
            "e mail adresse",
            "email adresse",
            "email address",
            "kontaktmail",
        ],
    ),
    (
        Target::Website,
        &[
            "website",
            "homepage",
            "internet",
            "web",
            "url",
            "www",
            "webseite",
            "internetadresse",
            "webadresse",
            "internetseite",
            "site",
        ],
    ),
    (
        Target::Opening,
        &[
            "oeffnungszeiten",
            "sprechzeiten",
            "opening hours",
            "hours",
            "opening",
            "oeffnungszeit",
            "sprechstunden",
            "sprechstunde",
            "beratungszeiten",
            "zeiten",
            "buerozeiten",
            "erreichbarkeit",
            "telefonzeiten",
        ],
    ),
    (Target::OpeningNote, &["opening note", "hinweis zu den oeffnungszeiten", "oeffnungszeiten hinweis"]),
    (Target::OpeningExceptions, &["opening exceptions", "schliesstage", "ausnahmen", "betriebsferien"]),
    (
        Target::Wheelchair,
        &[
            "barrierefrei",
            "rollstuhl",
            "rollstuhlgerecht",
            "wheelchair",
            "barrierefreiheit",
            "barrierefreier zugang",
        ],
    ),
    (Target::AccessFacts, &["zugang", "access facts", "zugaenglichkeit", "access", "ausstattung"]),
    (Target::Directions, &["anfahrt", "wegbeschreibung", "directions", "oepnv", "haltestelle", "anreise"]),
    (
        Target::Languages,
        &[
            "sprachen",
            "sprache",
            "languages",
            "language",
            "fremdsprachen",
            "beratungssprachen",
            "spoken languages",
        ],
    ),
    (
        Target::ConfirmedOn,
        &[
            "stand",
            "aktualisiert",
            "aktualisiert am",
            "letzte aenderung",
            "geaendert am",
            "updated",
            "confirmed on",
            "last updated",
            "datenstand",
            "geprueft am",
            "last modified",
            "datum der pruefung",
            "modified",
        ],
    ),
    (
        Target::OfferName,
        &[
            "angebot",
            "angebote",
            "art des angebots",
            "leistung",
            "dienst",
            "offer",
            "offer name",
            "service",
            "service name",
            "beratungsangebot",
            "untertitel",
            "angebotsname",
            "angebotstyp",
            "hilfeart",
            "dienstart",
            "consultingtypename",
            "fachdienst",
        ],
    ),
    (
        Target::OfferDescription,
        &["angebotsbeschreibung", "offer description", "leistungsbeschreibung", "service description"],
    ),
    (
        Target::Topics,
        &[
            "thema",
            "themen",
            "topics",
            "topic",
            "schwerpunkt",
            "schwerpunkte",
            "arbeitsbereich",
            "beratungsthemen",
            "fachgebiet",
            "fachbereich",
            "beratungsart",
            "beratungsarten",
            "beratungsschwerpunkte",
            "category",
            "kategorie",
            "kategorien",
            "bereich",
            "hilfebereich",
            "themenfelder",
        ],
    ),
    (Target::Leika, &["leika", "leika id", "leika schluessel", "leistungsschluessel"]),
    (
        Target::TargetGroups,
        &[
            "zielgruppe",
            "zielgruppen",
            "target groups",
            "target group",
            "fuer wen",
            "audience",
            "personenkreis",
        ],
    ),
    (
        Target::Keywords,
        &[
            "schlagwort",
            "schlagworte",
            "schlagwoerter",
            "keywords",
            "stichworte",
            "stichwoerter",
            "tags",
            "suchbegriffe",
        ],
    ),
    (
        Target::Modes,
        &[
            "beratungsform",
            "beratungsformen",
            "modes",
            "beratungswege",
            "kontaktformen",
            "beratungsweg",
            "channels",
            "form der beratung",
        ],
    ),
    (
        Target::Link,
        &[
            "link",
            "anmeldelink",
            "terminlink",
            "buchungslink",
            "onlineberatung",
            "online beratung",
            "booking link",
        ],
    ),
    (
        Target::PostcodeRanges,
        &[
            "plz bereich",
            "plz bereiche",
            "postleitzahlbereiche",
            "postleitzahlenbereiche",
            "postcode ranges",
            "postcoderanges",
            "einzugsgebiet",
            "einzugsgebiet plz",
            "zustaendig fuer plz",
            "zustaendigkeit",
            "plz gebiet",
            "plz gebiete",
            "zustaendigkeitsgebiet",
            "einzugsbereich",
        ],
    ),
    (
        Target::Municipalities,
        &[
            "ags",
            "gemeindeschluessel",
            "amtlicher gemeindeschluessel",
            "municipalities",
            "gemeinde ags",
            "regionalschluessel",
        ],
    ),
    (
        Target::Districts,
        &["kreisschluessel", "kreis", "landkreis", "districts", "kreis ags", "landkreisschluessel"],
    ),
    (Target::Lands, &["bundesland", "bundeslaender", "lands", "state", "federal state", "land"]),
    (Target::Nationwide, &["bundesweit", "nationwide", "deutschlandweit"]),
];

/// A heading in small letters without umlauts, signs and the number of a doubled column.
pub(super) fn fold(heading: &str) -> String {
    let mut folded = String::new();
    for letter in heading.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How much a heading sounds like each field, from 0 to 1; what sounds like nothing is missing.
pub(super) fn sound(heading: &str) -> Vec<(Target, f64)> {
    let folded = fold(heading);
    let padded = format!(" {folded} ");
    let mut scores = Vec::new();
    for (target, headings) in HEADINGS {
        let best = headings.iter().map(|known| likeness(&folded, &padded, known)).fold(0.0, f64::max);
        if best > 0.0 {
            scores.push((*target, best));
        }
    }
    scores
}

fn likeness(folded: &str, padded: &str, known: &str) -> f64 {
    if folded == known || folded.replace(' ', "") == known.replace(' ', "") {
        return 1.0;
    }
    // The longer the known words are within the heading, the more they say of it.
    let share = known.len() as f64 / folded.len().max(1) as f64;
    if padded.contains(&format!(" {known} ")) && known.len() > 1 {
        return 0.6 + 0.3 * share;
    }
    if known.len() >= 5 && (folded.starts_with(known) || folded.ends_with(known)) {
        return 0.5 + 0.3 * share;
    }
    0.0
}
