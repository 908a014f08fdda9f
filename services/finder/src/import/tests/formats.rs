//! What comes out of each kind of file.

use contracts::directory::{Area, LocationBasis, Mode};

use super::*;
use crate::import::profile::bundled;

#[test]
fn repairs_are_made_and_reported() {
    let profile = small(
        "lat = 'lat'\nlon = 'lon'\nphone = 'tel'\nwebsite = 'web'\nlanguages = 'spr'\nopening = 'zeit'\nconfirmed_on = 'stand'",
        "[offer.areas]\npostcode_ranges = 'gebiet'",
    );
    let text = "id;name;plz;ort;lat;lon;tel;web;spr;zeit;stand;gebiet\n\
        1;A\u{202e}B;1067;;7,85;47,99;030 23125 001;www.example.org;de, tlh;ab 9;gestern;79115-79098;\n\
        2;<b>C</b>;79100;Freiburg;48.85;2.35;ruf an;javascript:x;Türkisch;Mo 9-12;1.11.2026;00001-00009\n"
        .replace("79115-79098;", "79115-79098");
    let reading = read_texts(&profile, &[("a.csv", &text)]).unwrap();
    assert_eq!(problems(&reading), []);
    let mut codes: Vec<_> = reading.repaired.iter().map(|note| (note.spot.row, note.repair.code())).collect();
    codes.sort();
    assert_eq!(
        codes,
        [
            (2, "controls-removed"),
            (2, "coordinates-swapped"),
            (2, "date-unreadable"),
            (2, "hours-as-note"),
            (2, "language-unknown"),
            (2, "postcode-zero-restored"),
            (2, "range-turned"),
            (2, "scheme-added"),
            (2, "town-from-postcode"),
            (3, "coordinates-outside"),
            (3, "link-dropped"),
            (3, "markup-removed"),
            (3, "phone-dropped"),
            (3, "range-of-no-place"),
        ]
    );
    let (first, second) = (reading.drafts[0].body(), reading.drafts[1].body());
    assert_eq!(
        (first.name.as_str(), first.address.postcode.as_str(), first.address.city.as_str()),
        ("AB", "01067", "Dresden")
    );
    assert_eq!(first.coordinates.map(|point| (point.lat, point.basis)), Some((47.99, LocationBasis::Given)));
    assert_eq!(second.coordinates.map(|point| point.basis), Some(LocationBasis::Postcode));
    assert_eq!((second.name.as_str(), second.languages.as_slice()), ("C", &[String::from("tr")][..]));
    assert_eq!(first.contacts.website.as_deref(), Some("https://www.example.org"));
    assert_eq!(second.contacts, Default::default());
}

#[test]
fn rows_that_cannot_be_used_say_why_and_the_others_come_in() {
    let text = "id;name;plz;ort\n1;A;79100;Freiburg\n;B;79100;Freiburg\n3;;79100;Freiburg\n4;D;791;Freiburg\n\
        5;E;7531;Konstanz\n1;F;79100;Freiburg\n7;G;;Freiburg\n";
    let reading = read_texts(&small("", ""), &[("a.csv", text)]).unwrap();
    assert_eq!(
        problems(&reading),
        [
            (3, "id", "required"),
            (4, "name", "required"),
            (5, "plz", "not-a-postcode"),
            (6, "plz", "short-postcode"),
            (8, "plz", "required"),
            (7, "", "duplicate-id"),
        ]
    );
    assert_eq!((reading.drafts.len(), reading.rows_read, reading.rows_lost()), (1, 7, 6));
    assert!(reading.rejected_ids.contains("5"));
}

#[test]
fn a_column_that_is_missing_stops_the_import() {
    let error = read_texts(&small("phone = 'Telefon'", ""), &[("a.csv", "id;name;plz;ort\n1;A;79100;F\n")]);
    let message = error.unwrap_err().to_string();
    assert!(message.contains("Telefon") && message.contains("ort"), "{message}");
}

