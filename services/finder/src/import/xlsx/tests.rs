use std::{
    io::{Cursor, Write},
    time::{Duration, Instant},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

/// Not a test of its own: the other tests start this test program with only this one, as the limited child.
#[test]
#[ignore = "runs only as the child of the other tests"]
fn child_entry() {
    if std::env::var_os("ANLAUFSTELLE_XLSX_CHILD").is_some() {
        let _code = xlsx_child_main();
        std::process::exit(0);
    }
}

pub(crate) fn reader() -> XlsxReader {
    let arguments =
        ["import::xlsx::tests::child_entry", "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    XlsxReader::with_arguments(std::env::current_exe().unwrap(), arguments)
}

/// A spreadsheet with one sheet "Tabelle1" and the given cells, as (reference, content of the c element).
pub(crate) fn workbook(sheet: &str) -> Vec<u8> {
    container(&[
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

pub(crate) fn sheet(rows: &[&[&str]]) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for (row, cells) in rows.iter().enumerate() {
        xml += &format!("<row r=\"{}\">", row + 1);
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let reference = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
            xml += &if cell.parse::<f64>().is_ok() && !cell.starts_with('0') {
                format!("<c r=\"{reference}\"><v>{cell}</v></c>")
            } else {
                format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
            };
        }
        xml += "</row>";
    }
    xml + "</sheetData></worksheet>"
}

fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn rows_come_with_the_numbers_a_person_sees() {
    let book = workbook(&sheet(&[&["id", "plz"], &[], &["1", "", "äöü"], &["2.5"]]));
    let rows = reader().rows(&book, None).unwrap();
    let expected = [(1, vec!["id", "plz"]), (3, vec!["1", "", "äöü"]), (4, vec!["2.5"])];
    let found: Vec<_> =
        rows.iter().map(|row| (row.number, row.cells.iter().map(String::as_str).collect())).collect();
    assert_eq!(found, expected);
    assert_eq!(reader().rows(&book, Some("#1")).unwrap(), rows);
    assert_eq!(reader().rows(&book, Some("Tabelle1")).unwrap(), rows);
    assert!(reader().rows(&book, Some("#0")).is_err() && reader().rows(&book, Some("#2")).is_err());
    assert_eq!(
        reader().rows(&book, Some("Adressen")),
        Err(XlsxError::NoSuchSheet { sheet: "Adressen".into(), known: "Tabelle1".into() })
    );
}

#[test]
fn two_far_cells_do_not_end_the_program() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    assert_eq!(
        reader().rows(&workbook(sheet), None),
        Err(XlsxError::TooFar { row: 1_048_576, column: 16_384 })
    );
}

#[test]
fn a_part_that_unpacks_to_far_more_than_its_size_is_refused() {
    let blank = " ".repeat(30 << 20);
    let book = workbook(&format!("<worksheet>{blank}</worksheet>"));
    assert!(book.len() < 100_000);
    assert_eq!(reader().rows(&book, None), Err(XlsxError::Ratio { limit: 100 }));
}

#[test]
fn a_container_of_many_parts_or_of_none_is_refused() {
    let names: Vec<String> = (0..300).map(|number| format!("xl/part{number}.xml")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "<a/>")).collect();
    assert_eq!(reader().rows(&container(&many), None), Err(XlsxError::TooManyParts { limit: 200 }));
    assert_eq!(reader().rows(&container(&[("a.txt", "x")]), None), Err(XlsxError::NotXlsx));
    assert_eq!(reader().rows(b"PK\x03\x04 and then nothing", None), Err(XlsxError::NotXlsx));
    assert_eq!(reader().rows(&[], None), Err(XlsxError::NotXlsx));
}

#[test]
fn a_damaged_sheet_is_an_answer() {
    let error = reader().rows(&workbook("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</c>"), None);
    assert!(matches!(error, Err(XlsxError::Damaged { .. })), "{error:?}");
}

#[test]
fn a_child_that_says_nothing_is_not_waited_for() {
    let before = Instant::now();
    let silent = XlsxReader::with_arguments("/bin/sleep", ["60"]).with_patience(Duration::from_millis(300));
    assert_eq!(silent.rows(b"x", None), Err(XlsxError::GaveUp));
    assert!(before.elapsed() < Duration::from_secs(20));
    assert_eq!(XlsxReader::new("/nonexistent/program").rows(b"x", None), Err(XlsxError::Unavailable));
    assert_eq!(XlsxReader::with_arguments("/bin/true", [""; 0]).rows(b"x", None), Err(XlsxError::GaveUp));
}
