//! What a file seems to be, found out before anybody says how to read it.

use std::io::{Cursor, Read as _};

use serde::{Deserialize, Serialize};

use super::{
    FileReader, ReadError, apart,
    piece::{Order, Piece, Seen, is_zip},
    record::Header,
};
use crate::import::{
    finding::shown,
    input::{InputFile, Limits},
    profile::{Format, Table},
};

/// How much of the beginning decides about the kind of file.
const HEAD: u64 = 64 << 10;
/// Rows whose values are looked at.
const LOOKED_AT: u64 = 5_000;
/// Different values kept of a column.
const VALUES: usize = 24;

/// What a file seems to be, with its columns and a few rows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sniffed {
    /// The kind of file.
    pub format: Format,
    /// The character set of a table, by its WHATWG name.
    pub encoding: Option<String>,
    /// The delimiter of a table: one character, or "tab".
    pub delimiter: Option<String>,
    /// The names of a workbook's sheets.
    pub sheets: Vec<String>,
    /// The sheet that was looked at.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_lines: u64,
    /// The columns of a table, or the fields of a document's records, in order.
    pub columns: Vec<SniffedColumn>,
    /// Rows or records.
    pub rows: u64,
}

/// A column and what stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SniffedColumn {
    /// Its heading.
    pub name: String,
    /// The first different values, shortened.
    pub values: Vec<String>,
    /// Whether there are more.
    pub more: bool,
    /// In how many of the rows that were looked at it has a value.
    pub filled: u64,
}

/// What somebody says about a file instead of leaving it to be found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The kind of file.
    pub format: Option<Format>,
    /// The character set.
    pub encoding: Option<String>,
    /// The delimiter.
    pub delimiter: Option<String>,
    /// The sheet.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_lines: Option<u64>,
}

impl Sniffed {
    /// The names of the columns in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}

/// Looks at a file: what it is, how it is written, which columns it has and what stands in them.
///
/// # Errors
/// A [`ReadError`] when it cannot be read as what it seems or is said to be.
pub fn sniff(
    file: InputFile,
    told: &Told,
    child: Option<&FileReader>,
    limits: &Limits,
) -> Result<Sniffed, ReadError> {
    let (name, mut content) = file.into_parts();
    let mut head = Vec::new();
    (&mut content).take(HEAD).read_to_end(&mut head).map_err(|problem| ReadError::io(&name, &problem))?;
    let format = told.format.unwrap_or_else(|| looks_like(&head));
    let order = Order {
        file: name,
        format,
        table: Table {
            encoding: told.encoding.clone(),
            delimiter: told.delimiter.clone(),
            sheet: told.sheet.clone(),
            skip_lines: told.skip_lines.unwrap_or(0),
        },
        limits: *limits,
        find_header: told.skip_lines.is_none(),
    };
    let format = if is_zip(&head) && format == Format::Table { Format::Xlsx } else { format };
    let mut look = Look::default();
    let content = Box::new(Cursor::new(head).chain(content));
    apart(&order, content, child, &mut |piece| {
        look.piece(&order.file, piece);
        Ok(())
    })?;
    Ok(look.finish(format))
}

/// The kind of file by its first bytes.
fn looks_like(head: &[u8]) -> Format {
    if is_zip(head) {
        return Format::Xlsx;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => Format::BzgaXml,
        Some(b'[' | b'{') => {
            const MARKS: [&[u8]; 5] = [
                b"\"service_at_locations\"",
                b"\"organization\"",
                b"\"organization_id\"",
                b"\"organizations\"",
                b"\"locations\"",
            ];
            let has = |mark: &[u8]| text.windows(mark.len()).any(|window| window == mark);
            if MARKS.into_iter().any(has) { Format::HsdsJson } else { Format::Onlineberatung }
        }
        _ => Format::Table,
    }
}

#[derive(Default)]
struct Look {
    seen: Seen,
    columns: Vec<SniffedColumn>,
    rows: u64,
    looked_at: u64,
}

impl Look {
    fn piece(&mut self, file: &str, piece: Piece) {
        match piece {
            Piece::Seen(seen) => self.seen = seen,
            Piece::Columns(names) => {
                // Doubled names get their numbers here as they do when the rows are read.
                let header = Header::new(file, names, false);
                let columns = header.names().iter().map(|name| self::column(name));
                self.columns = columns.collect();
            }
            Piece::Row(_, values) => {
                if self.look() {
                    for (place, value) in values.iter().enumerate() {
                        self.value(place, value);
                    }
                }
            }
            Piece::Record(_, fields) => {
                if self.look() {
                    for (name, value) in fields {
                        let place = self.columns.iter().position(|column| column.name == name);
                        let place = place.unwrap_or_else(|| {
                            self.columns.push(column(&name));
                            self.columns.len() - 1
                        });
                        self.value(place, &value);
                    }
                }
            }
            Piece::Rows(rows) => self.rows = rows,
            Piece::Total(_) | Piece::Service(..) | Piece::Rejected(_) | Piece::Repaired(_) => {}
        }
    }

