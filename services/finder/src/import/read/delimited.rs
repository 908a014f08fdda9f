//! CSV, TSV and their relatives.

use std::io::{self, Cursor, Read};

use encoding_rs::{Encoding, UTF_8};

use super::{
    ReadError,
    encoding::{Mark, Reading, Transcoder, mark},
    header::find_header,
    piece::{Order, Piece, Seen, Sink},
    splitter::{RawRecord, Splitter, Stop},
};
use crate::import::{
    finding::{RowError, RowNote, Spot},
    input::Limits,
    problem::{Problem, Repair},
    profile::Table,
};

/// How much of the beginning is looked at to detect the delimiter.
const HEAD: u64 = 64 << 10;
/// How many rows are looked at to find the header.
const LOOKED_AT: usize = 30;

/// Reads a text with delimiters.
pub(super) fn read(order: &Order, content: impl Read, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let (file, settings, limits) = (order.file.as_str(), &order.table, &order.limits);
    let mut content = Bounded { input: content, left: limits.table_bytes };
    let mut head = Vec::new();
    (&mut content).take(HEAD).read_to_end(&mut head).map_err(|problem| io_error(file, &problem, limits))?;
    let mut wide = None;
    let (text, reading): (Box<dyn Read + '_>, _) = match mark(&head) {
        Mark::Utf16(encoding) => {
            wide = Some(encoding.name());
            let whole = Cursor::new(head).chain(content);
            let mut text = Transcoder::new(whole, encoding);
            let mut start = Vec::new();
            (&mut text)
                .take(HEAD)
                .read_to_end(&mut start)
                .map_err(|problem| io_error(file, &problem, limits))?;
            head = start.clone();
            (Box::new(Cursor::new(start).chain(text)), Some(Reading::Given(UTF_8)))
        }
        found => {
            let start = if let Mark::Utf8(length) = found { length } else { 0 };
            let given = (start > 0).then_some(UTF_8).or_else(|| given(settings));
            let rest = Cursor::new(head.split_off(start));
            head = rest.get_ref().clone();
            (Box::new(rest.chain(content)), given.map(Reading::Given))
        }
    };
    // A few NULs are dirt to be cleaned away; many mean that this is no text.
    if head.iter().filter(|byte| **byte == 0).count() * 20 > head.len() {
        return Err(ReadError::NotText { file: file.to_owned() });
    }
    let delimiter = if order.find_header { steadiest(settings, &head) } else { delimiter(settings, &head) };
    let mut raw = split(file, text, delimiter, settings.skip_lines, limits)?;
    let reading = reading.unwrap_or_else(|| Reading::detect(&raw));
    let mut skip_lines = settings.skip_lines;
    if order.find_header {
        let first: Vec<Vec<String>> = raw.iter().take(LOOKED_AT).map(|raw| names(raw, &reading)).collect();
        let header = find_header(first.iter().map(Vec::as_slice));
        skip_lines += header as u64;
        raw.drain(..header);
    }
    sink(Piece::Seen(Seen {
        encoding: Some(wide.unwrap_or_else(|| reading.name()).to_owned()),
        delimiter: Some(if delimiter == b'\t' { String::from("tab") } else { char::from(delimiter).into() }),
        skip_lines,
        ..Seen::default()
    }))?;
    rows(file, raw, &reading, sink)
}

fn given(settings: &Table) -> Option<&'static Encoding> {
    Encoding::for_label(settings.encoding.as_ref()?.as_bytes())
}

fn io_error(file: &str, problem: &io::Error, limits: &Limits) -> ReadError {
    if problem.get_ref().is_some_and(|inner| inner.is::<TooLarge>()) {
        return ReadError::TooLarge { file: file.to_owned(), limit: limits.table_bytes };
    }
    ReadError::io(file, problem)
}

/// More bytes came than allowed.
#[derive(Debug, thiserror::Error)]
#[error("too large")]
struct TooLarge;

/// Fails where `take` would pretend that the file ends.
struct Bounded<R> {
    input: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.left = self.left.checked_sub(length as u64).ok_or_else(|| io::Error::other(TooLarge))?;
        Ok(length)
    }
}

/// The delimiter given, or the one that the first line has most of outside quotes.
fn delimiter(settings: &Table, head: &[u8]) -> u8 {
    if let Some(given) = &settings.delimiter {
        return if given == "tab" { b'\t' } else { given.as_bytes().first().copied().unwrap_or(b';') };
    }
    let skip = usize::try_from(settings.skip_lines).unwrap_or(0);
    let counts = lines(head).nth(skip).map(counts).unwrap_or_default();
    most(counts)
}

/// The delimiter given, or the one that most of the first lines have, whatever stands in the very first.
fn steadiest(settings: &Table, head: &[u8]) -> u8 {
    if settings.delimiter.is_some() {
        return delimiter(settings, head);
    }
    let mut columns: [Vec<usize>; 4] = Default::default();
    for line in lines(head).take(LOOKED_AT) {
        for (column, count) in columns.iter_mut().zip(counts(line)) {
            column.push(count);
        }
    }
    let middle = columns.map(|mut counts| {
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or(0)
    });
    if middle.iter().all(|count| *count == 0) { delimiter(settings, head) } else { most(middle) }
}

