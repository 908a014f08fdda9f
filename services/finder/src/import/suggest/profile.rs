//! A mapping becomes a profile: the same TOML that somebody could have written by hand.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Mapping, Part, Target};
use crate::import::{Sniffed, profile::Format};

impl Mapping {
    /// A mapping in which no column fills anything.
    pub(super) fn empty(sniffed: &Sniffed) -> Self {
        Self {
            format: sniffed.format,
            encoding: None,
            delimiter: None,
            sheet: sniffed.sheet.clone().filter(|_| sniffed.sheets.len() > 1),
            skip_lines: sniffed.skip_lines,
            columns: Vec::new(),
            group: false,
            offer_name: String::new(),
            association: String::new(),
            topics: Vec::new(),
            modes: Vec::new(),
        }
    }

    /// The columns that fill a field, in order.
    pub fn columns_of(&self, target: Target) -> impl Iterator<Item = &super::ColumnChoice> {
        self.columns.iter().filter(move |column| column.target == Some(target))
    }

    /// Whether any column fills a field.
    pub fn has(&self, target: Target) -> bool {
        self.columns_of(target).next().is_some()
    }

    /// What the centres' ids are made of where no column has them: name, postcode, street.
    pub fn id_columns(&self) -> Vec<&str> {
        let targets = if self.has(Target::ExternalId) {
            &[Target::ExternalId][..]
        } else {
            &[Target::Name, Target::Postcode, Target::Street]
        };
        targets
            .iter()
            .flat_map(|target| self.columns_of(*target).map(|column| column.name.as_str()))
            .collect()
    }

    /// Fields every list must have and this mapping lacks.
    pub fn lacks(&self) -> Vec<Target> {
        if self.format == Format::HsdsJson {
            return Vec::new();
        }
        [Target::Name, Target::Postcode].into_iter().filter(|target| !self.has(*target)).collect()
    }

    /// The profile as TOML.
    pub fn to_toml(&self, title: &str, source: &str) -> String {
        let mut profile = Table::new();
        profile.insert("title".into(), title.into());
        profile.insert("source".into(), source.into());
        profile.insert("format".into(), format_code(self.format).into());
        if self.format != Format::HsdsJson {
            self.fill(&mut profile);
        }
        profile.to_string()
    }

    fn fill(&self, profile: &mut Table) {
        let mut table = Table::new();
        let said = [("encoding", &self.encoding), ("delimiter", &self.delimiter), ("sheet", &self.sheet)];
        for (key, value) in said {
            if let Some(value) = value {
                table.insert(key.into(), value.as_str().into());
            }
        }
        if self.skip_lines > 0 {
            table.insert("skip_lines".into(), Value::Integer(i64::try_from(self.skip_lines).unwrap_or(0)));
        }
        insert_table(profile, "table", table);
        if self.group {
            let mut rows = Table::new();
            rows.insert("group".into(), true.into());
            insert_table(profile, "rows", rows);
        }
        let (mut centre, mut offer, mut areas, mut maps) =
            (Table::new(), Table::new(), Table::new(), Table::new());
        for target in Target::ALL {
            let Some(pick) = self.pick(*target, &mut maps) else { continue };
            let (part, key) = target.place();
            let into = match part {
                Part::Centre => &mut centre,
                Part::Offer => &mut offer,
                Part::Areas => &mut areas,
            };
            into.insert(key.into(), pick);
        }
        if self.group && self.has(Target::OfferName) {
            offer.insert("key".into(), columns_pick(self.columns_of(Target::OfferName), " ", Table::new()));
        } else if !self.group {
            offer.insert("key".into(), constant("1"));
        }
        insert_table(&mut offer, "areas", areas);
        insert_table(profile, "maps", maps);
        insert_table(profile, "centre", centre);
        profile.insert("offer".into(), Value::Array(vec![Value::Table(offer)]));
    }

    /// Where a field comes from: its columns, or what was said for all rows.
    fn pick(&self, target: Target, maps: &mut Table) -> Option<Value> {
        let columns: Vec<_> = self.columns_of(target).collect();
        if columns.is_empty() {
            return self.fixed(target);
        }
        let mut more = Table::new();
        if target == Target::OfferName {
            more.insert("default".into(), self.offer_name_or_usual().into());
        }
        let split: Option<&str> =
            columns.iter().map(|column| column.split.as_str()).find(|split| !split.is_empty());
        if let Some(split) = split.filter(|_| target.is_list()) {
            more.insert("split".into(), split.into());
        }
        let map: BTreeMap<&String, &String> = columns.iter().flat_map(|column| &column.map).collect();
        if target.is_translated() && !map.is_empty() {
            let mut map: Table =
                map.into_iter().map(|(from, to)| (from.clone(), to.as_str().into())).collect();
            // A value that appears later must not cost its row.
            map.entry("*").or_insert_with(|| "".into());
            maps.insert(target.code().into(), Value::Table(map));
            more.insert("map".into(), target.code().into());
        }
        Some(columns_pick(columns.into_iter(), target.joined_with(), more))
    }

    fn fixed(&self, target: Target) -> Option<Value> {
        let list = |values: &[String]| {
            (!values.is_empty())
                .then(|| Value::Array(values.iter().map(|value| value.as_str().into()).collect()))
        };
        match target {
            Target::ExternalId => {
                let columns = self.id_columns();
                let mut pick = Table::new();
                pick.insert("join".into(), target.joined_with().into());
                pick.insert("columns".into(), Value::Array(columns.into_iter().map(Value::from).collect()));
                Some(Value::Table(pick))
            }
            Target::OfferName => Some(constant(self.offer_name_or_usual())),
            Target::Association => {
                (!self.association.trim().is_empty()).then(|| constant(self.association.trim()))
            }
            Target::Topics => list(&self.topics),
            Target::Modes => list(&self.modes),
            _ => None,
        }
    }

    fn offer_name_or_usual(&self) -> &str {
        // A name in the centres' own language, as it will stand in the directory; no word of ours for readers.
        if self.offer_name.trim().is_empty() { "Beratung" } else { self.offer_name.trim() }
    }
}

/// The code of a format in profiles.
pub(super) const fn format_code(format: Format) -> &'static str {
    match format {
        Format::Table => "table",
        Format::Xlsx => "xlsx",
        Format::HsdsJson => "hsds-json",
        Format::BzgaXml => "bzga-xml",
        Format::Onlineberatung => "onlineberatung",
    }
}

fn columns_pick<'a>(
    columns: impl Iterator<Item = &'a super::ColumnChoice>,
    join: &str,
    mut more: Table,
) -> Value {
    let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
    if let ([name], true) = (names.as_slice(), more.is_empty()) {
        return Value::from(*name);
    }
    if names.len() > 1 {
        more.insert("join".into(), join.into());
    }
    more.insert("columns".into(), Value::Array(names.into_iter().map(Value::from).collect()));
    Value::Table(more)
}

fn constant(value: &str) -> Value {
    let mut pick = Table::new();
    pick.insert("value".into(), value.into());
    Value::Table(pick)
}

fn insert_table(into: &mut Table, key: &str, table: Table) {
    if !table.is_empty() {
        into.insert(key.into(), Value::Table(table));
    }
}
