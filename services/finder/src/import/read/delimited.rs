//! CSV, TSV and their relatives.

use std::{
    io::{self, Cursor, Read},
    sync::Arc,
};

use encoding_rs::{Encoding, UTF_8};

use super::{
    Findings, ReadError,
    encoding::{Mark, Reading, Transcoder, mark},
    record::{Header, Record},
    splitter::{RawRecord, Splitter, Stop},
};
use crate::import::{
    finding::Spot,
    input::Limits,
    problem::{Problem, Repair},
    profile::Table,
};

/// How much of the beginning is looked at to detect the delimiter.
const HEAD: u64 = 64 << 10;

/// Reads a text with delimiters. Rows that cannot be read go to the findings.
pub(crate) fn read(
    file: &str,
    content: impl Read,
    settings: &Table,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let mut content = Bounded { input: content, left: limits.table_bytes };
    let mut head = Vec::new();
    (&mut content).take(HEAD).read_to_end(&mut head).map_err(|problem| io_error(file, problem, limits))?;
    let (text, reading): (Box<dyn Read + '_>, _) = match mark(&head) {
        Mark::Utf16(encoding) => {
            let whole = Cursor::new(head).chain(content);
            let mut text = Transcoder::new(whole, encoding);
            let mut start = Vec::new();
            (&mut text)
                .take(HEAD)
                .read_to_end(&mut start)
                .map_err(|problem| io_error(file, problem, limits))?;
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
    let delimiter = delimiter(settings, &head);
    let raw = split(file, text, delimiter, settings.skip_lines, limits)?;
    let reading = reading.unwrap_or_else(|| Reading::detect(&raw));
    records(file, &raw, &reading, limits, findings)
}

fn given(settings: &Table) -> Option<&'static Encoding> {
    Encoding::for_label(settings.encoding.as_ref()?.as_bytes())
}

fn io_error(file: &str, problem: io::Error, limits: &Limits) -> ReadError {
    let file = file.to_owned();
    if problem.get_ref().is_some_and(|inner| inner.is::<TooLarge>()) {
        return ReadError::TooLarge { file, limit: limits.table_bytes };
    }
    ReadError::Io { file, problem }
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
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    let skip = usize::try_from(settings.skip_lines).unwrap_or(0);
    let header = lines.clone().nth(skip).unwrap_or_default();
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        if !quoted && let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b';', |(delimiter, _)| delimiter)
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
            Err(Stop::Io(problem)) => return Err(io_error(&file(), problem, limits)),
            Err(Stop::TooLong(row)) => {
                return Err(ReadError::LineTooLong { file: file(), row, limit: limits.record_bytes });
            }
            Err(Stop::QuoteOpen(row)) => return Err(ReadError::QuoteOpen { file: file(), row }),
        }
    }
}

fn records(
    file: &str,
    raw: &[RawRecord],
    reading: &Reading,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let Some((first, rows)) = raw.split_first() else {
        return Err(ReadError::Empty { file: file.to_owned() });
    };
    debug_assert!(first.len() <= limits.columns, "checked while splitting");
    let names = match reading.decode(first) {
        Some(names) => names.values,
        None => first.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
    };
    let header = Arc::new(Header::new(file, names, false));
    let mut records = Vec::with_capacity(rows.len());
    for raw in rows {
        let lossy =
            || String::from_utf8_lossy(raw.fields().find(|field| !field.is_empty()).unwrap_or_default());
        match reading.decode(raw) {
            // U+FFFD is what is left of broken UTF-16.
            Some(decoded) if !decoded.values.iter().any(|value| value.contains('\u{fffd}')) => {
                if decoded.values.iter().all(|value| value.trim().is_empty()) {
                    continue;
                }
                findings.rows += 1;
                if decoded.values.len() != header.names().len() {
                    let problem =
                        Problem::FieldCount { expected: header.names().len(), found: decoded.values.len() };
                    findings.reject(Spot::new(file, raw.line, "", &lossy()), problem);
                    continue;
                }
                if let Some(other) = decoded.other {
                    let repair = Repair::EncodingMixed { encoding: other.name().to_owned() };
                    findings.note(Spot::new(file, raw.line, "", &decoded.values.join(" ")), repair);
                }
                records.push(Record::new(Arc::clone(&header), raw.line, decoded.values));
            }
            _ => {
                findings.rows += 1;
                let problem = Problem::Undecodable { encoding: reading.name().to_owned() };
                findings.reject(Spot::new(file, raw.line, "", &lossy()), problem);
            }
        }
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> (Vec<Record>, Findings) {
        let mut findings = Findings::default();
        let records = read("t.csv", bytes, &Table::default(), &Limits::default(), &mut findings).unwrap();
        (records, findings)
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
        let error = read("big.csv", endless, &Table::default(), &Limits::default(), &mut Findings::default());
        assert!(matches!(error, Err(ReadError::LineTooLong { row: 1, .. })), "{error:?}");
        assert!(taken < 4 << 20, "{taken} bytes were read");
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_not_cut() {
        let limits = Limits { table_bytes: 1_000, ..Limits::default() };
        let text = "a;b\n".repeat(1_000);
        let read = read("t", text.as_bytes(), &Table::default(), &limits, &mut Findings::default());
        assert!(matches!(read, Err(ReadError::TooLarge { .. })), "{read:?}");
    }

    #[test]
    fn what_is_no_text_is_refused_and_a_single_nul_is_not() {
        let read =
            |bytes: &[u8]| read("t", bytes, &Table::default(), &Limits::default(), &mut Findings::default());
        assert!(matches!(read(&[0; 100]), Err(ReadError::NotText { .. })));
        assert!(matches!(read(b""), Err(ReadError::Empty { .. })));
        assert!(matches!(read(b"a;b\n1;\"x\n"), Err(ReadError::QuoteOpen { row: 2, .. })));
        let text = format!("id;name\n{}5;a\0b\n", "1;somebody\n".repeat(10));
        assert_eq!(read(text.as_bytes()).unwrap()[10].get("name"), "a\0b");
    }
}
