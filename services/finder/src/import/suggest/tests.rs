use std::fs;

use super::*;
use crate::import::{InputFile, Limits, Profile, Silent, Surroundings, Told, read, sniff};

/// A list as an association may hand it over: headings with the field each should get ("" for none), and its rows.
struct List {
    what: &'static str,
    columns: &'static [(&'static str, &'static str)],
    rows: &'static [&'static [&'static str]],
}

const LISTS: &[List] = &[
    List {
        what: "debt counselling, German, one row each",
        columns: &[
            ("Nr.", "external-id"),
            ("Einrichtung", "name"),
            ("Träger", "carrier"),
            ("Straße", "street"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Telefon", "phone"),
            ("E-Mail", "email"),
            ("Homepage", "website"),
            ("Öffnungszeiten", "opening"),
        ],
        rows: &[
            &[
                "1",
                "Rat und Tat",
                "Verein Beispiel",
                "Musterweg 1",
                "79100",
                "Freiburg",
                "030 23125 001",
                "post@rat.example",
                "www.rat.example",
                "Mo-Fr 9-12 Uhr",
            ],
            &[
                "2",
                "Offenes Ohr",
                "Verein Muster",
                "Beispielgasse 7",
                "50667",
                "Köln",
                "030 23125 002",
                "info@ohr.example",
                "https://ohr.example",
                "Di 10-12, Do 14-16",
            ],
        ],
    },
    List {
        what: "English headings",
        columns: &[
            ("ID", "external-id"),
            ("Name", "name"),
            ("Street", "street"),
            ("ZIP", "postcode"),
            ("City", "city"),
            ("Phone", "phone"),
            ("Email", "email"),
            ("Website", "website"),
            ("Opening hours", "opening"),
            ("Languages", "languages"),
            ("Latitude", "lat"),
            ("Longitude", "lon"),
        ],
        rows: &[
            &[
                "a1",
                "Open Door",
                "Musterweg 1",
                "10115",
                "Berlin",
                "030 23125 003",
                "mail@door.example",
                "door.example",
                "Mo 9-12",
                "Deutsch, Englisch",
                "52.53",
                "13.38",
            ],
            &[
                "a2",
                "Side Door",
                "Musterweg 2",
                "20095",
                "Hamburg",
                "030 23125 004",
                "mail@side.example",
                "side.example",
                "Di 9-12",
                "Türkisch",
                "53.55",
                "10.0",
            ],
        ],
    },
    List {
        what: "area code and number, house number apart",
        columns: &[
            ("Einrichtungsnummer", "external-id"),
            ("Name der Einrichtung", "name"),
            ("Straße", "street"),
            ("Hausnummer", "street"),
            ("Postleitzahl", "postcode"),
            ("Stadt", "city"),
            ("Vorwahl", "phone"),
            ("Rufnummer", "phone"),
            ("Telefax", "fax"),
            ("Barrierefrei", "wheelchair"),
        ],
        rows: &[
            &[
                "100",
                "Haus am Tor",
                "Torweg",
                "3",
                "04109",
                "Leipzig",
                "030",
                "23125005",
                "030 23125 006",
                "ja",
            ],
            &["101", "Haus am See", "Seeweg", "4a", "01067", "Dresden", "030", "23125007", "", "nein"],
        ],
    },
    List {
        what: "offers with topics and groups",
        columns: &[
            ("Lfd. Nr.", "external-id"),
            ("Name der Beratungsstelle", "name"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Art des Angebots", "offer-name"),
            ("Schwerpunkte", "topics"),
            ("Zielgruppen", "target-groups"),
            ("Beratungsform", "modes"),
            ("Stichworte", "keywords"),
            ("Sprachen", "languages"),
        ],
        rows: &[
            &[
                "1",
                "Lotse",
                "28195",
                "Bremen",
                "Fachberatung",
                "Alkohol",
                "Erwachsene",
                "persönlich",
                "Bier",
                "Deutsch",
            ],
            &[
                "2",
                "Leuchtturm",
                "24103",
                "Kiel",
                "Gruppe",
                "Drogen",
                "Jugendliche",
                "telefonisch",
                "Konsum",
                "Englisch",
            ],
        ],
    },
    List {
        what: "catchment areas",
        columns: &[
            ("Kennung", "external-id"),
            ("Bezeichnung", "name"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Einzugsgebiet", "postcode-ranges"),
            ("Kreisschlüssel", "districts"),
            ("AGS", "municipalities"),
            ("Bundesland", "lands"),
            ("bundesweit", "nationwide"),
        ],
        rows: &[
            &[
                "x1",
                "Anker",
                "79100",
                "Freiburg",
                "79098-79117",
                "08311",
                "08311000",
                "Baden-Württemberg",
                "nein",
            ],
            &[
                "x2",
                "Kompass",
                "50667",
                "Köln",
                "50667-50999;51061",
                "05315",
                "05315000",
                "Nordrhein-Westfalen",
                "nein",
            ],
        ],
    },
    List {
        what: "coordinates under short names, remarks nobody needs",
        columns: &[
            ("id", "external-id"),
            ("titel", "name"),
            ("plz", "postcode"),
            ("ort", "city"),
            ("mapy", "lat"),
            ("mapx", "lon"),
            ("Sachbearbeiter", ""),
            ("Kostenstelle", ""),
            ("Stand", "confirmed-on"),
        ],
        rows: &[
            &["1", "Eins", "80331", "München", "48.13", "11.57", "Fr. B.", "4711", "2026-05-01"],
            &["2", "Zwei", "90402", "Nürnberg", "49.45", "11.08", "Hr. C.", "4712", "01.06.2026"],
        ],
    },
    List {
        what: "screaming headings with signs",
        columns: &[
            ("BERATUNGSSTELLE", "name"),
            ("ANSCHRIFT", "street"),
            ("PLZ*", "postcode"),
            ("ORT*", "city"),
            ("TEL.", "phone"),
            ("FAX", "fax"),
            ("MAIL-ADRESSE", "email"),
            ("INTERNET", "website"),
            ("SPRECHZEITEN", "opening"),
            ("BEMERKUNGEN", "description"),
        ],
        rows: &[
            &[
                "Haus Nord",
                "Weg 1",
                "24103",
                "Kiel",
                "030/23125008",
                "030/23125009",
                "n@haus.example",
                "www.haus.example",
                "Mo 9-12 Uhr",
                "Bitte klingeln.",
            ],
            &[
                "Haus Süd",
                "Weg 2",
                "80331",
                "München",
                "030/23125010",
                "",
                "s@haus.example",
                "www.haus.example",
                "Di 9-12 Uhr",
                "",
            ],
        ],
    },
    List {
        what: "values speak where headings do not",
        columns: &[
            ("Feld 1", ""),
            ("Name", "name"),
            ("Feld 3", "postcode"),
            ("Ort", "city"),
            ("Feld 5", "email"),
            ("Feld 6", "website"),
            ("Feld 7", "opening"),
        ],
        rows: &[
            &[
                "A",
                "Brücke",
                "66111",
                "Saarbrücken",
                "a@bruecke.example",
                "https://bruecke.example",
                "Mo-Do 9-16 Uhr",
            ],
            &["B", "Steg", "55116", "Mainz", "b@steg.example", "https://steg.example", "Fr 9-12 Uhr"],
        ],
    },
    List {
        what: "migration counselling with carrier and association",
        columns: &[
            ("Stellennummer", "external-id"),
            ("Dienststelle", "name"),
            ("Rechtsträger", "carrier"),
            ("Spitzenverband", "association"),
            ("Straße und Hausnummer", "street"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Telefonnummer", "phone"),
            ("E-Mail-Adresse", "email"),
            ("Fremdsprachen", "languages"),
            ("Anfahrt", "directions"),
        ],
        rows: &[
            &[
                "9",
                "MBE Mitte",
                "Verein Eins",
                "Musterverband",
                "Allee 1",
                "39104",
                "Magdeburg",
                "+49 30 23125 011",
                "m@mbe.example",
                "Arabisch, Farsi",
                "Linie 4",
            ],
            &[
                "10",
                "MBE West",
                "Verein Zwei",
                "Musterverband",
                "Allee 2",
                "99084",
                "Erfurt",
                "+49 30 23125 012",
                "w@mbe.example",
                "Russisch",
                "Linie 1",
            ],
        ],
    },
    List {
        what: "pregnancy counselling with a link to appointments",
        columns: &[
            ("Externe ID", "external-id"),
            ("Organisation", "name"),
            ("Beschreibung", "description"),
            ("Adresse", "street"),
            ("Adresszusatz", "address-extra"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Anmeldelink", "link"),
            ("Letzte Änderung", "confirmed-on"),
        ],
        rows: &[
            &[
                "o-1",
                "Stern",
                "Beratung zu Schwangerschaft",
                "Gasse 1",
                "2. Stock",
                "18055",
                "Rostock",
                "https://termin.example/stern",
                "01.02.2026",
            ],
            &[
                "o-2",
                "Mond",
                "Gespräche und Hilfe",
                "Gasse 2",
                "",
                "19053",
                "Schwerin",
                "https://termin.example/mond",
                "02.02.2026",
            ],
        ],
    },
    List {
        what: "postcodes that lost their zeros, numbers as text",
        columns: &[
            ("Nummer", "external-id"),
            ("Einrichtungsname", "name"),
            ("Plz", "postcode"),
            ("Ortsname", "city"),
            ("Telefon Nr.", "phone"),
            ("Webseite", "website"),
            ("Rollstuhlgerecht", "wheelchair"),
        ],
        rows: &[
            &["1", "Alte Post", "4109", "Leipzig", "30 23125013", "post.example", "teilweise"],
            &["2", "Neue Post", "1067", "Dresden", "30 23125014", "neu.example", "ja"],
        ],
    },
    List {
        what: "two mail columns and two phones: the first counts",
        columns: &[
            ("ID", "external-id"),
            ("Name", "name"),
            ("PLZ", "postcode"),
            ("Ort", "city"),
            ("Telefon", "phone"),
            ("Telefon (2)", ""),
            ("E-Mail", "email"),
            ("E-Mail Leitung", ""),
        ],
        rows: &[
            &[
                "1",
                "Kreis",
                "44135",
                "Dortmund",
                "030 23125015",
                "030 23125016",
                "k@kreis.example",
                "l@kreis.example",
            ],
            &["2", "Dreieck", "45127", "Essen", "030 23125017", "", "d@drei.example", "x@drei.example"],
        ],
    },
];

fn csv(list: &List) -> String {
    let line =
        |cells: Vec<&str>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
    let mut text = line(list.columns.iter().map(|(name, _)| *name).collect());
    for row in list.rows {
        text += "\n";
        text += &line(row.to_vec());
    }
    text
}

fn look(text: &str) -> Sniffed {
    let file = InputFile::from_bytes("liste.csv", text.as_bytes().to_vec());
    sniff(file, &Told::default(), None, &Limits::default()).unwrap()
}

#[test]
fn columns_are_recognised_by_heading_and_values() {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for list in LISTS {
        let sniffed = look(&csv(list));
        assert_eq!(sniffed.columns.len(), list.columns.len(), "{}", list.what);
        for ((heading, expected), found) in list.columns.iter().zip(suggest(&sniffed)) {
            let found = found.map_or("", |suggestion| suggestion.target.code());
            all += 1;
            right += usize::from(found == *expected);
            if found != *expected {
                wrong.push(format!("{}: {heading} → {found:?}, expected {expected:?}", list.what));
            }
        }
    }
    println!("suggested columns: {right} of {all} right in {} lists", LISTS.len());
    assert!(right * 100 >= all * 97, "{wrong:#?}");
}

#[test]
fn every_suggested_mapping_is_a_profile_that_reads_its_list() {
    let (places, topics, limits) =
        (search_index::place::Gazetteer::bundled(), std::collections::BTreeSet::new(), Limits::default());
    let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
    for list in LISTS {
        let (text, sniffed) = (csv(list), look(&csv(list)));
        let mapping = Mapping::suggested(&sniffed);
        assert!(mapping.lacks().is_empty(), "{}: {:?}", list.what, mapping.lacks());
        let toml = mapping.to_toml("Liste", "liste");
        let profile = Profile::parse("liste", &toml).unwrap_or_else(|error| panic!("{error}\n{toml}"));
        assert!(fits(&profile, std::slice::from_ref(&sniffed)), "{}", list.what);
        let files = vec![InputFile::from_bytes("liste.csv", text.into_bytes())];
        let reading = read(files, &profile, &around, &Silent).unwrap();
        assert_eq!(
            (reading.drafts.len(), reading.rows_read),
            (2, 2),
            "{}: {:?}",
            list.what,
            reading.rejected
        );
        let shown = mapping_of(&profile, &sniffed);
        assert_eq!(
            shown.as_ref().map(|mapping| mapping.to_toml("Liste", "liste")),
            Some(toml),
            "{}",
            list.what
        );
    }
}

#[test]
fn rows_that_share_an_id_become_offers_of_one_centre() {
    let sniffed =
        look("Nr;Name;PLZ;Angebot\n1;Rat;79100;Fachberatung\n1;Rat;79100;Gruppe\n2;Tat;50667;Gruppe\n");
    let mapping = Mapping::suggested(&sniffed);
    assert!(mapping.group);
    let profile = Profile::parse("x", &mapping.to_toml("T", "x")).unwrap();
    assert_eq!(profile.offer[0].key.as_ref().unwrap().columns, ["Angebot"]);
}

#[test]
fn translations_of_values_come_back_from_a_saved_profile() {
    let sniffed = look("Nr;Name;PLZ;Thema\n1;Rat;79100;Alkohol\n2;Tat;50667;Drogen\n");
    let mut mapping = Mapping::suggested(&sniffed);
    mapping.columns[3].map =
        [("Alkohol", "alcohol"), ("*", "")].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
    mapping.offer_name = "Gruppe".into();
    let profile = Profile::parse("x", &mapping.to_toml("T", "x")).unwrap();
    assert_eq!(mapping_of(&profile, &sniffed), Some(mapping));
    let missing = look("Nr;Name;PLZ\n1;Rat;79100\n");
    assert!(!fits(&profile, &[missing]));
}

#[test]
fn what_the_page_cannot_show_is_not_shown() {
    let profile = Profile::load("caritas").unwrap();
    let main = look(
        "id\tconsulting_type\tname\tpostcode\tcity\tis_offline\tdescription_redacted\n0\t0\tA\t53113\tBonn\t0\tx\n",
    );
    let ranges = look("agency_id\tfrom\tto\n0\t53001\t53229\n");
    assert!(
        fits(&profile, &[main.clone(), ranges.clone()]) && fits(&profile, &[ranges.clone(), main.clone()])
    );
    assert!(!fits(&profile, std::slice::from_ref(&main)), "the ranges are missing");
    assert!(!fits(&profile, &[ranges]), "the main file is missing");
    assert_eq!(mapping_of(&profile, &main), None);
}

/// The real list is no part of the project; where it is at hand its columns must be recognised too.
#[test]
fn the_real_list_is_recognised() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/caritas_agencies.tsv");
    let Ok(bytes) = fs::read(path) else {
        println!("SKIPPED: the real list is not at hand");
        return;
    };
    let file = InputFile::from_bytes("caritas.tsv", bytes);
    let sniffed = sniff(file, &Told::default(), None, &Limits::default()).unwrap();
    let found: Vec<&str> =
        suggest(&sniffed).into_iter().map(|found| found.map_or("", |found| found.target.code())).collect();
    assert_eq!(found, ["external-id", "", "name", "postcode", "city", "", "description"]);
}
