use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::import::{
    CHILD_MARK, FileReader, InputFile, Limits, ReadError, Sniffed, Told, read_child_main, sniff,
};

/// Not a test of its own: the other tests start this test program with only this one, as the limited child.
#[test]
#[ignore = "runs only as the child of the other tests"]
fn child_entry() {
    if std::env::var_os(CHILD_MARK).is_some() {
        let _code = read_child_main();
        std::process::exit(0);
    }
}

pub(crate) fn reader() -> FileReader {
    let arguments =
        ["import::xlsx::tests::child_entry", "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    FileReader::with_arguments(std::env::current_exe().unwrap(), arguments)
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

fn look(book: &[u8], sheet: Option<&str>) -> Result<Sniffed, ReadError> {
    let file = InputFile::from_bytes("a.xlsx", book.to_vec());
    let told = Told { sheet: sheet.map(str::to_owned), ..Told::default() };
    sniff(file, &told, Some(&reader()), &Limits::default())
}

fn refusal(book: &[u8], sheet: Option<&str>) -> XlsxError {
    match look(book, sheet) {
        Err(ReadError::Spreadsheet { problem, .. }) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sheet_is_chosen_and_its_header_found() {
    let book = workbook(&sheet(&[&["Liste"], &[], &["id", "plz", "ort"], &["1", "", "äöü"], &["2.5"]]));
    let found = look(&book, None).unwrap();
    assert_eq!(found.names().collect::<Vec<_>>(), ["id", "plz", "ort"]);
    assert_eq!((found.skip_lines, found.rows, found.sheets.as_slice()), (2, 2, &["Tabelle1".to_owned()][..]));
    assert_eq!(
        (found.columns[0].values.as_slice(), found.columns[2].values.as_slice()),
        (&["1".to_owned(), "2.5".to_owned()][..], &["äöü".to_owned()][..])
    );
    assert_eq!(look(&book, Some("#1")).unwrap(), found);
    assert_eq!(look(&book, Some("Tabelle1")).unwrap(), found);
    assert!(look(&book, Some("#0")).is_err() && look(&book, Some("#2")).is_err());
    assert_eq!(
        refusal(&book, Some("Adressen")),
        XlsxError::NoSuchSheet { sheet: "Adressen".into(), known: "Tabelle1".into() }
    );
}

#[test]
fn two_far_cells_do_not_end_the_program() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    assert_eq!(refusal(&workbook(sheet), None), XlsxError::TooFar { row: 1_048_576, column: 16_384 });
}

#[test]
fn a_part_that_unpacks_to_far_more_than_its_size_is_refused() {
    let blank = " ".repeat(30 << 20);
    let book = workbook(&format!("<worksheet>{blank}</worksheet>"));
    assert!(book.len() < 100_000);
    assert_eq!(refusal(&book, None), XlsxError::Ratio { limit: 100 });
}

#[test]
fn a_container_of_many_parts_or_of_none_is_refused() {
    let names: Vec<String> = (0..300).map(|number| format!("xl/part{number}.xml")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "<a/>")).collect();
    assert_eq!(refusal(&container(&many), None), XlsxError::TooManyParts { limit: 200 });
    assert_eq!(refusal(&container(&[("a.txt", "x")]), None), XlsxError::NotXlsx);
    assert_eq!(refusal(b"PK\x03\x04 and then nothing", None), XlsxError::NotXlsx);
}

#[test]
fn a_damaged_sheet_is_an_answer() {
    let book = workbook("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</c>");
    assert!(matches!(refusal(&book, None), XlsxError::Damaged { .. }));
}
