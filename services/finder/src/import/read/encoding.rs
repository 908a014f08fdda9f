//! Which characters the bytes of a file are.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::splitter::RawRecord;

/// What the first bytes of a file say of its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// UTF-8, after so many bytes.
    Utf8(usize),
    /// UTF-16 in one of its two orders.
    Utf16(&'static Encoding),
}

/// Reads the byte order mark.
pub(super) fn mark(head: &[u8]) -> Mark {
    match Encoding::for_bom(head) {
        Some((encoding, length)) if encoding == UTF_8 => Mark::Utf8(length),
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => Mark::Utf16(encoding),
        _ => Mark::None,
    }
}

/// How a file without a mark is to be read.
pub(super) enum Reading {
    /// The profile, or a mark, says so.
    Given(&'static Encoding),
    /// Nearly all rows are valid UTF-8, so the others are damaged.
    Utf8,
    /// Guessed by the look of the bytes. A row that is valid UTF-8 all the same is read as UTF-8: no text in an old
    /// eight-bit encoding looks like that.
    Guessed(&'static Encoding),
}

/// A row's text.
pub(super) struct Decoded {
    pub(super) values: Vec<String>,
    /// The encoding of this row if it is another than that of the file.
    pub(super) other: Option<&'static Encoding>,
}

impl Reading {
    /// Decides by all rows together.
    pub(super) fn detect(records: &[RawRecord]) -> Self {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let (mut valid, mut invalid) = (0usize, 0usize);
        for record in records.iter().filter(|record| !record.bytes().is_ascii()) {
            detector.feed(record.bytes(), false);
            if str::from_utf8(record.bytes()).is_ok() { valid += 1 } else { invalid += 1 }
        }
        detector.feed(b"", true);
        // One broken row among ten good ones is a damaged UTF-8 file and not a file in another encoding.
        if invalid * 10 <= valid {
            Self::Utf8
        } else {
            Self::Guessed(detector.guess(Some(b"de"), Utf8Detection::Deny))
        }
    }

    /// The name of the encoding, for messages.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Given(encoding) | Self::Guessed(encoding) => encoding.name(),
            Self::Utf8 => UTF_8.name(),
        }
    }

    /// Decodes a record; `None` when its bytes are no text in this encoding.
    pub(super) fn decode(&self, record: &RawRecord) -> Option<Decoded> {
        let utf8 = || -> Option<Vec<String>> {
            record.fields().map(|field| str::from_utf8(field).ok().map(str::to_owned)).collect()
        };
        match self {
            Self::Utf8 => Some(Decoded { values: utf8()?, other: None }),
            Self::Guessed(_) if !record.bytes().is_ascii() && str::from_utf8(record.bytes()).is_ok() => {
                Some(Decoded { values: utf8()?, other: Some(UTF_8) })
            }
            Self::Given(encoding) | Self::Guessed(encoding) => {
                let fields = record.fields().map(|field| {
                    encoding
                        .decode_without_bom_handling_and_without_replacement(field)
                        .map(|text| text.into_owned())
                });
                Some(Decoded { values: fields.collect::<Option<_>>()?, other: None })
            }
        }
    }
}

/// Turns UTF-16 into UTF-8 while reading. What is no text becomes U+FFFD.
pub(super) struct Transcoder<R> {
    input: R,
    decoder: Decoder,
    ready: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        Self { input, decoder: encoding.new_decoder(), ready: Vec::new(), taken: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut raw = [0; 8 << 10];
        let length = self.input.read(&mut raw)?;
        self.ended = length == 0;
        let room = self.decoder.max_utf8_buffer_length(length).unwrap_or(4 * raw.len());
        self.ready.resize(room, 0);
        let (result, _, written, _) =
            self.decoder.decode_to_utf8(&raw[..length], &mut self.ready, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer has the room the decoder asked for");
        self.ready.truncate(written);
        self.taken = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let length = buffer.len().min(self.ready.len() - self.taken);
        buffer[..length].copy_from_slice(&self.ready[self.taken..self.taken + length]);
        self.taken += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_in_both_orders_and_across_chunks() {
        let text = "Größe;Köln\n".repeat(5_000);
        for (encoding, order) in
            [(UTF_16LE, u16::to_le_bytes as fn(u16) -> [u8; 2]), (UTF_16BE, u16::to_be_bytes)]
        {
            let bytes: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect();
            assert_eq!(mark(&bytes), Mark::Utf16(encoding));
            let mut read = String::new();
            Transcoder::new(&bytes[..], encoding).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }
}
