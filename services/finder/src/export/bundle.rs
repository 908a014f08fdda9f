//! HSDS as a folder of CSV tables with a description of it (`datapackage.json`).

use std::{
    collections::{BTreeSet, HashSet},
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use contracts::directory::Centre;
use serde_json::{Value, json};

use super::{
    ExportError, Exporter, guarded,
    hsds::{Row, tables},
};

/// The tables and their columns, in the order of the standard.
const TABLES: &[(&str, &[&str])] = &[
    ("organization", &["id", "name", "description", "parent_organization_id"]),
    ("service", &["id", "organization_id", "name", "status", "description", "url", "assured_date"]),
    (
        "location",
        &[
            "id",
            "location_type",
            "name",
            "description",
            "url",
            "latitude",
            "longitude",
            "transportation",
            "external_identifier",
            "external_identifier_type",
        ],
    ),
    ("service_at_location", &["id", "service_id", "location_id"]),
    (
        "address",
        &[
            "id",
            "location_id",
            "address_1",
            "address_2",
            "city",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ],
    ),
    ("phone", &["id", "location_id", "number", "type"]),
    ("contact", &["id", "location_id", "name", "email"]),
    (
        "schedule",
        &[
            "id",
            "location_id",
            "freq",
            "interval",
            "wkst",
            "byday",
            "opens_at",
            "closes_at",
            "valid_from",
            "valid_to",
            "notes",
        ],
    ),
    ("accessibility", &["id", "location_id", "description"]),
    ("language", &["id", "service_id", "location_id", "name", "code"]),
    ("service_area", &["id", "service_id", "name", "extent", "extent_type", "uri"]),
    ("attribute", &["id", "link_id", "link_entity", "link_type", "value"]),
];

/// Where the files of a bundle are made.
pub trait Folder {
    /// A new, empty file of this name.
    ///
    /// # Errors
    /// What the operating system says.
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>>;
}

impl Folder for PathBuf {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(BufWriter::new(File::create(self.join(name))?)))
    }
}

/// A table being written.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    writer: csv::Writer<Box<dyn Write + Send>>,
}

/// Writes the bundle, all tables at once.
pub struct HsdsCsv {
    tables: Vec<Table>,
    description: Box<dyn Write + Send>,
    /// Organizations run several centres but stand in their table once.
    organizations: HashSet<String>,
}

impl std::fmt::Debug for HsdsCsv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HsdsCsv").field("tables", &self.tables.len()).finish_non_exhaustive()
    }
}

impl HsdsCsv {
    /// Begins every table with the names of its columns.
    ///
    /// # Errors
    /// [`ExportError::Io`] when a file cannot be made.
    pub fn new(folder: &mut dyn Folder) -> Result<Self, ExportError> {
        let mut tables = Vec::new();
        for (name, columns) in TABLES {
            let mut writer = csv::Writer::from_writer(folder.file(&format!("{name}.csv"))?);
            writer.write_record(*columns)?;
            tables.push(Table { name, columns, writer });
        }
        Ok(Self { tables, description: folder.file("datapackage.json")?, organizations: HashSet::new() })
    }

    fn row(&mut self, table: &str, row: &Row) -> Result<(), ExportError> {
        let Some(table) = self.tables.iter_mut().find(|known| known.name == table) else { return Ok(()) };
        debug_assert!(
            row.keys().all(|key| table.columns.contains(&key.as_str())),
            "every field of {} has a column: {row:?}",
            table.name
        );
        let cells = table.columns.iter().map(|column| match row.get(*column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => guarded(text).into_owned(),
            Some(other) => other.to_string(),
        });
        Ok(table.writer.write_record(cells)?)
    }
}

impl Exporter for HsdsCsv {
    fn centre(&mut self, centre: &Centre) -> Result<(), ExportError> {
        let tables = tables(centre);
        let id = tables.organization.get("id").and_then(Value::as_str).unwrap_or_default();
        let is_new = self.organizations.insert(id.to_owned());
        if is_new {
            self.row("organization", &tables.organization)?;
        }
        self.row("location", &tables.location)?;
        for (table, part) in &tables.parts {
            let of_organization = part.get("link_entity").and_then(Value::as_str) == Some("organization");
            if is_new || !of_organization {
                self.row(table, part)?;
            }
        }
        for (service, parts) in &tables.services {
            self.row("service", service)?;
            for (table, part) in parts {
                self.row(table, part)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        for table in &mut self.tables {
            table.writer.flush()?;
        }
        serde_json::to_writer_pretty(&mut self.description, &package())?;
        Ok(self.description.flush()?)
    }
}

/// The description of the bundle as a tabular data package.
fn package() -> Value {
    let known: BTreeSet<&str> = TABLES.iter().map(|(table, _)| *table).collect();
    let resources = TABLES.iter().map(|(table, columns)| {
        let fields: Vec<Value> = columns.iter().map(|column| json!({ "name": column, "type": kind(column) })).collect();
        let keys: Vec<Value> = columns
            .iter()
            .filter_map(|column| Some((column, column.strip_suffix("_id")?)))
            .filter(|(_, target)| known.contains(target))
            .map(|(column, target)| json!({ "fields": column, "reference": { "resource": target, "fields": "id" } }))
            .collect();
        json!({
            "name": table,
            "path": format!("{table}.csv"),
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": { "primaryKey": "id", "fields": fields, "foreignKeys": keys },
        })
    });
    json!({
        "name": "anlaufstelle-hsds",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "hsds_version": "3.1",
        "resources": resources.collect::<Vec<_>>(),
    })
}

fn kind(column: &str) -> &'static str {
    match column {
        "latitude" | "longitude" | "interval" => "number",
        "assured_date" | "valid_from" | "valid_to" => "date",
        _ => "string",
    }
}
