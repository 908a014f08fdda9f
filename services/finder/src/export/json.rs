//! HSDS JSON: one array of services, everything nested in them.

use std::io::Write;

use contracts::directory::Centre;
use serde_json::Value;

use super::{
    ExportError, Exporter,
    hsds::{Row, tables},
};

/// Writes HSDS JSON.
#[derive(Debug)]
pub struct HsdsJson<W: Write> {
    output: W,
    services: u64,
}

impl<W: Write> HsdsJson<W> {
    /// Writes to `output`, which should be buffered.
    pub fn new(output: W) -> Self {
        Self { output, services: 0 }
    }
}

impl<W: Write> Exporter for HsdsJson<W> {
    fn centre(&mut self, centre: &Centre) -> Result<(), ExportError> {
        for service in nested(centre) {
            self.output.write_all(if self.services == 0 { b"[\n" } else { b",\n" })?;
            serde_json::to_writer(&mut self.output, &service)?;
            self.services += 1;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        self.output.write_all(if self.services == 0 { b"[]\n" } else { b"\n]\n" })?;
        Ok(self.output.flush()?)
    }
}

/// The services of a centre with organization and location in each.
fn nested(centre: &Centre) -> Vec<Value> {
    let tables = tables(centre);
    let mut organization = tables.organization;
    let mut location = tables.location;
    for (table, part) in tables.parts {
        let of_organization = part.get("link_entity").and_then(Value::as_str) == Some("organization");
        push(if of_organization { &mut organization } else { &mut location }, table, part);
    }
    let services = tables.services.into_iter().map(|(mut service, parts)| {
        for (table, mut part) in parts {
            if table == "service_at_location" {
                part.insert(String::from("location"), Value::Object(location.clone()));
            }
            push(&mut service, table, part);
        }
        service.insert(String::from("organization"), Value::Object(organization.clone()));
        Value::Object(service)
    });
    services.collect()
}

/// Adds a row to the list of its kind. HSDS names lists in the plural, but for accessibility.
fn push(owner: &mut Row, table: &str, part: Row) {
    let field = match table {
        "accessibility" => String::from("accessibility"),
        "address" => String::from("addresses"),
        other => format!("{other}s"),
    };
    if let Value::Array(list) = owner.entry(field).or_insert_with(|| Value::Array(Vec::new())) {
        list.push(Value::Object(part));
    }
}