    fn look(&mut self) -> bool {
        self.looked_at += 1;
        self.looked_at <= LOOKED_AT
    }

    fn value(&mut self, place: usize, value: &str) {
        let Some(column) = self.columns.get_mut(place) else { return };
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        column.filled += 1;
        let value = shown(value);
        if !column.values.contains(&value) {
            if column.values.len() < VALUES {
                column.values.push(value);
            } else {
                column.more = true;
            }
        }
    }

    fn finish(self, format: Format) -> Sniffed {
        let Seen { encoding, delimiter, sheets, sheet, skip_lines } = self.seen;
        Sniffed {
            format,
            encoding,
            delimiter,
            sheets,
            sheet,
            skip_lines,
            columns: self.columns,
            rows: self.rows,
        }
    }
}

fn column(name: &str) -> SniffedColumn {
    SniffedColumn { name: name.to_owned(), ..SniffedColumn::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(name: &str, text: &str) -> Sniffed {
        let file = InputFile::from_bytes(name, text.as_bytes().to_vec());
        sniff(file, &Told::default(), None, &Limits::default()).unwrap()
    }

    #[test]
    fn every_kind_of_file_is_recognised_by_its_content() {
        let table = look("x.json", "Liste\n\nNr;Ort;Ort\n1;Ulm;\n2;Köln;Deutz\n");
        assert_eq!((table.format, table.delimiter.as_deref()), (Format::Table, Some(";")));
        assert_eq!(table.names().collect::<Vec<_>>(), ["Nr", "Ort", "Ort (2)"]);
        assert_eq!(
            (table.columns[1].values.clone(), table.columns[2].filled),
            (vec!["Ulm".into(), "Köln".into()], 1)
        );
        assert_eq!((table.rows, table.skip_lines), (2, 1));
        let agencies = look("x.csv", r#" [{"id": 7, "name": "Haus", "postcode": "79100"}]"#);
        assert_eq!(agencies.format, Format::Onlineberatung);
        assert_eq!(agencies.names().collect::<Vec<_>>(), ["id", "name", "postcode"]);
        let hsds = look("x", r#"[{"id": "1", "name": "S", "organization": {}, "service_at_locations": []}]"#);
        assert_eq!((hsds.format, hsds.rows), (Format::HsdsJson, 1));
        let xml = look(
            "x",
            "<?xml version='1.0'?><beratungsstellen><entrys><entry><index>1</index><plz>79100</plz></entry></entrys></beratungsstellen>",
        );
        assert_eq!((xml.format, xml.rows), (Format::BzgaXml, 1));
    }

    #[test]
    fn what_somebody_says_counts_more_than_what_it_looks_like() {
        let file = || InputFile::from_bytes("a.csv", b"a,b;c\n1,2;3\n".to_vec());
        let told = Told { delimiter: Some(",".into()), skip_lines: Some(1), ..Told::default() };
        let sniffed = sniff(file(), &told, None, &Limits::default()).unwrap();
        assert_eq!(sniffed.names().collect::<Vec<_>>(), ["1", "2;3"]);
        let told = Told { format: Some(Format::HsdsJson), ..Told::default() };
        assert!(matches!(sniff(file(), &told, None, &Limits::default()), Err(ReadError::Json { .. })));
    }
}
