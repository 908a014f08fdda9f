//! Whatever shape the file has, it becomes services with everything nested in them.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::node::POINTER;

/// Services with the JSON pointer to each; `None` when there is no list of services.
pub(super) fn services(value: Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Array(services) => Some(numbered("", services)),
        Value::Object(mut tables) => {
            // A page of the HSDS API carries its services as contents.
            if let Some(Value::Array(services)) = tables.remove("contents") {
                return Some(numbered("/contents", services));
            }
            from_tables(tables)
        }
        _ => None,
    }
}

fn numbered(prefix: &str, values: Vec<Value>) -> Vec<(String, Value)> {
    values.into_iter().enumerate().map(|(number, value)| (format!("{prefix}/{number}"), value)).collect()
}

/// Tables that hang on others: (name, key it hangs on by, field it becomes there).
const CHILDREN: &[(&str, &str, &str)] = &[
    ("addresses", "location_id", "addresses"),
    ("accessibility", "location_id", "accessibility"),
    ("phones", "location_id", "phones"),
    ("schedules", "location_id", "schedules"),
    ("languages", "location_id", "languages"),
    ("contacts", "location_id", "contacts"),
    ("service_areas", "service_at_location_id", "service_areas"),
    ("phones", "service_id", "phones"),
    ("schedules", "service_id", "schedules"),
    ("languages", "service_id", "languages"),
    ("contacts", "service_id", "contacts"),
    ("service_areas", "service_id", "service_areas"),
];

type Groups = HashMap<String, Vec<Value>>;

fn from_tables(mut tables: Map<String, Value>) -> Option<Vec<(String, Value)>> {
    let services = table(&mut tables, &["services", "service"])?;
    let organizations = by_id(table(&mut tables, &["organizations", "organization"]).unwrap_or_default());
    let locations = table(&mut tables, &["locations", "location"]).unwrap_or_default();
    let at_locations =
        table(&mut tables, &["service_at_locations", "service_at_location"]).unwrap_or_default();
    let mut children: HashMap<(&str, &str), Groups> = HashMap::new();
    for (name, key, _) in CHILDREN {
        let singular = singular(name);
        if let Some(Value::Array(_)) = tables.get(*name).or_else(|| tables.get(&singular)) {
            let rows = table_copy(&tables, &[name, &singular]);
            children.insert((name, key), grouped(rows, key));
        }
    }
    let attributes = grouped(table(&mut tables, &["attributes", "attribute"]).unwrap_or_default(), "link_id");
    let adopt = |row: &mut Value, key: &str| {
        let Some(id) = text(row, "id") else { return };
        for (name, _, field) in CHILDREN.iter().filter(|(_, by, _)| *by == key) {
            add(row, field, children.get(&(*name, key)).and_then(|groups| groups.get(&id)));
        }
        add(row, "attributes", attributes.get(&id));
    };
    let mut organizations = organizations;
    for organization in organizations.values_mut() {
        if let Some(id) = text(organization, "id") {
            add(organization, "attributes", attributes.get(&id));
        }
    }
    let names: HashMap<String, Value> =
        organizations.iter().filter_map(|(id, row)| Some((id.clone(), row.get("name")?.clone()))).collect();
    for organization in organizations.values_mut() {
        let parent = text(organization, "parent_organization_id").and_then(|id| names.get(&id).cloned());
        if let (Some(fields), Some(name)) = (organization.as_object_mut(), parent) {
            fields.insert(String::from("parent_organization"), serde_json::json!({ "name": name }));
        }
    }
    let mut places = HashMap::new();
    for mut location in locations {
        adopt(&mut location, "location_id");
        if let Some(id) = text(&location, "id") {
            places.insert(id, location);
        }
    }
    let mut at_service: Groups = HashMap::new();
    for mut at in at_locations {
        adopt(&mut at, "service_at_location_id");
        let location = text(&at, "location_id").and_then(|id| places.get(&id).cloned());
        if let (Some(fields), Some(location)) = (at.as_object_mut(), location) {
            fields.insert(String::from("location"), location);
        }
        if let Some(id) = text(&at, "service_id") {
            at_service.entry(id).or_default().push(at);
        }
    }
    let nested = services.into_iter().map(|mut service| {
        adopt(&mut service, "service_id");
        let at = text(&service, "id").and_then(|id| at_service.remove(&id));
        add(&mut service, "service_at_locations", at.as_ref());
        let organization = text(&service, "organization_id").and_then(|id| organizations.get(&id).cloned());
        if let (Some(fields), Some(organization)) = (service.as_object_mut(), organization) {
            fields.insert(String::from("organization"), organization);
        }
        let pointer = text(&service, POINTER).unwrap_or_default();
        (pointer, service)
    });
    Some(nested.collect())
}

/// Takes a table out; each of its rows remembers where it stood.
fn table(tables: &mut Map<String, Value>, names: &[&str]) -> Option<Vec<Value>> {
    let rows = table_copy(tables, names);
    let name = names.iter().find(|name| tables.get(**name).is_some_and(Value::is_array))?;
    tables.remove(*name);
    Some(rows)
}

fn table_copy(tables: &Map<String, Value>, names: &[&str]) -> Vec<Value> {
    let Some((name, Value::Array(rows))) = names.iter().find_map(|name| Some((name, tables.get(*name)?)))
    else {
        return Vec::new();
    };
    let rows = rows.iter().enumerate().map(|(number, row)| {
        let mut row = row.clone();
        if let Some(fields) = row.as_object_mut() {
            fields.insert(POINTER.to_owned(), Value::String(format!("/{name}/{number}")));
        }
        row
    });
    rows.collect()
}

fn by_id(rows: Vec<Value>) -> HashMap<String, Value> {
    rows.into_iter().filter_map(|row| Some((text(&row, "id")?, row))).collect()
}

fn grouped(rows: Vec<Value>, key: &str) -> Groups {
    let mut groups: Groups = HashMap::new();
    for row in rows {
        if let Some(id) = text(&row, key) {
            groups.entry(id).or_default().push(row);
        }
    }
    groups
}

fn text(row: &Value, key: &str) -> Option<String> {
    row.get(key)?.as_str().map(str::to_owned)
}

fn add(row: &mut Value, field: &str, more: Option<&Vec<Value>>) {
    let (Some(fields), Some(more)) = (row.as_object_mut(), more) else { return };
    // What is there and is no list stays: the reader will say so.
    if let Value::Array(values) = fields.entry(field).or_insert_with(|| Value::Array(Vec::new())) {
        values.extend(more.iter().cloned());
    }
}

fn singular(name: &str) -> String {
    name.strip_suffix("sses")
        .map(|stem| format!("{stem}ss"))
        .unwrap_or_else(|| name.strip_suffix('s').unwrap_or(name).to_owned())
}
