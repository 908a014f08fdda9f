//! What is packed: a log that was rotated, a copy somebody keeps in an archive.

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::search::Place;

const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// How long the head of a member of a zip file is without its name.
const ZIP_HEAD: usize = 30;
/// More than that of one member is not looked at.
const LONGEST: u64 = 64 << 20;

/// The members of gzip, zlib and zip that begin anywhere in these bytes. Of a damaged one, what can be read.
pub(crate) fn unpacked(place: &Place) -> Vec<Place> {
    let bytes = &place.bytes;
    let mut members = Vec::new();
    for at in 0..bytes.len().saturating_sub(ZIP.len()) {
        let rest = &bytes[at..];
        let (kind, member) = match rest {
            _ if rest.starts_with(&GZIP) => ("gzip", read(GzDecoder::new(rest))),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => ("zlib", read(ZlibDecoder::new(rest))),
            _ if rest.starts_with(&ZIP) => ("zip", of_zip(rest)),
            _ => continue,
        };
        if !member.is_empty() {
            members.push(Place { name: format!("{kind} in {}", place.name), bytes: member });
        }
    }
    members
}

fn of_zip(rest: &[u8]) -> Vec<u8> {
    let length =
        |at: usize| rest.get(at..at + 2).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
    let begin = ZIP_HEAD + length(26) + length(28);
    rest.get(begin..).map_or_else(Vec::new, |packed| read(DeflateDecoder::new(packed)))
}

fn read(decoder: impl Read) -> Vec<u8> {
    let mut member = Vec::new();
    // what was read before a fault stays
    let _damaged_or_not = decoder.take(LONGEST).read_to_end(&mut member);
    member
}

#[test]
fn packed_texts_are_found_wherever_they_begin() {
    use std::io::Write;

    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };

    let text = "Zwickelmausbeichte, Zwickelmausbeichte und noch einmal".as_bytes();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text).unwrap();
    zlib.write_all(text).unwrap();
    deflate.write_all(text).unwrap();
    let mut zip = ZIP.to_vec();
    zip.resize(26, 0);
    zip.extend([1, 0, 2, 0]);
    zip.extend(b"a\0\0");
    zip.extend(deflate.finish().unwrap());
    for (kind, packed) in [("gzip", gzip.finish().unwrap()), ("zlib", zlib.finish().unwrap()), ("zip", zip)] {
        let bytes = [b"something before ", packed.as_slice(), b" and behind"].concat();
        let found = unpacked(&Place { name: String::from("here"), bytes });
        assert!(found.iter().any(|place| place.bytes == text && place.name == format!("{kind} in here")));
    }
}