/// The delimiters that are recognised.
const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];

fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty())
}

/// How often each delimiter stands in a line, outside quotes.
fn counts(line: &[u8]) -> [usize; 4] {
    let mut counts = [0; 4];
    let mut quoted = false;
    for byte in line {
        quoted ^= *byte == b'"';
        if !quoted && let Some(place) = DELIMITERS.iter().position(|delimiter| delimiter == byte) {
            counts[place] += 1;
        }
    }
    counts
}

/// The delimiter with the highest count, the first of several.
fn most(counts: [usize; 4]) -> u8 {
    let both = DELIMITERS.into_iter().zip(counts).rev();
    both.max_by_key(|(_, count)| *count).map_or(b';', |(delimiter, _)| delimiter)
}

fn split(
    file: &str,
    text: impl Read,
    delimiter: u8,
    skip: u64,
    limits: &Limits,
) -> Result<Vec<RawRecord>, ReadError> {
    let mut splitter = Splitter::new(text, delimiter, limits.record_bytes);
    let mut records = Vec::new();
    let mut skipped = 0;
    let file = || file.to_owned();
    loop {
        match splitter.next() {
            Ok(None) => return Ok(records),
            Ok(Some(_)) if skipped < skip => skipped += 1,
            Ok(Some(record)) if record.len() > limits.columns => {
                return Err(ReadError::TooManyColumns { file: file(), limit: limits.columns as u64 });
            }
            Ok(Some(_)) if records.len() as u64 > limits.rows => {
                return Err(ReadError::TooManyRows { file: file(), limit: limits.rows });
            }
            Ok(Some(record)) => records.push(record),
            Err(Stop::Io(problem)) => return Err(io_error(&file(), &problem, limits)),
            Err(Stop::TooLong(row)) => {
                return Err(ReadError::LineTooLong { file: file(), row, limit: limits.record_bytes });
            }
            Err(Stop::QuoteOpen(row)) => return Err(ReadError::QuoteOpen { file: file(), row }),
        }
    }
}

fn names(raw: &RawRecord, reading: &Reading) -> Vec<String> {
    match reading.decode(raw) {
        Some(names) => names.values,
        None => raw.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
    }
}

