//! Searching bytes: for texts, for what was sealed, and for anything that opens it.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

use chacha20poly1305::{
    ChaCha20Poly1305, Nonce,
    aead::{AeadInOut, KeyInit},
};

use crate::{encodings::Needle, packed::unpacked};

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// Words in the clear: whose, how written, where.
    pub(crate) plain: Vec<String>,
    /// Sealed texts that some 32 bytes open.
    pub(crate) opened: usize,
    /// Sealed texts that still lie about.
    pub(crate) sealed: usize,
}

/// A sealed text as a backup has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SealedCopy {
    pub(crate) record: String,
    pub(crate) purpose: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// A file, or something else with a name.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// All files below a folder, with what is packed in them, and their names.
pub(crate) fn places(folder: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // whoever else works here may remove what was just seen
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.display().to_string();
            places.push(Place { name: format!("the name {name}"), bytes: name.clone().into_bytes() });
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    let place = Place { name, bytes: fs::read(path).unwrap_or_default() };
                    places.extend(unpacked(&place));
                    places.push(place);
                }
                _ => {}
            }
        }
    }
    places
}

/// Many texts at once. Each has at least eight bytes; the first three decide where to look closer.
pub(crate) struct Texts {
    seen: Vec<u64>,
    by_start: HashMap<[u8; 8], Vec<usize>>,
    needles: Vec<(String, Needle)>,
}

impl Texts {
    pub(crate) fn new(needles: Vec<(String, Needle)>) -> Self {
        let mut texts = Self { seen: vec![0; 1 << 18], by_start: HashMap::new(), needles };
        for (number, (_, (_, bytes))) in texts.needles.iter().enumerate() {
            let Some(start) = bytes.first_chunk::<8>() else { continue };
            let prefix = prefix(start[0], start[1], start[2]);
            texts.seen[prefix / 64] |= 1 << (prefix % 64);
            texts.by_start.entry(*start).or_default().push(number);
        }
        texts
    }

    /// Everything that stands in these bytes, also across the ends of lines that an encoding puts in.
    pub(crate) fn found_in(&self, place: &Place) -> Vec<String> {
        let mut found = self.found_in_bytes(&place.bytes, &place.name);
        if let Ok(text) = std::str::from_utf8(&place.bytes) {
            let joined = text.replace("=\r\n", "").replace("=\n", "").replace(['\r', '\n'], "");
            if joined.len() < text.len() {
                found.extend(self.found_in_bytes(joined.as_bytes(), &place.name));
            }
        }
        found
    }

    fn found_in_bytes(&self, bytes: &[u8], place: &str) -> Vec<String> {
        let mut found = Vec::new();
        for at in 0..bytes.len().saturating_sub(7) {
            let prefix = prefix(bytes[at], bytes[at + 1], bytes[at + 2]);
            if self.seen[prefix / 64] & 1 << (prefix % 64) == 0 {
                continue;
            }
            let start: &[u8; 8] = bytes[at..at + 8].try_into().unwrap();
            for number in self.by_start.get(start).into_iter().flatten() {
                let (whose, (how, needle)) = &self.needles[*number];
                if bytes[at..].starts_with(needle) {
                    found.push(format!("{whose} as {how} in {place}"));
                }
            }
        }
        found
    }
}

fn prefix(one: u8, two: u8, three: u8) -> usize {
    usize::from(one) << 16 | usize::from(two) << 8 | usize::from(three)
}

/// How many of the sealed texts still lie in these places.
pub(crate) fn lying_about(places: &[Place], sealed: &[SealedCopy]) -> usize {
    let starts: HashSet<&[u8]> = sealed.iter().map(|copy| &copy.bytes[1..33]).collect();
    let firsts: HashSet<[u8; 2]> = starts.iter().map(|start| [start[0], start[1]]).collect();
    let mut found = HashSet::new();
    for place in places {
        for window in place.bytes.windows(32) {
            if firsts.contains(&[window[0], window[1]])
                && let Some(start) = starts.get(window)
            {
                found.insert(*start);
            }
        }
    }
    found.len()
}

/// How many of the sealed texts some 32 bytes in these places open.
///
/// Every text begins with its length in four bytes and with `{"`, and every key is used with the same nonce. So one look
/// at what a key would make of the first bytes tells for all of them whether it is worth trying.
pub(crate) fn opened_by(places: &[Place], sealed: &[SealedCopy]) -> usize {
    let mut begins: HashMap<[u8; 4], Vec<usize>> = HashMap::new();
    for (number, copy) in sealed.iter().enumerate() {
        let [_, a, b, _, _, e, f, ..] = copy.bytes[..] else { continue };
        begins.entry([a, b, e ^ b'{', f ^ b'"']).or_default().push(number);
    }
    let mut open = HashSet::new();
    for place in places {
        for window in place.bytes.windows(32).filter(|window| may_be_random(window)) {
            let key: &[u8; 32] = window.try_into().unwrap();
            let cipher = ChaCha20Poly1305::new(key.into());
            let mut stream = [0; 6];
            cipher.encrypt_inout_detached(&Nonce::from([0; 12]), &[], stream.as_mut_slice().into()).unwrap();
            let begin = [stream[0], stream[1], stream[4], stream[5]];
            for number in begins.get(&begin).into_iter().flatten() {
                if opens(&cipher, &sealed[*number]) {
                    open.insert(*number);
                }
            }
        }
    }
    open.len()
}

/// Text and empty space are no keys: a key with a run of zeros or without any unusual byte is one in hundred thousands.
fn may_be_random(window: &[u8]) -> bool {
    !window.windows(3).any(|three| three == [0; 3]) && window.iter().any(|byte| !matches!(byte, b'\t'..=b'~'))
}

fn opens(cipher: &ChaCha20Poly1305, copy: &SealedCopy) -> bool {
    let bound = [copy.record.as_bytes(), &[0], copy.purpose.as_bytes(), &[0, 1]].concat();
    let mut buffer = copy.bytes[1..].to_vec();
    cipher.decrypt_in_place(&Nonce::from([0; 12]), &bound, &mut buffer).is_ok()
}

#[test]
fn every_encoding_is_found_wherever_it_stands() {
    let person = crate::people::Person::new(1);
    let needles = person.needles(&kernel::ServerKey::new([7; 32]));
    let long: Vec<_> = needles.iter().filter(|(_, (_, bytes))| bytes.len() >= 8).cloned().collect();
    assert_eq!(long.len(), needles.len(), "nothing is too short to be looked for");
    let texts = Texts::new(needles.clone());
    for (number, (whose, (how, bytes))) in needles.iter().enumerate() {
        let bytes = [&vec![b'\xf0'; number % 7], bytes.as_slice(), b"\x00"].concat();
        let found = texts.found_in(&Place { name: String::from("here"), bytes });
        assert!(!found.is_empty(), "{whose} as {how}");
    }
    let noise = Place { name: String::from("noise"), bytes: b"nothing of her ".repeat(99) };
    assert!(texts.found_in(&noise).is_empty());
}
