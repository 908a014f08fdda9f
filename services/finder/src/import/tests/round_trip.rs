//! What is exported is read back the same.

use super::*;
use crate::{
    demo,
    export::{Exporter as _, FlatCsv, HsdsJson},
    import::profile::bundled,
};

/// Centres as an import can know them: points it would derive are there, nothing else is added.
fn originals() -> Vec<Centre> {
    let places = Gazetteer::bundled();
    let mut centres: Vec<Centre> = demo::centres(5, 900).collect();
    for centre in &mut centres {
        // A list that gives no point gets the postcode's.
        if centre.coordinates.is_none() {
            centre.coordinates = map::point_of(&places, centre.address.postcode);
        }
        centre.offers[0].leika = Some("99050012104000".into());
        centre.offers[0].link = Some("https://example.org/a?b=c&d=e".into());
    }
    centres[0].name = "=HYPERLINK(\"https://example.org\") Muster".into();
    centres[0].contacts.phone = Some("+49 30 23125 001".into());
    centres[1].description = Some("Erste Zeile\nzweite; mit \"Zeichen\", auch 'so'\n\ndritte".into());
    centres[2].carrier = None;
    centres[3].carrier = None;
    centres[3].association = None;
    centres
}

fn compare(profile: &str, name: &str, bytes: Vec<u8>) {
    let reading = read_files(&bundled(profile).unwrap(), vec![InputFile::from_bytes(name, bytes)]).unwrap();
    assert_eq!(problems(&reading), []);
    assert_eq!(repairs(&reading), []);
    let originals = originals();
    assert_eq!(reading.drafts.len(), originals.len());
    for (draft, original) in reading.drafts.iter().zip(&originals) {
        assert_eq!(*draft.body(), bare(original));
    }
}

#[test]
fn the_flat_csv_is_read_back_whole() {
    let mut bytes = Vec::new();
    let mut export = FlatCsv::new(&mut bytes).unwrap();
    originals().iter().for_each(|centre| export.centre(centre).unwrap());
    export.finish().unwrap();
    drop(export);
    compare("centres", "export.csv", bytes);
}

#[test]
fn hsds_json_is_read_back_whole() {
    let mut bytes = Vec::new();
    let mut export = HsdsJson::new(&mut bytes);
    originals().iter().for_each(|centre| export.centre(centre).unwrap());
    export.finish().unwrap();
    compare("hsds", "export.json", bytes);
}