fn rows(file: &str, raw: Vec<RawRecord>, reading: &Reading, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let total = raw.len().saturating_sub(1) as u64;
    let mut raw = raw.into_iter();
    let Some(first) = raw.next() else {
        return Err(ReadError::Empty { file: file.to_owned() });
    };
    let names = names(&first, reading);
    let columns = names.len();
    sink(Piece::Total(total))?;
    sink(Piece::Columns(names))?;
    let mut count = 0;
    for raw in raw {
        let lossy =
            || String::from_utf8_lossy(raw.fields().find(|field| !field.is_empty()).unwrap_or_default());
        let mut reject = |value: &str, problem| {
            sink(Piece::Rejected(RowError { spot: Spot::new(file, raw.line, "", value), problem }))
        };
        match reading.decode(&raw) {
            // U+FFFD is what is left of broken UTF-16.
            Some(decoded) if !decoded.values.iter().any(|value| value.contains('\u{fffd}')) => {
                if decoded.values.iter().all(|value| value.trim().is_empty()) {
                    continue;
                }
                count += 1;
                if decoded.values.len() != columns {
                    let problem = Problem::FieldCount { expected: columns, found: decoded.values.len() };
                    reject(&lossy(), problem)?;
                    continue;
                }
                if let Some(other) = decoded.other {
                    let repair = Repair::EncodingMixed { encoding: other.name().to_owned() };
                    let spot = Spot::new(file, raw.line, "", &decoded.values.join(" "));
                    sink(Piece::Repaired(RowNote { spot, repair }))?;
                }
                sink(Piece::Row(raw.line, decoded.values))?;
            }
            _ => {
                count += 1;
                reject(&lossy(), Problem::Undecodable { encoding: reading.name().to_owned() })?;
            }
        }
    }
    sink(Piece::Rows(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::Arc;

    use crate::import::{
        profile::Format,
        read::{Findings, Record, record::Header},
    };

    fn order(limits: Limits) -> Order {
        let table = Table::default();
        Order { file: "t.csv".into(), format: Format::Table, table, limits, find_header: false }
    }

    fn refused(content: impl Read, limits: Limits) -> Result<(), ReadError> {
        read(&order(limits), content, &mut |_| Ok(()))
    }

    fn table(bytes: &[u8]) -> (Vec<Record>, Findings) {
        let (records, findings, _) = seen(bytes, false);
        (records, findings)
    }

    fn seen(bytes: &[u8], find_header: bool) -> (Vec<Record>, Findings, Seen) {
        let (mut records, mut findings, mut seen) = (Vec::new(), Findings::default(), Seen::default());
        let mut header = None;
        let order = Order { find_header, ..order(Limits::default()) };
        let mut sink = |piece| {
            match piece {
                Piece::Seen(found) => seen = found,
                Piece::Columns(names) => header = Some(Arc::new(Header::new("t.csv", names, false))),
                Piece::Row(row, values) => {
                    records.push(Record::new(Arc::clone(header.as_ref().unwrap()), row, values));
                }
                Piece::Rejected(error) => findings.rejected.push(error),
                Piece::Repaired(note) => findings.repaired.push(note),
                Piece::Rows(rows) => findings.rows += rows,
                _ => {}
            }
            Ok(())
        };
        read(&order, bytes, &mut sink).unwrap();
        (records, findings, seen)
    }

    #[test]
    fn the_header_is_found_below_a_title() {
        let text = "Beratungsstellen, Stand 2026\nLandesverband\n\nNr.;Name, Ort;PLZ\n1;Rat, Köln;50667\n2;Tat, Bonn;53111\n3;Hut, Ulm;89073\n";
        let old = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let (records, findings, seen) = seen(&old, true);
        assert_eq!((seen.skip_lines, seen.delimiter.as_deref()), (2, Some(";")));
        assert_eq!(seen.encoding.as_deref(), Some("windows-1252"));
        assert_eq!((records[0].get("Name, Ort"), findings.rows), ("Rat, Köln", 3));
    }

    #[test]
    fn delimiter_and_encoding_are_found_out() {
        for text in ["id;ort\n1;Köln\n", "id\tort\n1\tKöln\n", "id,ort\r\n1,\"Köln\"\r\n", "id|ort\n1|Köln"]
        {
            let old: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
            let utf16: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            for bytes in [text.as_bytes(), &old, &[b"\xef\xbb\xbf", text.as_bytes()].concat(), &utf16] {
                let (records, findings) = table(bytes);
                assert_eq!(records[0].get("ort"), "Köln", "{text:?}");
                assert_eq!(records[0].get("ID"), "1");
                assert_eq!((records[0].row, findings.rows), (2, 1));
            }
        }
    }

    #[test]
    fn damaged_rows_are_named_and_the_others_come_in() {
        let mut bytes = "id;ort\n".to_owned().into_bytes();
        for number in 0..30 {
            bytes.extend(format!("{number};Köln\n").bytes());
        }
        bytes.extend(b"30;K\xf6ln\n31\n32;a;b\n33;M\xc3\xbcnster\n");
        let (records, findings) = table(&bytes);
        assert_eq!(records.len(), 31);
        let problems: Vec<_> =
            findings.rejected.iter().map(|error| (error.spot.row, error.problem.code())).collect();
        assert_eq!(problems, [(32, "undecodable"), (33, "field-count"), (34, "field-count")]);
    }

    #[test]
    fn a_utf8_row_in_an_old_encoding_is_read_and_noted() {
        let mut bytes = b"id;ort\n".to_vec();
        for _ in 0..5 {
            bytes.extend(b"1;K\xf6ln und D\xfcsseldorf\n");
        }
        bytes.extend("2;Münster\n".bytes());
        let (records, findings) = table(&bytes);
        assert_eq!((records[0].get("ort"), records[5].get("ort")), ("Köln und Düsseldorf", "Münster"));
        assert_eq!(findings.repaired[0].repair, Repair::EncodingMixed { encoding: "UTF-8".into() });
    }

    #[test]
    fn a_gigabyte_in_one_line_is_refused_early() {
        struct Counting<'a>(&'a mut u64);
        impl Read for Counting<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                *self.0 += buffer.len() as u64;
                buffer.fill(b'x');
                Ok(buffer.len())
            }
        }
        let mut taken = 0;
        let endless = Counting(&mut taken).take(1 << 30);
        let error = refused(endless, Limits::default());
        assert!(matches!(error, Err(ReadError::LineTooLong { row: 1, .. })), "{error:?}");
        assert!(taken < 4 << 20, "{taken} bytes were read");
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_not_cut() {
        let limits = Limits { table_bytes: 1_000, ..Limits::default() };
        let text = "a;b\n".repeat(1_000);
        let read = refused(text.as_bytes(), limits);
        assert!(matches!(read, Err(ReadError::TooLarge { .. })), "{read:?}");
    }

    #[test]
    fn what_is_no_text_is_refused_and_a_single_nul_is_not() {
        let read = |bytes: &[u8]| refused(bytes, Limits::default());
        assert!(matches!(read(&[0; 100]), Err(ReadError::NotText { .. })));
        assert!(matches!(read(b""), Err(ReadError::Empty { .. })));
        assert!(matches!(read(b"a;b\n1;\"x\n"), Err(ReadError::QuoteOpen { row: 2, .. })));
        let text = format!("id;name\n{}5;a\0b\n", "1;somebody\n".repeat(10));
        assert_eq!(table(text.as_bytes()).0[10].get("name"), "a\0b");
    }
}