#[test]
fn joined_rows_find_their_record_or_are_named() {
    let profile = bundled("caritas").unwrap();
    let agencies = "id\tconsulting_type\tname\tpostcode\tcity\tis_offline\tdescription_redacted\n\
        7\t5\tA\t79100\tFreiburg\t1\t\n8\t16\tMigration Test\t79100\tFreiburg\t0\t\n9\t99\tB\t79100\tFreiburg\t0\t\n";
    let ranges =
        "agency_id\tfrom\tto\r\n7\t79098\t79117\r\n7\t79312\t79299\r\n7\tx\t1\r\n5\t79098\t79117\r\n";
    for files in [[("a.tsv", agencies), ("r.tsv", ranges)], [("r.tsv", ranges), ("a.tsv", agencies)]] {
        let reading = read_texts(&profile, &files).unwrap();
        let mut found = problems(&reading);
        found.sort();
        assert_eq!(
            found,
            [
                (3, "consulting_type", "left-out"),
                (4, "", "no-offer"),
                (4, "from", "not-a-postcode-range"),
                (5, "agency_id", "nothing-to-join"),
            ]
        );
        assert_eq!(repairs(&reading), [(3, "from", "range-turned")]);
        let offer = &reading.drafts[0].body().offers[0];
        assert_eq!(
            (offer.topics.as_slice(), offer.modes.as_slice()),
            (&[String::from("debt")][..], &[Mode::InPerson][..])
        );
        assert_eq!(offer.areas.len(), 2);
    }
    assert!(matches!(read_texts(&profile, &[("a.tsv", agencies)]), Err(ReadError::FileMissing { .. })));
    assert!(matches!(read_texts(&profile, &[("r.tsv", ranges)]), Err(ReadError::FileMissing { .. })));
}

#[test]
fn onlineberatung_agencies_come_as_json_or_csv() {
    let profile = bundled("onlineberatung").unwrap();
    let json = r#"[{"id": 5, "name": "A", "postcode": "79100", "city": "Freiburg", "offline": false, "external": false,
        "url": null, "topicIds": [1, 2], "demographics": {"ageFrom": 18}, "postcodeRanges": "79100-79112;80437;"},
        {"id": 6, "name": "B", "postcode": "79100", "city": "Freiburg", "external": true}, 7]"#;
    let reading = read_texts(&profile, &[("a.json", json)]).unwrap();
    assert_eq!(problems(&reading), [(3, "/2", "wrong-type"), (2, "external", "left-out")]);
    let draft = reading.drafts[0].body();
    assert_eq!((draft.external_id.as_str(), draft.offers[0].areas.len()), ("5", 2));
    assert_eq!(draft.offers[0].modes, [Mode::InPerson, Mode::Chat]);
    let csv = "id,name,description,postcode,city,url,external,offline,postcodeRanges,consultingTypeName\n\
        5,A,,79100,Freiburg,,false,true,79100-79112;80437;,Schuldnerberatung\n";
    let draft = read_texts(&profile, &[("a.csv", csv)]).unwrap().drafts.remove(0);
    assert_eq!(
        (draft.body().offers[0].name.as_str(), draft.body().offers[0].modes.as_slice()),
        ("Schuldnerberatung", &[Mode::InPerson][..])
    );
}

#[test]
fn bzga_entries_get_the_names_of_their_kinds() {
    let xml = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<beratungsstellen version=\"2.1\"><beratungsarten>\
        <beratungsart><index>3</index><titel>Schwangerschaftsberatung</titel></beratungsart></beratungsarten>\
        <entrys><entry><index>17</index><titel>M\u{fc}hlen &amp; S\u{f6}hne</titel><plz>01067</plz><ort>Dresden</ort>\
        <mapx>13.73</mapx><mapy>51.05</mapy><angebot><![CDATA[<p>Wir <b>beraten</b></p>]]></angebot>\
        <beratungsarten><beratungsart><index>3</index></beratungsart></beratungsarten><logo/></entry>\
        <entry><index>18</index><titel>&nbsp;&boese;</titel><plz>01067</plz></entry></entrys></beratungsstellen>";
    let latin: Vec<u8> = xml.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let reading = read_files(&bundled("bzga").unwrap(), vec![InputFile::from_bytes("b.xml", latin)]).unwrap();
    assert_eq!(problems(&reading), [(2, "", "undecodable")]);
    let draft = reading.drafts[0].body();
    assert_eq!((draft.name.as_str(), draft.description.as_deref()), ("Mühlen & Söhne", Some("Wir beraten")));
    assert_eq!(draft.offers[0].keywords, ["Schwangerschaftsberatung"]);
    assert_eq!(draft.coordinates.unwrap().lat, 51.05);
}

