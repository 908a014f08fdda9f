//! Splits delimited text into records, byte by byte, with a bound on every record.

use std::io::{self, BufRead, BufReader, Read};

/// A record as bytes, its fields end to end.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawRecord {
    /// The line it begins on, counted from 1.
    pub(super) line: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl RawRecord {
    /// The fields in order, quotes taken off.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start..end])
    }

    /// All bytes of all fields.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many fields there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Why splitting stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file cannot be read.
    Io(io::Error),
    /// The record that begins on this line is longer than allowed.
    TooLong(u64),
    /// The record that begins on this line has a quote that never closes.
    QuoteOpen(u64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    InField,
    InQuotes,
    AfterQuote,
}

/// Reads records from text in any encoding that contains ASCII.
///
/// Written by hand because a record must not grow without bound, line numbers must be those a person sees whatever the
/// line ending, and an open quote must be told from a long field.
pub(super) struct Splitter<R> {
    input: BufReader<R>,
    delimiter: u8,
    limit: u64,
    line: u64,
    after_return: bool,
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(input: R, delimiter: u8, limit: u64) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            delimiter,
            limit,
            line: 1,
            after_return: false,
        }
    }

    /// The next record that is not an empty line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<RawRecord>, Stop> {
        let mut record = RawRecord { line: self.line, ..RawRecord::default() };
        let mut state = State::FieldStart;
        let mut length = 0u64;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Stop::Io(error)),
            };
            if chunk.is_empty() {
                return last(record, state);
            }
            let mut used = 0;
            let mut ended = false;
            for &byte in chunk {
                used += 1;
                if std::mem::take(&mut self.after_return) && byte == b'\n' {
                    continue;
                }
                length += 1;
                match step(&mut record, state, byte, self.delimiter) {
                    Some(next) => {
                        self.line += u64::from(byte == b'\n');
                        state = next;
                    }
                    None => {
                        self.line += 1;
                        self.after_return = byte == b'\r';
                        if record.bytes.is_empty() && record.ends.len() == 1 && state == State::FieldStart {
                            record = RawRecord { line: self.line, ..RawRecord::default() };
                            length = 0;
                        } else {
                            ended = true;
                            break;
                        }
                        state = State::FieldStart;
                    }
                }
                if length > self.limit {
                    return Err(Stop::TooLong(record.line));
                }
            }
            self.input.consume(used);
            if ended {
                return Ok(Some(record));
            }
        }
    }
}

/// Takes one byte; `None` when it ends the record.
fn step(record: &mut RawRecord, state: State, byte: u8, delimiter: u8) -> Option<State> {
    match (state, byte) {
        (State::FieldStart | State::AfterQuote, b'"') => {
            if state == State::AfterQuote {
                record.bytes.push(b'"');
            }
            Some(State::InQuotes)
        }
        (State::InQuotes, b'"') => Some(State::AfterQuote),
        (State::InQuotes, _) => {
            record.bytes.push(byte);
            Some(State::InQuotes)
        }
        (_, b'\n' | b'\r') => {
            record.ends.push(record.bytes.len());
            None
        }
        (_, byte) if byte == delimiter => {
            record.ends.push(record.bytes.len());
            Some(State::FieldStart)
        }
        _ => {
            record.bytes.push(byte);
            Some(State::InField)
        }
    }
}

fn last(mut record: RawRecord, state: State) -> Result<Option<RawRecord>, Stop> {
    match state {
        State::InQuotes => Err(Stop::QuoteOpen(record.line)),
        State::FieldStart if record.ends.is_empty() => Ok(None),
        _ => {
            record.ends.push(record.bytes.len());
            Ok(Some(record))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &[u8], delimiter: u8) -> Vec<(u64, Vec<String>)> {
        let mut splitter = Splitter::new(text, delimiter, 10_000);
        let mut records = Vec::new();
        while let Ok(Some(record)) = splitter.next() {
            let fields = record.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
            records.push((record.line, fields));
        }
        records
    }

    #[test]
    fn lines_are_counted_as_a_person_sees_them() {
        for newline in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "", "\"x", "y\";2", "", "c;d"].join(newline);
            let lines: Vec<_> = split(text.as_bytes(), b';').into_iter().map(|(line, _)| line).collect();
            let wanted = if newline == "\r" { vec![1, 3, 5] } else { vec![1, 3, 6] };
            assert_eq!(lines, wanted, "{newline:?}");
        }
    }

    #[test]
    fn quotes_carry_delimiters_breaks_and_quotes() {
        let fields = |text: &str| split(text.as_bytes(), b',').remove(0).1;
        assert_eq!(fields("\"a,\"\"b\"\"\nc\",d"), ["a,\"b\"\nc", "d"]);
        assert_eq!(fields("a \"b\" c,,\"\""), ["a \"b\" c", "", ""]);
        assert_eq!(fields("\"a\"b,c"), ["ab", "c"]);
        assert_eq!(fields("a,"), ["a", ""]);
    }

    #[test]
    fn a_line_without_end_stops_at_the_limit_and_an_open_quote_at_the_end() {
        let endless = io::repeat(b'x').take(1 << 40);
        assert!(matches!(Splitter::new(endless, b',', 1 << 20).next(), Err(Stop::TooLong(1))));
        assert!(matches!(Splitter::new(&b"\"abc\n"[..], b',', 100).next(), Err(Stop::QuoteOpen(1))));
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a\"\r\n,;ü ]{0,6}", 2..4), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let read: Vec<_> = split(&text, b',').into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn any_bytes_are_split_without_panic_and_in_one_pass(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let records = split(&bytes, b';');
            prop_assert!(records.iter().map(|(_, fields)| fields.len()).sum::<usize>() <= bytes.len() + 1);
        }
    }
}
