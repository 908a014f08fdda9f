use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    sync::{Arc, Mutex},
};

use super::*;
use crate::demo;

/// Cells that a spreadsheet would compute, or that hide it behind something.
const FORMULAS: &[&str] = &[
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x.invalid\",\"a\")",
    "=IMPORTXML(\"http://x.invalid\",\"//a\")",
    "=WEBSERVICE(\"http://x.invalid\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "='file://x'#$A.A1",
    "+49 30 23125 001",
    "-",
    "--",
    "=",
    "==",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\u{a0}=1",
    "=\"\"",
    "=\n1",
    "=1;=2",
];

#[test]
fn no_cell_begins_like_a_formula_and_the_guard_comes_off_again() {
    assert!(FORMULAS.len() >= 30);
    for cell in FORMULAS {
        let safe = guarded(cell);
        assert!(safe.starts_with('\''), "{cell:?}");
        assert_eq!(&safe[1..], *cell);
        assert!(guarded(&safe).starts_with("''"), "a guard that was in the text is kept apart: {cell:?}");
    }
    for plain in ["", "Musterhaus", "a=b", "'quoted'", "030 23125", "ä-b"] {
        assert_eq!(guarded(plain), plain);
    }
}

#[test]
fn the_flat_csv_has_a_row_for_each_offer_and_no_formula() {
    let mut centre = demo::centres(1, 1).next().unwrap();
    centre.name = "=1+1".into();
    centre.offers[0].name = "@SUM(A1)".into();
    let mut bytes = Vec::new();
    let mut export = FlatCsv::new(&mut bytes).unwrap();
    export.centre(&centre).unwrap();
    export.finish().unwrap();
    drop(export);
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), centre.offers.len());
    assert!(rows.iter().all(|row| row.len() == flat::COLUMNS.len() && &row[4] == "'=1+1"));
    assert_eq!(&rows[0][28], "'@SUM(A1)");
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
}

#[test]
fn hsds_json_has_what_the_standard_requires() {
    let mut bytes = Vec::new();
    let mut export = HsdsJson::new(&mut bytes);
    let centres: Vec<_> = demo::centres(1, 40).collect();
    centres.iter().for_each(|centre| export.centre(centre).unwrap());
    export.finish().unwrap();
    let services: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(services.len(), centres.iter().map(|centre| centre.offers.len()).sum::<usize>());
    for service in &services {
        for field in [
            "/id",
            "/name",
            "/status",
            "/organization/id",
            "/organization/name",
            "/organization/description",
            "/service_at_locations/0/id",
            "/service_at_locations/0/location/id",
            "/service_at_locations/0/location/location_type",
            "/service_at_locations/0/location/addresses/0/address_1",
            "/service_at_locations/0/location/addresses/0/state_province",
            "/service_at_locations/0/location/addresses/0/postal_code",
            "/service_at_locations/0/location/addresses/0/country",
        ] {
            assert!(service.pointer(field).is_some_and(serde_json::Value::is_string), "{field} in {service}");
        }
    }
    let mut empty = Vec::new();
    HsdsJson::new(&mut empty).finish().unwrap();
    assert_eq!(serde_json::from_slice::<Vec<serde_json::Value>>(&empty).unwrap().len(), 0);
}

/// A folder in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

struct MemoryFile(Memory, String);

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.0.lock().unwrap().entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Folder for Memory {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(MemoryFile(self.clone(), name.to_owned())))
    }
}

#[test]
fn the_bundle_is_whole_and_its_keys_lead_somewhere() {
    let folder = Memory::default();
    let mut export = HsdsCsv::new(&mut folder.clone()).unwrap();
    demo::centres(1, 60).for_each(|centre| export.centre(&centre).unwrap());
    export.finish().unwrap();
    let files = folder.0.lock().unwrap();
    let package: serde_json::Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    let table = |name: &str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(&files[&format!("{name}.csv")][..])
            .deserialize()
            .map(Result::unwrap)
            .collect()
    };
    let mut keys = 0;
    for resource in package["resources"].as_array().unwrap() {
        let name = resource["name"].as_str().unwrap();
        let rows = table(name);
        let ids: BTreeSet<&String> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(ids.len(), rows.len(), "ids of {name} are unique");
        for key in resource["schema"]["foreignKeys"].as_array().unwrap() {
            let column = key["fields"].as_str().unwrap();
            let target: BTreeSet<String> = table(key["reference"]["resource"].as_str().unwrap())
                .into_iter()
                .map(|row| row["id"].clone())
                .collect();
            for row in rows.iter().filter(|row| !row[column].is_empty()) {
                assert!(target.contains(&row[column]), "{name}.{column}");
                keys += 1;
            }
        }
    }
    assert!(keys > 500);
    assert_eq!(table("location").len(), 60);
}

#[tokio::test]
async fn an_export_walks_the_whole_directory_or_one_source() {
    use crate::{
        import::Silent,
        store::{self, ImportChange, ImportRun},
    };
    let folder = tempfile::tempdir().unwrap();
    let store = store::open(&format!("sqlite:{}", folder.path().join("f.db").display())).await.unwrap();
    let at = "2026-11-22T08:00:00Z".parse().unwrap();
    let actor = contracts::staff::Actor::console();
    let run = ImportRun::new("run".into(), demo::SOURCE.into(), "demo".into(), actor, at);
    let saved: Vec<_> = demo::centres(1, 1_203).collect();
    store.apply_import(&ImportChange::new(0, run, saved)).await.unwrap();
    for (source, expected) in [(None, 1_203), (Some("demo"), 1_203), (Some("other"), 0)] {
        let mut export = HsdsJson::new(io::sink());
        let options = ExportOptions { source: source.map(str::to_owned) };
        assert_eq!(export_centres(&*store, &options, &mut export, &Silent).await.unwrap(), expected);
    }
}
