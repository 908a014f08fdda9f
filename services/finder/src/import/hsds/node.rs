//! A JSON object with its place, and its fields with their types checked.

use serde_json::Value;

use super::{Reader, Rejected};
use crate::import::{
    field::text::{self, limit},
    finding::Spot,
    problem::{Problem, Repair},
};

/// The field in which a row taken from a table remembers where it stood. NUL cannot begin a name of the standard.
pub(super) const POINTER: &str = "\u{0}pointer";

/// An object somewhere in the file.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) file: &'a str,
    /// Number of the service, from 1.
    pub(super) row: u64,
    pointer: String,
    pub(super) value: &'a Value,
}

impl<'a> Node<'a> {
    pub(super) fn new(file: &'a str, row: u64, pointer: String, value: &'a Value) -> Self {
        let pointer = value.get(POINTER).and_then(Value::as_str).map_or(pointer, str::to_owned);
        Self { file, row, pointer, value }
    }

    /// Where a field of it stands.
    pub(super) fn spot(&self, field: &str, value: &str) -> Spot {
        let pointer =
            if field.is_empty() { self.pointer.clone() } else { format!("{}/{field}", self.pointer) };
        Spot::new(self.file, self.row, &pointer, value)
    }

    /// A nested object.
    pub(super) fn child(&self, field: &str) -> Option<Node<'a>> {
        let value = self.value.get(field).filter(|value| value.is_object())?;
        Some(Node::new(self.file, self.row, format!("{}/{field}", self.pointer), value))
    }
}

impl Reader<'_> {
    pub(super) fn wrong_type(&mut self, node: &Node<'_>, expected: &str) -> Rejected {
        let spot = node.spot("", &node.value.to_string());
        self.reject(spot, Problem::WrongType { expected: expected.to_owned() })
    }

    /// Nested objects of a list; a missing list is an empty one.
    pub(super) fn nodes<'n>(&mut self, node: &Node<'n>, field: &str) -> Result<Vec<Node<'n>>, Rejected> {
        let values = match node.value.get(field) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(values)) => values,
            Some(other) => {
                let spot = node.spot(field, &other.to_string());
                return Err(self.reject(spot, Problem::WrongType { expected: String::from("array") }));
            }
        };
        let mut nodes = Vec::with_capacity(values.len());
        for (number, value) in values.iter().enumerate() {
            let child = Node::new(node.file, node.row, format!("{}/{field}/{number}", node.pointer), value);
            if !value.is_object() {
                return Err(self.wrong_type(&child, "object"));
            }
            nodes.push(child);
        }
        Ok(nodes)
    }

    /// A text as it stands; `None` when it is missing, null or empty.
    pub(super) fn text(&mut self, node: &Node<'_>, field: &str) -> Result<Option<String>, Rejected> {
        match node.value.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.trim().is_empty())),
            Some(other) => {
                let spot = node.spot(field, &other.to_string());
                Err(self.reject(spot, Problem::WrongType { expected: String::from("string") }))
            }
        }
    }

    /// One line of text, cleaned.
    pub(super) fn line(
        &mut self,
        node: &Node<'_>,
        field: &str,
        limit: usize,
    ) -> Result<Option<String>, Rejected> {
        let Some(raw) = self.text(node, field)? else { return Ok(None) };
        Ok(self.cleaned(node, field, &raw, text::line(&raw, limit), limit))
    }

    /// Several lines of text, cleaned.
    pub(super) fn lines(&mut self, node: &Node<'_>, field: &str) -> Result<Option<String>, Rejected> {
        let Some(raw) = self.text(node, field)? else { return Ok(None) };
        let cleaned = text::lines(&raw, limit::DESCRIPTION);
        Ok(self.cleaned(node, field, &raw, cleaned, limit::DESCRIPTION))
    }

    /// One line that must be there.
    pub(super) fn required(&mut self, node: &Node<'_>, field: &str) -> Result<String, Rejected> {
        self.line(node, field, limit::NAME)?
            .ok_or_else(|| self.reject(node.spot(field, ""), Problem::Required))
    }

    /// A number; HSDS has coordinates as numbers, but many write texts.
    pub(super) fn number(&mut self, node: &Node<'_>, field: &str) -> Result<Option<String>, Rejected> {
        match node.value.get(field) {
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            _ => self.text(node, field),
        }
    }

    fn cleaned(
        &mut self,
        node: &Node<'_>,
        field: &str,
        raw: &str,
        cleaned: text::Cleaned,
        limit: usize,
    ) -> Option<String> {
        for (happened, repair) in [
            (cleaned.controls, Repair::ControlsRemoved),
            (cleaned.markup, Repair::MarkupRemoved),
            (cleaned.shortened, Repair::Shortened { limit }),
        ] {
            if happened {
                self.findings.note(node.spot(field, raw), repair);
            }
        }
        Some(cleaned.text).filter(|text| !text.is_empty())
    }
}