#[test]
fn spreadsheets_group_their_rows_into_centres() {
    let header = [
        "Nr. der Einrichtung",
        "Name der Einrichtung",
        "Träger",
        "Straße und Hausnummer",
        "PLZ",
        "Ort",
        "Telefon",
        "E-Mail",
        "Internet",
        "Öffnungszeiten",
        "Zugang",
        "Sprachen",
        "Art des Angebots",
        "Beschreibung",
        "Für wen",
        "Bundesland",
        "Gemeindeschlüssel",
    ];
    let one = [
        "1",
        "Haus A",
        "",
        "",
        "01067",
        "Dresden",
        "",
        "",
        "",
        "Mo-Fr 8-12",
        "",
        "",
        "Tagesaufenthalt",
        "",
        "",
        "SN",
        "",
    ];
    let two = [
        "1",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Notübernachtung",
        "",
        "Männer, Frauen",
        "",
        "14612000",
    ];
    let other =
        ["2", "Haus B", "", "", "79100", "Freiburg", "", "", "", "", "", "", "Fantasie", "", "", "", ""];
    let sheet = xlsx::test_sheet(&[&["Liste"], &["Stand 2026"], &header, &one, &two, &other]);
    let book = xlsx::test_workbook(&sheet.replace("Tabelle1", "Angebote"));
    let profile = Profile::parse(
        "x",
        &profile::BUNDLED
            .iter()
            .find(|(name, _)| *name == "example-homelessness-xlsx")
            .unwrap()
            .1
            .replace("Angebote\"\nskip", "Tabelle1\"\nskip"),
    )
    .unwrap();
    let reading = read_files(&profile, vec![InputFile::from_bytes("a.xlsx", book)]).unwrap();
    assert_eq!(problems(&reading), [(6, "Art des Angebots", "not-in-map")]);
    let draft = reading.drafts[0].body();
    assert_eq!(draft.opening.weekly.len(), 5);
    let offers: Vec<_> = draft
        .offers
        .iter()
        .map(|offer| (offer.name.as_str(), offer.topics.len(), offer.areas.len()))
        .collect();
    assert_eq!(offers, [("Tagesaufenthalt", 2, 1), ("Notübernachtung", 2, 1)]);
    assert!(matches!(draft.offers[0].areas[0], Area::Land(_)));
}

#[test]
fn the_example_for_addiction_reads_a_list_like_the_one_it_describes() {
    let text = "Einrichtungsnummer;Einrichtung;Träger;Verband;Straße;PLZ;Ort;Breitengrad;Längengrad;Vorwahl;Rufnummer;E-Mail;Homepage;Sprechzeiten;Barrierefrei;Sprachen;Stand;Angebot;Schwerpunkte;Zielgruppen;Beratungsform;Kreisschlüssel;Angehörigenberatung;Status\n\
        A1;Musterhaus;Musterverband;;Musterweg 1;79100;Freiburg;47,98;7,84;030;23125 001;a@example.org;example.org;Mo-Do 9-12 Uhr;ja;Deutsch/Türkisch;1.10.2026;;Glücksspiel, Tabak;Erwachsene;persönlich, Telefon;08311;ja;offen\n\
        A2;Altes Haus;;;;79100;Freiburg;;;;;;;;;;;;;;;;;geschlossen\n";
    let reading = read_texts(&bundled("example-addiction-csv").unwrap(), &[("a.csv", text)]).unwrap();
    assert_eq!(problems(&reading), [(3, "Status", "left-out")]);
    assert_eq!(reading.rows_lost(), 0);
    let draft = reading.drafts[0].body();
    assert_eq!((draft.contacts.phone.as_deref(), draft.languages.len()), (Some("030 23125 001"), 2));
    assert_eq!(draft.offers[0].topics, ["gambling", "addiction"]);
    assert_eq!(draft.offers[0].modes, [Mode::InPerson, Mode::Phone]);
    assert_eq!(draft.offers[1].name, "Beratung für Angehörige");
}
