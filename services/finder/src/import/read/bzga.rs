//! BZgA XML 2.1: `beratungsstellen > entrys > entry`, with the kinds of counselling named in a list of their own.

use std::{collections::HashMap, io::Read};

use encoding_rs::{Encoding, WINDOWS_1252};
use quick_xml::{
    Reader,
    events::{BytesRef, Event},
};

use super::{Findings, ReadError, document::record, record::Record};
use crate::import::{
    finding::Spot,
    input::{Limits, read_bounded},
    problem::Problem,
};

/// The deepest nesting that is followed; the format has five levels.
const DEEPEST: usize = 16;

/// Reads all entries. Each gets, beside its own fields, the names of its kinds of counselling as `beratungsarten`.
pub(super) fn read(
    file: &str,
    content: impl Read,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let owned = || file.to_owned();
    let bytes = read_bounded(content, limits.document_bytes)
        .map_err(|problem| ReadError::io(file, &problem))?
        .ok_or_else(|| ReadError::TooLarge { file: owned(), limit: limits.document_bytes })?;
    let (text, damaged) = decode(&bytes);
    if damaged {
        let spot = Spot::new(
            file,
            0,
            "",
            &text.chars().filter(|letter| *letter == '\u{fffd}').take(3).collect::<String>(),
        );
        findings.reject(spot, Problem::Undecodable { encoding: declared(&bytes).name().to_owned() });
    }
    let document = Document::read(file, &text, limits)?;
    let mut records = Vec::new();
    for (number, mut fields) in document.entries.into_iter().enumerate() {
        findings.rows += 1;
        let row = number as u64 + 1;
        if let Some((name, entity)) = fields.iter().find(|(name, _)| name == UNKNOWN_ENTITY) {
            debug_assert_eq!(name, UNKNOWN_ENTITY, "found by its name");
            findings.reject(
                Spot::new(file, row, "", entity),
                Problem::Undecodable { encoding: String::from("XML") },
            );
            continue;
        }
        let kinds: Vec<(String, String)> = fields
            .iter()
            .filter(|(name, _)| name == "beratungsart")
            .filter_map(|(_, index)| {
                Some((String::from("beratungsarten"), document.kinds.get(index.trim())?.clone()))
            })
            .collect();
        fields.extend(kinds);
        records.push(record(file, row, fields));
    }
    Ok(records)
}

/// The name under which an entity that is not XML's own is remembered.
const UNKNOWN_ENTITY: &str = "\u{0}entity";

fn declared(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let label = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next().map(str::to_owned)
    });
    match label {
        Some(label) => Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252),
        None => encoding_rs::UTF_8,
    }
}

fn decode(bytes: &[u8]) -> (String, bool) {
    let (text, _, damaged) = declared(bytes).decode(bytes);
    (text.into_owned(), damaged)
}

#[derive(Default)]
struct Document {
    /// Names of the kinds of counselling by index.
    kinds: HashMap<String, String>,
    /// Fields of each entry in order.
    entries: Vec<Vec<(String, String)>>,
}

impl Document {
    fn read(file: &str, text: &str, limits: &Limits) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(text);
        let mut document = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut value = String::new();
        let mut kind: Vec<(String, String)> = Vec::new();
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event();
            // The line is only worked out when there is something to say.
            let line = || {
                1 + text.bytes().take(usize::try_from(at).unwrap_or(0)).filter(|byte| *byte == b'\n').count()
                    as u64
            };
            let wrong = |problem: String| ReadError::Xml { file: file.to_owned(), row: line(), problem };
            match event.map_err(|problem| wrong(problem.to_string()))? {
                Event::DocType(_) => {
                    return Err(ReadError::DocumentType { file: file.to_owned(), row: line() });
                }
                Event::Start(start) => {
                    let name = name_of(start.local_name().as_ref());
                    if path.is_empty() && name != "beratungsstellen" {
                        return Err(wrong(format!("the root element is {name}, not beratungsstellen")));
                    }
                    if path.len() >= DEEPEST {
                        return Err(wrong(String::from("nested too deeply")));
                    }
                    if name == "entry" {
                        if document.entries.len() as u64 >= limits.rows {
                            return Err(ReadError::TooManyRows { file: file.to_owned(), limit: limits.rows });
                        }
                        document.entries.push(Vec::new());
                    }
                    path.push(name);
                    value.clear();
                }
                Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Text(text) => value.push_str(&text.xml10_content()),
                Event::CData(data) => value.push_str(&data.xml10_content()),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(letter) => value.push(letter),
                    None => {
                        let name = {
                            let name: &str = reference.as_ref();
                            name.to_owned()
                        };
                        if let Some(entry) = document.entries.last_mut() {
                            entry.push((UNKNOWN_ENTITY.to_owned(), name));
                        }
                    }
                },
                Event::End(_) => {
                    document.close(&path, std::mem::take(&mut value), &mut kind);
                    path.pop();
                }
                Event::Eof if path.is_empty() => return Ok(document),
                Event::Eof => return Err(wrong(format!("the file ends within {}", path.join("/")))),
            }
        }
    }

    /// An element ends: its text goes where its path says.
    fn close(&mut self, path: &[String], value: String, kind: &mut Vec<(String, String)>) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names[..] {
            [_, "entrys", "entry", field] if field != "beratungsart" && field != "beratungsarten" => {
                self.field(field, value);
            }
            [_, "entrys", "entry", .., "beratungsart", "index"] => self.field("beratungsart", value),
            [_, "beratungsarten", "beratungsart", field] => kind.push((field.to_owned(), value)),
            [_, "beratungsarten", "beratungsart"] => {
                let index =
                    kind.iter().find(|(name, _)| name == "index").map(|(_, value)| value.trim().to_owned());
                let title =
                    kind.iter().find(|(name, _)| matches!(name.as_str(), "titel" | "name" | "bezeichnung"));
                let title = title.map(|(_, value)| value.clone()).filter(|title| !title.trim().is_empty());
                if let (Some(index), Some(title)) =
                    (index, title.or_else(|| Some(value).filter(|text| !text.trim().is_empty())))
                {
                    self.kinds.insert(index, title.trim().to_owned());
                }
                kind.clear();
            }
            _ => {}
        }
    }

    fn field(&mut self, name: &str, value: String) {
        if let Some(entry) = self.entries.last_mut()
            && !value.trim().is_empty()
        {
            entry.push((name.to_owned(), value));
        }
    }
}

fn name_of(name: &str) -> String {
    name.to_lowercase()
}

/// The character of one of XML's five entities or of a number; no other entity is ever looked up.
fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    let name: &str = reference.as_ref();
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
