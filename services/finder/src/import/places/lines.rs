//! Lines of a file, none of which can fill the memory.

use std::io::{self, BufRead};

use encoding_rs::WINDOWS_1252;

/// A line may have this many bytes; real ones have fewer than 300.
const LONGEST_LINE: usize = 4_096;

/// One line.
pub(super) struct Line {
    /// From 1.
    pub(super) row: u64,
    /// Its text without the line break; `None` if it is too long.
    pub(super) text: Option<String>,
}

/// Reads line by line.
pub(super) struct Lines<R> {
    input: R,
    row: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, row: 0 }
    }

    /// The next line, `None` at the end.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let (mut is_too_long, mut has_any) = (false, false);
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            has_any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            // What is too long is read on to its end, but not kept.
            is_too_long |= line.len() + part.len() > LONGEST_LINE;
            if !is_too_long {
                line.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !has_any {
            return Ok(None);
        }
        self.row += 1;
        Ok(Some(Line { row: self.row, text: (!is_too_long).then(|| decode(&line, self.row)) }))
    }
}

/// UTF-8; a line that is not comes from a German spreadsheet and is Windows-1252.
fn decode(line: &[u8], row: u64) -> String {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = if row == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    fn all(input: &[u8]) -> Vec<(u64, Option<String>)> {
        let mut lines = Lines::new(BufReader::with_capacity(7, input));
        std::iter::from_fn(|| lines.next_line().unwrap()).map(|line| (line.row, line.text)).collect()
    }

    #[test]
    fn line_breaks_marks_and_encodings() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            all(b"\xef\xbb\xbfone\r\ntw\xc3\xb6\n\nK\xf6ln"),
            [(1, text("one")), (2, text("twö")), (3, text("")), (4, text("Köln"))]
        );
        assert!(all(b"").is_empty());
    }

    #[test]
    fn an_endless_line_is_passed_over_without_keeping_it() {
        let mut lines =
            Lines::new(BufReader::new(std::io::repeat(b'x').take(16 << 20).chain(&b"\nnext\n"[..])));
        assert_eq!(lines.next_line().unwrap().unwrap().text, None);
        let next = lines.next_line().unwrap().unwrap();
        assert_eq!((next.row, next.text.as_deref()), (2, Some("next")));
    }
}
