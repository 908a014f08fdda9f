//! Files that mean harm, or look like it.

use proptest::prelude::*;

use super::*;
use crate::import::profile::{BUNDLED, bundled};

#[test]
fn entities_that_multiply_are_refused_with_the_document_type() {
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<beratungsstellen>&b;</beratungsstellen>";
    let outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><beratungsstellen/>";
    for (text, line) in [(laughs, 2), (outside, 1)] {
        let error = read_texts(&bundled("bzga").unwrap(), &[("x.xml", text)]);
        assert!(matches!(&error, Err(ReadError::DocumentType { row, .. }) if *row == line), "{error:?}");
    }
}

#[test]
fn documents_nested_without_end_are_refused() {
    let xml = "<beratungsstellen>".to_owned() + &"<a>".repeat(100_000);
    assert!(matches!(read_texts(&bundled("bzga").unwrap(), &[("x.xml", &xml)]), Err(ReadError::Xml { .. })));
    let json = "[".repeat(200_000);
    for profile in ["hsds", "onlineberatung"] {
        let error = read_texts(&bundled(profile).unwrap(), &[("x.json", &json)]);
        assert!(matches!(error, Err(ReadError::Json { .. })), "{profile}");
    }
}

#[test]
fn an_endless_document_is_refused_at_its_limit() {
    let (places, topics) = (Gazetteer::bundled(), topics());
    let limits = Limits { document_bytes: 1 << 20, ..Limits::default() };
    let child = xlsx::test_reader();
    let around = Surroundings { places: &places, topics: &topics, child: Some(&child), limits: &limits };
    for (name, start) in
        [("hsds", "["), ("onlineberatung", "["), ("bzga", "<"), ("example-homelessness-xlsx", "PK\u{3}\u{4}")]
    {
        let endless = std::io::Read::chain(std::io::Cursor::new(start), std::io::repeat(b' '));
        let files = vec![InputFile::from_reader("x", endless)];
        let error = read(files, &bundled(name).unwrap(), &around, &Silent);
        assert!(matches!(error, Err(ReadError::TooLarge { .. })), "{name}: {error:?}");
    }
}

#[test]
fn a_spreadsheet_bomb_is_an_error_of_the_file() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let files = vec![InputFile::from_bytes("bomb.xlsx", xlsx::test_workbook(sheet))];
    let profile = small("", "");
    let error = read_files(&profile, files);
    assert!(matches!(error, Err(ReadError::Spreadsheet { .. })), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_an_answer_for_every_format(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for (name, _) in BUNDLED.iter().filter(|(name, _)| !name.contains("xlsx")) {
            if !bytes.starts_with(b"PK\x03\x04") {
                let _answer = read_here(&bundled(name).unwrap(), vec![InputFile::from_bytes("x", bytes.clone())]);
            }
        }
    }

    #[test]
    fn any_rows_are_imported_or_rejected(rows in prop::collection::vec(("[0-9a]{0,3}", "\\PC{0,12}", "[0-9]{3,5}", "\\PC{0,6}"), 1..20)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["id", "name", "plz", "ort"]).unwrap();
        for (id, name, postcode, city) in &rows {
            writer.write_record([id, name, postcode, city]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let reading = read_here(&small("", ""), vec![InputFile::from_bytes("x.csv", bytes)]).unwrap();
        let rejected: BTreeSet<u64> = reading.rejected.iter().map(|error| error.spot.row).collect();
        prop_assert_eq!(reading.drafts.len() + rejected.len(), usize::try_from(reading.rows_read).unwrap());
    }

    #[test]
    fn json_of_any_types_is_an_answer(values in prop::collection::vec(json(), 0..6)) {
        let text = serde_json::Value::Array(values).to_string();
        for name in ["hsds", "onlineberatung"] {
            let reading = read_texts(&bundled(name).unwrap(), &[("x.json", &text)]).unwrap();
            prop_assert!(reading.drafts.len() <= usize::try_from(reading.rows_read).unwrap());
        }
    }
}

/// JSON with the names HSDS uses and any types behind them.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z0-9:-]{0,8}".prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "id",
        "name",
        "status",
        "service_at_locations",
        "location",
        "addresses",
        "postal_code",
        "schedules",
        "opens_at",
        "organization",
        "attributes",
        "value",
        "service_areas",
        "extent",
        "extent_type",
        "uri",
        "languages",
        "code",
        "phones",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}
